/** Serves the contestants' pages, each with its bundle; what a bundle is asked to do is in the address. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { compile, failOnWarning, minify } from '../../build/tag.mjs';

const PAGES = ['ours', 'rival'];

/** What hashed bundles are served with everywhere: on a return visit they come from the browser's own cache. */
const SCRIPT = { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' };

export async function serve() {
  const scripts = await bundle();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const script = scripts.get(pathname);
    if (script !== undefined) return response.writeHead(200, SCRIPT).end(script);
    const tag = scripts.has(`${pathname}.js`)
      ? `<script type="module">import * as bench from '${pathname}.js'; globalThis.bench = bench;</script>`
      : '';
    response
      .writeHead(tag || pathname === '/' ? 200 : 404, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>Bench</title>${tag}`);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: server.address().port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** As a site's own bundler builds it: what is imported when it is first needed is a file of its own. */
async function bundle() {
  const scripts = new Map();
  for (const name of PAGES) {
    const build = await rollup({
      input: join(import.meta.dirname, `pages/${name}.ts`),
      preserveEntrySignatures: 'allow-extension',
      plugins: [...compile('0.0.0', { __CHUNKS__: '{}' }), minify()],
      onLog: failOnWarning,
    });
    const { output } = await build.generate({
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: `${name}-[name].js`,
    });
    await build.close();
    for (const { fileName, code } of output) scripts.set(`/${fileName}`, code);
  }
  return scripts;
}
