/**
 * Counts what ran. Each runner reports into a file named by the variable TOTALS_FILE, so that the
 * sum at the end is of tests that ran, not of what a runner printed.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Adds to the totals of this run, `failures` being the names of what failed; without TOTALS_FILE it does nothing. */
export function addTotals({ passed, failed, skipped = 0, failures = [] }) {
  if (process.env.TOTALS_FILE)
    appendFileSync(process.env.TOTALS_FILE, `${JSON.stringify({ passed, failed, skipped, failures })}\n`);
}

/** The sum of what was added to `file`; zeros when nothing was. */
export function readTotals(file) {
  const sum = { passed: 0, failed: 0, skipped: 0, failures: [] };
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return sum; // the stage ended before its first report
  }
  for (const line of text.split('\n').filter(Boolean)) {
    const totals = JSON.parse(line);
    for (const name of ['passed', 'failed', 'skipped']) sum[name] += totals[name];
    sum.failures.push(...(totals.failures ?? []));
  }
  return sum;
}

/** Says once more, where it is read, what failed: a runner's own report may be thousands of lines above. */
export function printFailures(failures) {
  if (failures.length > 0) console.log(`\nFailed:\n${failures.map((name) => `- ${name}`).join('\n')}`);
}

/** A reporter for @web/test-runner. A file that could not be loaded is one failure. */
export function totalsReporter(place = 'the browser') {
  return {
    onTestRunFinished({ sessions }) {
      const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const session of sessions) {
        const before = totals.failed;
        const file = `${place}: ${session.testFile?.replace(`${process.cwd()}/`, '') ?? 'no file'}`;
        count(session.testResults, totals, file);
        if (totals.failed === before && (session.errors.length > 0 || session.passed === false)) {
          totals.failed += 1;
          totals.failures.push(`${file}: ${session.errors[0]?.message ?? 'did not pass'}`);
        }
      }
      addTotals(totals);
      const { passed, failed, skipped } = totals;
      const more = skipped > 0 ? `, ${skipped} skipped` : '';
      printFailures(totals.failures);
      console.log(`In ${place}: ${passed} passed, ${failed} failed${more} (${sessions.length} files)`);
    },
  };
}

function count(suite, totals, path) {
  for (const test of suite?.tests ?? []) {
    const is = test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed';
    totals[is] += 1;
    if (is === 'failed') totals.failures.push(`${path} > ${test.name}: ${firstLine(test.error?.message)}`);
  }
  for (const inner of suite?.suites ?? [])
    count(inner, totals, inner.name ? `${path} > ${inner.name}` : path);
}

function firstLine(message = 'no message') {
  return message.trim().split('\n', 1)[0];
}
