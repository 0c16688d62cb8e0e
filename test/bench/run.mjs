/**
 * `npm run bench`: customer-memory beside IndexedDB written by hand and the libraries that people would take instead, each
 * measure in one interleaved run. Ends with 1 when a bar is missed, and writes RESULTS.md when all of it was measured.
 *
 *   --only <measure>,…        return-visit, append, last-messages, heap, main-thread
 *   --contestants <name>,…    by-hand always runs: it is what the others are compared to
 *   --samples <number>        for a quick look
 *   --share ci                a small share; what misses a bar in it is measured again
 *   --known "<bar>"           a bar that is not met yet, counted neither as passed nor as failed
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import process from 'node:process';
import { addTotals } from '../helpers/totals.mjs';
import { openBench } from './browser.mjs';
import { installLibraries } from './install.mjs';
import { isMissed, judge } from './judge.mjs';
import { optionsOf } from './options.mjs';
import { line, save } from './report.mjs';
import { rounds } from './rounds.mjs';
import { serve } from './serve.mjs';
import { print } from './table.mjs';

const options = read(process.argv.slice(2));
if (options.contestants.some(({ library }) => library)) installLibraries();
const site = await serve(options.contestants);
const bench = await openBench(site.port);
try {
  const measured = [];
  for (const one of options.measures) measured.push([one, await measure(one)]);
  const all = measured.flatMap(([, rows]) => rows);
  const about = {
    browser: bench.browser,
    node: process.version,
    cores: `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    load: loadavg()[1],
    date: new Date(),
  };
  console.log(`\n${line(about)}`);
  if (options.whole) await save(measured, about, options.contestants);
  const failed = all.filter(isMissed).length;
  addTotals({ passed: all.filter(({ passed }) => passed).length, failed });
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  site.close();
  await bench.close();
}

/** A mistake on the command line is a sentence, not a stack. */
function read(args) {
  try {
    const found = optionsOf(args);
    const bars = found.measures.flatMap((one) =>
      rowsOf(one, found)
        .filter(({ contestant, group }) => one.bar(contestant, group) !== undefined)
        .map(({ name }) => name),
    );
    const stranger = found.known.find((name) => !bars.includes(name));
    if (stranger !== undefined) throw new Error(`--known "${stranger}": choose among ${bars.join('; ')}.`);
    return found;
  } catch (error) {
    console.error(error.message);
    return process.exit(1);
  }
}

function rowsOf({ groups, contestants }, { contestants: chosen }) {
  return groups.flatMap((group) =>
    chosen
      .filter((one) => contestants.includes(one))
      .map((contestant) => ({ contestant, group, name: `${contestant.title}, ${group}`, samples: [] })),
  );
}

async function measure(one) {
  const { samples, warmUps, prepare = () => undefined, sample } = one;
  const rows = rowsOf(one, options);
  for (const row of rows) await prepare(bench, row);
  const until = performance.now() + options.again;
  await rounds(warmUps, rows, (row) => sample(bench, row));
  let judged;
  do {
    await rounds(
      samples,
      rows,
      (row) => sample(bench, row),
      (place, value) => rows[place].samples.push(value),
    );
    judged = judge(one, rows, options.known);
  } while (judged.some(isMissed) && performance.now() < until);
  print(one, judged);
  return judged;
}
