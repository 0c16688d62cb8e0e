/** Serves the contestants' pages, each with its bundle; what a bundle is asked to do is in the address. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What hashed bundles are served with everywhere: on a return visit they come from the browser's own cache. */
const SCRIPT = { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=31536000, immutable' };

export async function serve(contestants, minify = true) {
  const scripts = await bundle(contestants, minify);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const script = scripts.get(pathname);
    if (script !== undefined) return response.writeHead(200, SCRIPT).end(script);
    const tag = scripts.has(`${pathname}.js`) ? `<script src="${pathname}.js"></script>` : '';
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

async function bundle(contestants, minify) {
  const pages = new Map(contestants.map((one) => [one.page, one]));
  const { outputFiles } = await build({
    entryPoints: [...pages.values()].map(({ page, library }) => ({
      in: join(import.meta.dirname, library ? `pages/libraries/${page}.ts` : `pages/${page}.ts`),
      out: page,
    })),
    bundle: true,
    minify,
    format: 'iife',
    globalName: 'bench',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    write: false,
    outdir: '/',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
