import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { findGlobals } from './globals.js';

test('nothing above platform/ takes the time, chance, network or storage from a global', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.startsWith('src/platform/'));
  const found = findGlobals(process.cwd(), files);
  assert.ok(files.length > 0, 'no file was looked at');
  assert.deepEqual(
    found.map(({ file, line, name }) => `${file}:${line} ${name}`),
    [],
  );
});

const BREACHES = `
  export const a = [Date.now(), new Date(), Math.random(), setTimeout, setInterval, requestAnimationFrame, crypto,
    indexedDB, IDBKeyRange, localStorage, sessionStorage, navigator, fetch, BroadcastChannel, location, window, self,
    performance, document, customElements, MutationObserver, globalThis.name, window.localStorage, console,
    (globalThis as unknown as { x: number }).x, globalThis];
  export const { b } = globalThis as never;
  export const c = { history };
`;

test('each of them is found', async () => {
  const found = await namesIn('src/memory/a.ts', BREACHES);
  assert.deepEqual(found, [
    'Date.now', 'new Date()', 'Math.random', 'setTimeout', 'setInterval', 'requestAnimationFrame', 'crypto',
    'indexedDB', 'IDBKeyRange', 'localStorage', 'sessionStorage', 'navigator', 'fetch', 'BroadcastChannel', 'location',
    'window', 'self', 'performance', 'document', 'customElements', 'MutationObserver', 'globalThis.name',
    'window.localStorage', 'console', 'globalThis.x', 'globalThis', 'globalThis', 'history',
  ]); // prettier-ignore
});

test('elements and the tag may use what is on the screen, and no more', async () => {
  const source = `
    export const a = [document.body, customElements, window, requestAnimationFrame, MutationObserver, HTMLElement,
      window.addEventListener, window.localStorage, window['indexedDB'], location, sessionStorage, WebSocket];`;
  const refused = ['window.localStorage', 'window.indexedDB', 'location', 'sessionStorage', 'WebSocket'];
  assert.deepEqual(await namesIn('src/elements/a.ts', source), refused);
  assert.deepEqual(await namesIn('src/tag/a.ts', source), refused);
});

test('the tag may meet the page, in the files named for it', async () => {
  const source = 'export const a = [globalThis, reportError, localStorage];';
  assert.deepEqual(await namesIn('src/tag.ts', source), ['localStorage']);
  assert.deepEqual(await namesIn('src/tag/a.ts', source), ['globalThis', 'reportError', 'localStorage']);
});

test('what has the name of a global and is none is nobody’s concern', async () => {
  const found = await namesIn(
    'src/memory/a.ts',
    `export const a = (location: string, { fetch }: { fetch: typeof globalThis.fetch }, document = { crypto: 1 }) =>
       [location, fetch, document.crypto, new Date(1), Date.UTC(1, 1), Math.max(1), new URL('a:b'), queueMicrotask,
        (globalThis as Record<symbol, unknown>)[Symbol.for('customer-memory')]];`,
  );
  assert.deepEqual(found, []);
});

async function namesIn(file: string, text: string): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'globals-'));
  try {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
    return findGlobals(root, [file]).map(({ name }) => name);
  } finally {
    await rm(root, { recursive: true });
  }
}
