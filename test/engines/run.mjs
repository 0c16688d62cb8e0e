/**
 * `npm run test:engines`: the browser tests in Chromium, Firefox and WebKitGTK, one after the other.
 * Name engines to run only those: `npm run test:engines -- WebKitGTK`; what follows `--files` are files.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findWebKit, isRoot } from '../helpers/find-browser.mjs';
import { addTotals, printFailures, readTotals } from '../helpers/totals.mjs';

/** The laws are tried on every case in Chromium; elsewhere on fewer, for it is the same JavaScript. */
const FEWER_RUNS = 1_000;
const IN_NODE = { Chromium: 'chromium', Firefox: 'firefox', WebKitGTK: 'webkit' };
const ENGINES = Object.keys(IN_NODE);

const root = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));
const WTR = join(root, 'node_modules/@web/test-runner/dist/bin.js');
const NODE_TESTS = join(root, 'test/helpers/run-node.mjs');

const children = new Set();
process.once('exit', () => children.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const filesAt = process.argv.indexOf('--files');
const files = filesAt < 0 ? [] : process.argv.slice(filesAt);
const named = process.argv.slice(2, filesAt < 0 ? undefined : filesAt);
const unknown = named.find((name) => !ENGINES.includes(name));
if (unknown !== undefined) {
  console.error(`There is no engine "${unknown}" here: choose among ${ENGINES.join(', ')}.`);
  process.exit(1);
}

install();
const results = [];
for (const engine of named.length > 0 ? named : ENGINES) results.push(await runIn(engine));
report(results);

/** WebKit's driver brings a large client, which the everyday tests do without. */
function install() {
  if (existsSync(join(here, 'node_modules/@web/test-runner-webdriver'))) return;
  console.log('Installing what drives WebKit, once …');
  const { status } = spawnSync('npm', ['ci', '--silent'], {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  if (status !== 0) throw new Error('"npm ci" in test/engines failed.');
}

function drivingTests() {
  return readdirSync(join(root, 'test/behaviour'))
    .filter((name) => name.endsWith('.engines.node.test.ts'))
    .map((name) => `test/behaviour/${name}`);
}

function start(program, args, env) {
  return kept(spawn(process.execPath, [program, ...args], { cwd: root, stdio: 'inherit', env }));
}

/** Remembers a child so that it ends with us, whoever ends us. */
function kept(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

async function runIn(engine) {
  const fewer = engine === 'Chromium' ? {} : { PROPERTY_RUNS: String(FEWER_RUNS) };
  console.log(`\n— ${engine}${fewer.PROPERTY_RUNS ? `, laws on ${FEWER_RUNS} cases each` : ''}`);
  const folder = mkdtempSync(join(tmpdir(), 'customer-memory-engine-'));
  const file = join(folder, 'totals');
  const started = performance.now();
  let surroundings;
  let status = 1;
  try {
    surroundings = engine === 'WebKitGTK' ? await startWebKit() : undefined;
    const env = { ...process.env, ENGINE: engine, ...fewer, ...surroundings?.env, TOTALS_FILE: file };
    status = await ended(start(WTR, ['--config', join(here, 'web-test-runner.config.mjs'), ...files], env));
    // Tests that drive a browser of their own, to close and reopen it, take its name in ENGINES.
    const driving = files.length > 0 ? [] : drivingTests();
    if (driving.length > 0) {
      const code = await ended(start(NODE_TESTS, driving, { ...env, ENGINES: IN_NODE[engine] }));
      status ||= code;
    }
  } catch (error) {
    console.error(error.message);
  } finally {
    await surroundings?.stop();
  }
  const totals = readTotals(file);
  rmSync(folder, { recursive: true });
  const ran = totals.passed + totals.failed > 0;
  if (!ran) console.error(`No test ran in ${engine}.`);
  if (totals.failed === 0 && (!ran || status !== 0)) totals.failed = 1;
  return { engine, ...totals, seconds: (performance.now() - started) / 1000 };
}

/** An X server that chooses a free display, and the driver on a free port of this machine only. */
async function startWebKit() {
  const { driver, browser, xvfb } = findWebKit();
  const display = kept(
    spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    }),
  );
  const number = await firstLine(display, display.stdio[3], 'Xvfb');
  const port = await freePort();
  const webdriver = kept(
    spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: `:${number}`,
        ...(isRoot && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
      },
    }),
  );
  const stop = async () => {
    for (const child of [webdriver, display]) {
      child.kill();
      await ended(child);
    }
  };
  try {
    await answering(port, webdriver);
  } catch (error) {
    await stop();
    throw error;
  }
  return { env: { WEBKIT_PORT: String(port), WEBKIT_BINARY: browser }, stop };
}

function firstLine(child, stream, name) {
  return new Promise((resolve, reject) => {
    stream.setEncoding('utf8').once('data', (text) => resolve(text.trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code} before it was ready.`)));
  });
}

async function answering(port, driver) {
  for (let tries = 0; tries < 100 && driver.exitCode === null; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await after(100);
  }
  throw new Error("WebKit's driver did not answer.");
}

async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode ?? 1);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function report(all) {
  console.log('');
  for (const { engine, passed, failed, skipped, seconds } of all) {
    const more = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `${engine.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s  ${passed} passed, ${failed} failed${more}`,
    );
  }
  const sum = (key) => all.reduce((total, one) => total + one[key], 0);
  const failures = all.flatMap((one) => one.failures ?? []);
  addTotals({ passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures });
  printFailures(failures);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 ? 1 : 0;
}
