/** Writes RESULTS.md out of what was measured. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { headOf, rowOf } from './table.mjs';

const here = import.meta.dirname;

/** @param measured each measure with its judged rows. */
export async function save(measured, about, contestants) {
  const text = `# Beside everybody else

Written by \`npm run bench\`; do not edit.

${line(about)}

${measured.map(section).join('\n\n')}

## Who was measured, and how

Every conversation has twenty messages. Each contestant is written as its own documentation recommends it, in a file of its own under [pages/](pages), and is given the same person, the same conversations and the same questions; who answers wrong has not answered, and the run ends. Written by hand is one database with a store each for identity, preferences, conversations and messages, an index for the newest conversations, and one transaction for all that a start reads; paged keeps a hundred messages in a row.

What is written is as durable everywhere as it is here: the transaction asks for strict durability. Where a library has no option for it, the page asks in its place ([pages/strict.ts](pages/strict.ts)), and its users have less.

${table([['contestant', 'version', 'durability'], ...(await Promise.all(contestants.map(who)))], 1)}
`;
  await writeFile(
    join(here, 'RESULTS.md'),
    await format(text, { parser: 'markdown', proseWrap: 'preserve' }),
  );
}

function section([measure, rows]) {
  const samples = rows[0].samples.length;
  return `## ${measure.title}

${measure.about} Median of ${samples}.

${table([headOf(measure), ...rows.map(rowOf(measure))], 2)}`;
}

function table([head, ...rows], left) {
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map((_, place) => (place < left ? ':--' : '--:'))), ...rows.map(row)].join(
    '\n',
  );
}

export const line = ({ browser, node, cores, load, date }) =>
  `${date.toISOString().slice(0, 10)}, ${browser}, Node ${node}, ${cores} with a load of ${load.toFixed(1)}.`;

async function who({ title, page, library, durability }) {
  const file = library ? `pages/libraries/${page}.ts` : `pages/${page}.ts`;
  return [`[${title}](${file})`, library ? await versionOf(page) : '', durability];
}

const PACKAGES = { pouchdb: ['pouchdb-browser'], yjs: ['yjs', 'y-indexeddb'], rxdb: ['rxdb', 'dexie'] };

async function versionOf(page) {
  const versions = (PACKAGES[page] ?? [page]).map(async (name) => {
    const { version } = JSON.parse(await readFile(join(here, 'node_modules', name, 'package.json'), 'utf8'));
    return `${name} ${version}`;
  });
  return (await Promise.all(versions)).join(', ');
}
