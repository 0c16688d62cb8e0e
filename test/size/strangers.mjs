/** Dependencies where they should not be, and how they came there. */
import { relative } from 'node:path';
import { whose } from './whose.mjs';

/**
 * A sentence for each dependency of `without` that is among `inside`.
 *
 * @param inside ids of the modules that are in it, after what nobody uses was left out.
 * @param from ids that it begins with.
 * @param importsOf gives the ids that a module imports.
 */
export function strangers({ name, without, inside, from, importsOf }) {
  return without
    .filter((dependency) => inside.some((id) => whose(id) === dependency))
    .map((dependency) => {
      const chain = wayTo(dependency, from, importsOf) ?? [];
      return `${dependency} is in ${name}: ${[...chain.map(briefly), dependency].join(' → ')}`;
    });
}

/** The shortest way of imports from one of ours to the first module of the dependency, without that one. */
function wayTo(dependency, from, importsOf) {
  const ways = from.map((id) => [id]);
  const seen = new Set(from);
  for (const way of ways) {
    for (const next of importsOf(way.at(-1))) {
      if (whose(next) === dependency) return way;
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return undefined;
}

function briefly(id) {
  return relative('.', id).replace(/^.*node_modules[\\/]/, '');
}
