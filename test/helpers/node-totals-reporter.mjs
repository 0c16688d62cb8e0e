/** A reporter for node:test which counts tests, not suites, into the totals of the whole run. */
import { relative } from 'node:path';
import process from 'node:process';
import { addTotals } from './totals.mjs';

export default async function* nodeTotalsReporter(events) {
  const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for await (const { type, data } of events) {
    if (type === 'test:stderr') yield data.message; // why a file could not be loaded
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details?.type === 'suite') continue;
    if (type === 'test:pass' && data.name.endsWith('.node.test.ts')) {
      // This is how node:test reports a file in which there is no test.
      yield `\nThere is no test in ${data.name}.\n`;
      totals.failed += 1;
      totals.failures.push(`${data.name}: there is no test in it`);
      process.exitCode = 1;
    } else if (data.skip !== undefined || data.todo !== undefined) totals.skipped += 1;
    else if (type === 'test:pass') totals.passed += 1;
    else {
      totals.failed += 1;
      totals.failures.push(
        `${relative(process.cwd(), data.file ?? '')} > ${data.name}: ${cause(data.details?.error)}`,
      );
    }
  }
  addTotals(totals);
  const more = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  yield `\nIn Node: ${totals.passed} passed, ${totals.failed} failed${more}\n`;
}

/** node:test wraps what a test threw in an error of its own. */
function cause(error) {
  const thrown = error?.cause ?? error;
  return String(thrown?.message ?? thrown)
    .trim()
    .split('\n', 1)[0];
}
