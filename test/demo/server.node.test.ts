import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { shop } from '../../demo/app.js';
import { buildClient } from '../../demo/build-client.js';
import { HOST, listen, takenSentence } from '../../demo/listen.js';
import { app } from './shop.js';

describe('the shop’s server', () => {
  const open: { close(): unknown }[] = [];
  after(() => {
    for (const one of open) one.close();
  });

  it('takes the next free port where one is taken, and says both in one sentence', async () => {
    const squatter = createServer().listen(0, HOST);
    open.push(squatter);
    await once(squatter, 'listening');
    const address = squatter.address();
    assert.ok(typeof address === 'object' && address);
    const { server, port } = await listen(app, address.port);
    open.push(server);
    assert.ok(port > address.port);
    assert.equal(
      takenSentence(address.port, port),
      `Port ${address.port} is taken; the next free one is ${port}, and the shop is there.`,
    );
    assert.equal((await fetch(`http://${HOST}:${port}/de/workshop`)).status, 200);
  });

  it('says nothing about a port that was free', () => {
    assert.equal(takenSentence(8787, 8787), undefined);
  });

  it('listens to this machine alone', async () => {
    const { server } = await listen(app, 0);
    open.push(server);
    const address = server.address();
    assert.equal(typeof address === 'object' && address?.address, '127.0.0.1');
  });

  it('refuses a port that is none, in one sentence', async () => {
    const run = spawn(process.execPath, ['--import', 'tsx', 'demo/server.ts'], {
      env: { ...process.env, PORT: 'eighty' },
    });
    let said = '';
    run.stderr.on('data', (part: Buffer) => (said += String(part)));
    const [code] = (await once(run, 'close')) as [number];
    assert.equal(code, 1);
    assert.equal(said.trim(), 'PORT is "eighty"; it has to be a number from 0 to 65535, such as 8787.');
  });
});

describe('what the pages ask for', () => {
  it('sends the tag again only when it changed, and its chunks once and for all', async () => {
    const dist = await mkdtemp(join(tmpdir(), 'shop-'));
    await mkdir(join(dist, 'customer-memory'));
    await writeFile(join(dist, 'customer-memory.js'), 'void 0;');
    await writeFile(join(dist, 'customer-memory', 'center-0a1b2c3d.js'), 'export {};');
    const built = shop({ dist, scripts: new Map() });

    const first = await built.request('/customer-memory.js');
    const etag = first.headers.get('ETag') ?? '';
    assert.equal(first.headers.get('Cache-Control'), 'no-cache');
    assert.equal(
      (await built.request('/customer-memory.js', { headers: { 'If-None-Match': etag } })).status,
      304,
    );
    await writeFile(join(dist, 'customer-memory.js'), 'void 1;');
    assert.equal(
      (await built.request('/customer-memory.js', { headers: { 'If-None-Match': etag } })).status,
      200,
    );

    const chunk = await built.request('/customer-memory/center-0a1b2c3d.js');
    assert.match(chunk.headers.get('Cache-Control') ?? '', /immutable/);
    assert.match(chunk.headers.get('Content-Type') ?? '', /javascript/);
    assert.equal(
      chunk.headers.get('Access-Control-Allow-Origin'),
      '*',
      'a sandboxed frame has no origin of its own',
    );
    assert.equal((await built.request('/customer-memory/..%2Fcustomer-memory.js')).status, 404);
  });

  it('brings letters and style', async () => {
    assert.equal((await app.request('/shop/young-serif-latin.woff2')).status, 200);
    assert.equal((await app.request('/shop/young-serif-latin-ext.woff2')).status, 200);
    assert.match(await (await app.request('/shop/style.css')).text(), /--paper/);
    assert.match(await (await app.request('/shop/icon.svg')).text(), /^<svg xmlns/);
  });

  it('costs a page at most 6 kB of the shop’s own script', async () => {
    const scripts = await buildClient();
    const sizes = [...scripts.values()].map((script) => brotliCompressSync(script).length);
    assert.ok(scripts.has('shop.js') && scripts.has('support.js'));
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 6000, `${sizes.join(' + ')} bytes`);
  });
});
