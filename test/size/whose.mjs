const LIT = /^(lit|lit-html|lit-element|@lit\/.*)$/;
const PACKAGE = /^(?:.*[\\/])?node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/;

/** Whose code a module is: ours, or a dependency's by its name; Lit's packages are one. */
export function whose(id) {
  // Made by the build: where a chunk takes from the tag what is lent to it.
  if (id.startsWith('\0')) return 'own';
  const name = PACKAGE.exec(id)?.[1]?.replaceAll('\\', '/');
  if (name === undefined) return 'own';
  return LIT.test(name) ? 'lit' : name;
}
