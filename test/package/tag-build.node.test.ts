import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { after, before } from 'node:test';
import { runInNewContext } from 'node:vm';
import type { Browser } from 'puppeteer-core';
import { rollup, type OutputAsset, type OutputChunk } from 'rollup';
import { buildChunk, tagConfig } from '../../build/tag.mjs';
import { launchChromium } from '../helpers/launch-chromium.js';

const source = 'test/package/fixtures/tag';
const PAGE = `<!doctype html>
  <script src="/customer-memory.js"></script>
  <script src="/customer-memory.js"></script>
  <a-hello></a-hello>`;
let files: Map<string, string>;
let browser: Browser;

before(async () => {
  files = await buildTag();
  browser = await launchChromium();
});
after(() => browser.close());

test('a chunk is small and has no second Lit in it', () => {
  const [name, code] = chunk();
  assert.match(name, /^customer-memory\/hello-\w{8}\.js$/);
  assert.doesNotMatch(code, /litHtmlVersions|reactiveElementVersions|^import|Welcome/m);
  assert.ok(code.length < 5_000, `${code.length} characters`);
});

test('the tag knows each chunk by its SHA-256, whose beginning is in the name of its file', () => {
  const [name, code] = chunk();
  const hash = createHash('sha256').update(code).digest('base64');
  assert.ok(files.get('customer-memory.js')?.includes(hash));
  assert.equal(name, `customer-memory/hello-${hash.slice(0, 8).replace(/\W/g, '_')}.js`);
});

test('the licences of what is inside are beside the tag', () => {
  assert.match(files.get('LICENSES.txt') ?? '', /BSD-3-Clause/);
});

test('two builds of the same sources are the same', async () => {
  assert.deepEqual([...(await buildTag())], [...files]);
});

test('a chunk that needs a name which is not lent says where to add it', async () => {
  const folder = 'test/package/fixtures/tag-lends-too-little';
  await assert.rejects(
    buildChunk({ source: folder, version: '1.2.3', input: `${folder}/tag/chunks/greedy.ts` }),
    {
      message: /^add `notLent` to .*kit\.ts/,
    },
  );
});

test('Lit makes no Trusted Types policy of its own in the tag', () => {
  assert.doesNotMatch(files.get('customer-memory.js') ?? '', /createPolicy\("lit-html"/);
  assert.match(files.get('customer-memory.js') ?? '', /createPolicy\("customer-memory"/);
});

test('the tag does nothing where there is no page', () => {
  runInNewContext(files.get('customer-memory.js') ?? '', {});
});

test('a chunk renders with the Lit and the modules of the tag, which runs once', async () => {
  const server = createServer(({ url = '' }, response) => {
    const body = files.get(url.slice(1));
    response.setHeader('content-type', body === undefined ? 'text/html' : 'text/javascript');
    response.end(body ?? PAGE);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const seen = await page.evaluate(`(async () => {
      await loadChunk('hello');
      const hello = document.querySelector('a-hello');
      await hello.updateComplete;
      return [greeting, hello.shadowRoot.textContent, litHtmlVersions.length, litElementVersions.length];
    })()`);
    assert.deepEqual(seen, ['Welcome, tag (1)', 'Welcome, chunk (2)', 1, 1]);
  } finally {
    server.close();
  }
});

function chunk(): [string, string] {
  const found = [...files].find(([name]) => name.includes('/'));
  assert.ok(found, 'there is no chunk');
  return found;
}

async function buildTag(): Promise<Map<string, string>> {
  const { output, ...input } = tagConfig({ source, version: '1.2.3' });
  const build = await rollup(input);
  const written = await build.generate(output);
  await build.close();
  return new Map(
    written.output.map((one: OutputAsset | OutputChunk) => [
      one.fileName,
      one.type === 'chunk' ? one.code : String(one.source),
    ]),
  );
}
