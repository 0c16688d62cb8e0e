/**
 * `npm test`: types, lint, tests in Node, tests in the browser, then one line with the totals of
 * everything. Types and lint count as one check each; a stage of tests that ran none has failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { addTotals, printFailures, readTotals } from './helpers/totals.mjs';

const STAGES = [
  { name: 'types', script: 'types' },
  { name: 'lint', script: 'lint' },
  { name: 'node', script: 'test:node', tests: true },
  { name: 'browser', script: 'test:browser', tests: true },
];

const folder = mkdtempSync(join(tmpdir(), 'customer-memory-test-'));
const results = STAGES.map(run);
rmSync(folder, { recursive: true });
report(results);

function run({ name, script, tests }) {
  console.log(`\n— ${name}`);
  const file = join(folder, name);
  const started = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', script], {
    stdio: 'inherit',
    env: { ...process.env, TOTALS_FILE: file },
    shell: process.platform === 'win32',
  });
  const seconds = (performance.now() - started) / 1000;
  return {
    name,
    seconds,
    ...(tests
      ? totalsOf(name, file, status)
      : { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }),
  };
}

function totalsOf(name, file, status) {
  const totals = readTotals(file);
  if (totals.passed + totals.failed === 0) {
    console.error(`The stage "${name}" ran no test.`);
    return { ...totals, failed: 1 };
  }
  if (status !== 0 && totals.failed === 0) {
    console.error(`The stage "${name}" ended with ${status ?? 'a signal'} although no test failed.`);
    return { ...totals, failed: 1 };
  }
  return totals;
}

function report(stages) {
  console.log('');
  for (const { name, passed, failed, skipped, seconds } of stages) {
    const more = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `${name.padEnd(8)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed${more}`,
    );
  }
  const sum = (key) => stages.reduce((total, stage) => total + stage[key], 0);
  const failures = stages.flatMap((one) => one.failures ?? []);
  addTotals({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures });
  printFailures(failures);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
