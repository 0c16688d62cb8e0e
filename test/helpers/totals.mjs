/**
 * Counts what ran. Each runner reports into a file named by the variable TOTALS_FILE, so that the
 * sum at the end is of tests that ran, not of what a runner printed.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import process from 'node:process';

/** Adds to the totals of this run; without TOTALS_FILE it does nothing. */
export function addTotals({ passed, failed, skipped = 0 }) {
  if (process.env.TOTALS_FILE)
    appendFileSync(process.env.TOTALS_FILE, `${JSON.stringify({ passed, failed, skipped })}\n`);
}

/** The sum of what was added to `file`; zeros when nothing was. */
export function readTotals(file) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return sum; // the stage ended before its first report
  }
  for (const line of text.split('\n').filter(Boolean)) {
    const totals = JSON.parse(line);
    for (const name of Object.keys(sum)) sum[name] += totals[name];
  }
  return sum;
}

/** A reporter for @web/test-runner. A file that could not be loaded is one failure. */
export function totalsReporter(place = 'the browser') {
  return {
    onTestRunFinished({ sessions }) {
      const totals = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        count(session.testResults, totals);
        const testsFailed = hasFailure(session.testResults);
        if (!testsFailed && (session.errors.length > 0 || session.passed === false)) totals.failed += 1;
      }
      addTotals(totals);
      const { passed, failed, skipped } = totals;
      const more = skipped > 0 ? `, ${skipped} skipped` : '';
      console.log(`In ${place}: ${passed} passed, ${failed} failed${more} (${sessions.length} files)`);
    },
  };
}

function count(suite, totals) {
  for (const test of suite?.tests ?? [])
    totals[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const inner of suite?.suites ?? []) count(inner, totals);
}

function hasFailure(suite) {
  return (
    (suite?.tests ?? []).some((test) => !test.skipped && !test.passed) ||
    (suite?.suites ?? []).some(hasFailure)
  );
}
