/**
 * WebKitGTK for `engines.ts`: a driver and an X server a browser, spoken to by the W3C protocol itself.
 * The browser is `engines-webkit.py`, because MiniBrowser forgets its profile when it is driven.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ended, visitorOf, type Engine, type Hands } from './engines.js';
import { findWebKit, isRoot } from './find-browser.mjs';

export const webkit: Engine = {
  name: 'WebKitGTK',
  async open(profile) {
    const { driver: path, xvfb } = findWebKit();
    const display = withUs(
      spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      }),
    );
    const number = await firstLine(display);
    const port = await freePort();
    const driver = withUs(
      spawn(path, [`--port=${port}`, '--host=127.0.0.1'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          DISPLAY: `:${number}`,
          // Its sandbox cannot be had by root.
          ...(isRoot && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }),
        },
      }),
    );
    const stop = async (): Promise<void> => {
      for (const child of [driver, display]) {
        child.kill();
        await ended(child);
      }
    };
    try {
      const call = await connect(port, driver, profile);
      const browser = Number(await readFile(join(profile, 'pid'), 'utf8'));
      return visitorOf(
        webDriverHands(
          call,
          () => readFile(join(profile, 'console'), 'utf8'),
          async () => {
            await gone(browser);
            await stop();
          },
        ),
      );
    } catch (error) {
      await stop();
      throw error;
    }
  },
};

type Call = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

/** Begins a session; the calls that it gives are relative to it. */
async function connect(port: number, driver: ChildProcess, profile: string): Promise<Call> {
  const at = (base: string): Call =>
    async function call(method, path, body) {
      const answer = await fetch(`http://127.0.0.1:${port}${base}${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
      });
      const { value } = (await answer.json()) as { value: unknown };
      if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
      return value;
    };
  await answering(port, driver);
  const browserOptions = {
    binary: fileURLToPath(new URL('engines-webkit.py', import.meta.url)),
    args: [profile],
  };
  const session = (await at('')('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions } },
  })) as { sessionId: string };
  return at(`/session/${session.sessionId}`);
}

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

function webDriverHands(
  call: Call,
  console: () => Promise<string>,
  stop: () => Promise<void>,
): Hands<string> {
  return {
    async goto(url) {
      await call('POST', '/url', { url });
    },
    async evaluate(expression) {
      const script = `const done = arguments[0];
        ${expression}.then((value) => done({ value }), (error) => done({ error: String(error) }));`;
      const { value, error } = (await call('POST', '/execute/async', { script, args: [] })) as {
        value?: unknown;
        error?: string;
      };
      if (error !== undefined) throw new Error(error);
      return value;
    },
    async element(expression) {
      const found = (await call('POST', '/execute/sync', { script: `return ${expression}`, args: [] })) as {
        [ELEMENT]?: string;
      } | null;
      return found?.[ELEMENT];
    },
    async press(element) {
      await call('POST', `/element/${element}/click`, {});
    },
    async type(element, text) {
      await call('POST', `/element/${element}/value`, { text });
    },
    console,
    async close() {
      // Closes its window, and with it the browser.
      await call('DELETE', '');
      await stop();
    },
  };
}

/** A child that ends with this process, however that ends. */
function withUs(child: ChildProcess): ChildProcess {
  const end = (): void => void child.kill();
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

function firstLine(display: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const numbers = display.stdio[3] as Readable;
    numbers.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
    display.once('error', reject);
    display.once('exit', (code) => reject(new Error(`Xvfb ended with ${code} before it was ready.`)));
  });
}

async function answering(port: number, driver: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200 && driver.exitCode === null; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await after(50);
  }
  throw new Error('WebKit’s driver did not answer.');
}

/** The browser is no child of ours: the driver started it. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 400 && isRunning(pid); tries += 1) await after(25);
  if (isRunning(pid)) throw new Error('The browser did not end with its window.');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false; // no such process
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
