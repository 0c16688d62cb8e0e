/**
 * Runs the tests that need no browser: every `*.node.test.ts`, or those whose path is given.
 * (The test runner of Node 20 knows no globs.) Those that drive several engines run in test:engines.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';

const ELSEWHERE = ['test/bench/', 'test/engines/', 'test/frameworks/'];

const asked = process.argv.slice(2);
const files = asked.length > 0 ? asked : nodeTests();
if (files.length === 0) {
  console.error('No test/**/*.node.test.ts was found.');
  process.exit(1);
}
const helper = (name) => new URL(name, import.meta.url).href;
const run = spawn(
  process.execPath,
  [
    ...['--import', 'tsx', '--import', helper('build-constants.mjs')],
    ...['--test', '--test-concurrency=2'],
    ...['--test-reporter=dot', '--test-reporter-destination=stdout'],
    ...[`--test-reporter=${helper('node-totals-reporter.mjs')}`, '--test-reporter-destination=stdout'],
    ...files,
  ],
  { stdio: 'inherit' },
);
run.on('exit', (code) => process.exit(code ?? 1));

function nodeTests() {
  return readdirSync('test', { recursive: true })
    .map((name) => `test/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.node.test.ts') && !name.includes('/node_modules/'))
    .filter((name) => !name.endsWith('.engines.node.test.ts'))
    .filter((name) => !ELSEWHERE.some((folder) => name.startsWith(folder)))
    .sort();
}
