/**
 * What lets a lazy chunk share the tag's code. `kit.ts` lists, by name, what the tag lends; in the
 * build of a chunk every import of a module listed there becomes a look-up in
 * `globalThis[Symbol.for('customer-memory.kit.<version>')].lent`, so that Lit and the memory exist once.
 */
import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const PREFIX = '\0kit:';
/** Lit's own modules import one another below `lit`; whoever lends `lit` lends these. */
const INSIDE_LIT = [
  'lit/html.js',
  'lit-html',
  'lit-element/lit-element.js',
  '@lit/reactive-element',
  '@lit/reactive-element/css-tag.js',
];

/** A plugin for the build of one chunk: imports what `kitFile` lists from the page instead of bundling it. */
export function takeFromKit({ kitFile, version }) {
  const lists = readKit(kitFile);
  const lent = new Map(); // id of a module → the names lent from it
  const symbol = `Symbol.for('customer-memory.kit.${version}')`;
  return {
    name: 'take-from-kit',
    async buildStart() {
      const idOf = async (source, importer) => {
        const found = await this.resolve(source, importer, { skipSelf: true });
        if (found === null) this.error(`${kitFile} lends from ${source}, which is not there.`);
        return found.id;
      };
      for (const [source, names] of lists) {
        const id = await idOf(source, kitFile);
        const isLit = /^lit(\/|$)/.test(source);
        const ids = isLit ? await Promise.all(INSIDE_LIT.map((one) => idOf(one, id))) : [];
        for (const one of new Set([id, ...ids])) lent.set(one, [...(lent.get(one) ?? []), ...names]);
      }
    },
    async resolveId(source, importer, options) {
      if (source === PREFIX) return PREFIX;
      if (importer === undefined) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found !== null && lent.has(found.id) ? PREFIX + found.id : null;
    },
    load(id) {
      if (id === PREFIX)
        return `const { lent } = globalThis[${symbol}];\nexport const take = (place) => lent[place];`;
      if (!id.startsWith(PREFIX)) return null;
      const names = lent.get(id.slice(PREFIX.length));
      const lines = names.map(({ name, place }) => `export const ${name} = /*@__PURE__*/ take(${place});`);
      return { code: [`import { take } from '${PREFIX}';`, ...lines].join('\n'), moduleSideEffects: false };
    },
    onLog(level, log) {
      if (isMissing(log)) this.error(sentence(log, kitFile)); // of `import * as`, where Rollup only warns
    },
  };
}

/** Rollup's own words about a name that is not lent, turned into what to do. */
export function explain(error, kitFile) {
  return isMissing(error) ? new Error(sentence(error, kitFile), { cause: error }) : error;
}

const isMissing = (log) => log?.code === 'MISSING_EXPORT' && String(log.exporter).includes('kit:');

const sentence = ({ binding, exporter, id }, kitFile) =>
  `add \`${binding}\` to ${relative('.', kitFile)}: ${relative('.', id ?? 'a chunk')} takes it from ` +
  `${relative('.', exporter.replace(/^.*kit:/, ''))}, of which only the names listed there are lent.`;

/** A plugin for the build of the tag: lends what `kitFile` lists in the places where the chunks look for it. */
export function lendKit(kitFile) {
  return {
    name: 'lend-kit',
    transform(_, id) {
      if (!existsSync(kitFile) || id !== resolve(kitFile)) return null;
      const lists = [...readKit(kitFile)];
      const lines = lists.map(([source, names]) => {
        const list = names.map(({ name, place }) => `${name} as lent${place}`);
        return `import { ${list.join(', ')} } from '${source}';`;
      });
      const all = lists.flatMap(([, names]) => names).sort((a, b) => a.place - b.place);
      lines.push(`export const lent = [${all.map(({ place }) => `lent${place}`).join(', ')}];`);
      return { code: lines.join('\n'), map: null };
    },
  };
}

/** Maps each source of `export { a, b } from 'source'` to its names. */
function readKit(kitFile) {
  const text = readFileSync(kitFile, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (/export\s*\*/.test(text))
    throw new Error(`${kitFile}: list the names that are lent instead of "export *".`);
  const lists = new Map();
  let next = 0;
  for (const [, names, source] of text.matchAll(/export\s*\{([^}]*)\}\s*from\s*['"]([^'"]+)['"]/g)) {
    const parsed = names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      // Lent by its place: a name would be carried by the tag and by every chunk.
      .map((name) => ({ name: name.split(/\s+as\s+/)[0], place: next++ }));
    lists.set(source, [...(lists.get(source) ?? []), ...parsed]);
  }
  if (lists.size === 0) throw new Error(`${kitFile} lends nothing.`);
  return lists;
}
