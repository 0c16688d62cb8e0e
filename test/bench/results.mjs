/** What the samples say: medians, ratios to the rival of the same size, and whether each bar holds. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = join(import.meta.dirname, 'RESULTS.md');

/** @param known names of bars that are not met yet. */
export function judge(contestants, samples, known) {
  const stranger = known.find((one) => !contestants.some(({ name }) => name === one));
  if (stranger !== undefined) throw new Error(`--known "${stranger}": there is no such bar.`);
  const medians = samples.map(median);
  return contestants.map((one, place) => {
    const rival = contestants.findIndex(
      ({ page, conversations }) => page === 'rival' && conversations === one.conversations,
    );
    const ratio = medians[place] / medians[rival];
    return {
      ...one,
      median: medians[place],
      least: Math.min(...samples[place]),
      most: Math.max(...samples[place]),
      ratio: place === rival ? undefined : ratio,
      passed: one.bar === undefined ? undefined : ratio <= one.bar,
      known: known.includes(one.name) && ratio > one.bar,
    };
  });
}

export function print(results, about) {
  console.log(`\n${head(about)}\n`);
  for (const row of [HEAD, ...results.map(cells)])
    console.log(
      row
        .map((cell, place) => (place < 2 ? cell.padEnd(WIDTHS[place]) : cell.padStart(WIDTHS[place])))
        .join('  '),
    );
  for (const { name, ratio, bar, known } of results.filter(({ passed }) => passed === false))
    console.error(
      `✖ ${name}: ${ratio.toFixed(3)} is over ${bar}${known ? '; known, and counted neither as passed nor as failed' : ''}`,
    );
}

/** Writes RESULTS.md beside this file. */
export async function save(results, about) {
  const line = (row) => `| ${row.join(' | ')} |`;
  const table = [HEAD, HEAD.map((_, place) => (place < 2 ? ':--' : '--:')), ...results.map(cells)].map(line);
  const text = `# A return visit until recall answers

Written by \`npm run bench\`; do not edit.

${head(about)}

${table.join('\n')}

From the first line of the page's script until who the visitor is, what they prefer and their newest five conversations are at hand. Each sample is a new browser process on the same profile, which shows an empty page of another origin first; the contestants take turns, and in each round another one begins. The scripts come from the browser's cache, as on any return visit, and the first three visits are not counted: from then on it runs them from the code it has kept.

Every conversation has twenty messages. Written by hand is one database with a store each for identity, preferences, conversations and messages, an index for the newest conversations, one transaction for all that a start reads, and strict durability for what is written: [pages/rival.ts](pages/rival.ts). One text in local storage, read and parsed by a page that does nothing else, is the least that anything which outlives the browser can take at once: what customer-memory takes beyond it is its own ([pages/floor.ts](pages/floor.ts)).
`;
  await writeFile(FILE, text);
}

const HEAD = ['conversations', 'contestant', 'median', 'least', 'most', 'ratio', 'bar', ''];
const WIDTHS = [13, 32, 9, 9, 9, 7, 7, 14];

const head = ({ share, relaunches, browser, node, cores, load, date }) =>
  `${date.toISOString().slice(0, 10)}, ${browser}, Node ${node}, ${cores} with a load of ${load.toFixed(1)}: median of ${relaunches} relaunches${share === 'all' ? '' : `, share "${share}"`}.`;

const cells = ({ conversations, title, median, least, most, ratio, bar, passed, known }) => [
  conversations.toLocaleString('en'),
  title,
  ...[median, least, most].map((ms) => `${ms.toFixed(1)} ms`),
  ratio === undefined ? '' : ratio.toFixed(3),
  bar === undefined ? '' : `≤ ${bar}`,
  passed === undefined ? '' : passed ? 'holds' : known ? 'missed, known' : 'MISSED',
];

function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
