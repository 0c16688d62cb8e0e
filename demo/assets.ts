/// <reference types="node" />
/**
 * Files the pages ask for: the tag and its chunks, the shop's own style, scripts and letters.
 * Whoever asks may be a sandboxed frame, whose origin is nobody's; so everything here may be read across origins.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono, type Context } from 'hono';
import { mark } from './drawings/mark.js';
import { html } from './html.js';

export interface Assets {
  /** Where the built tag lies. */
  readonly dist: string;
  /** The shop's own scripts by file name, as `buildClient` made them. */
  readonly scripts: ReadonlyMap<string, string>;
}

export function assets({ dist, scripts }: Assets): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('Access-Control-Allow-Origin', '*');
  });
  app.get('/customer-memory.js', async (context) =>
    fresh(context, await read(join(dist, 'customer-memory.js')), TYPES.js),
  );
  app.get('/customer-memory/:file', async (context) =>
    forGood(context, await read(join(dist, 'customer-memory', basename(context.req.param('file'))))),
  );
  app.get('/shop/style.css', async (context) => fresh(context, await style(), TYPES.css));
  app.get('/shop/icon.svg', (context) => fresh(context, Buffer.from(icon), TYPES.svg));
  app.get('/shop/:file{young-serif-latin(-ext)?\\.woff2}', async (context) =>
    forGood(context, await font(context.req.param('file'))),
  );
  app.get('/shop/:file{[\\w-]+\\.js}', (context) => {
    const script = scripts.get(context.req.param('file'));
    return fresh(context, script === undefined ? undefined : Buffer.from(script), TYPES.js);
  });
  return app;
}

const TYPES = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  map: 'application/json',
} as const;

/** Asked about each time, sent only when it changed. */
function fresh(context: Context, body: Buffer | undefined, type: string): Response {
  if (!body) return context.notFound() as Response;
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', ETag: tag };
  if (context.req.header('If-None-Match') === tag) return context.body(null, 304, headers);
  return context.body(new Uint8Array(body), 200, headers);
}

/** Its name changes with its content. */
function forGood(context: Context, body: Buffer | undefined): Response {
  if (!body) return context.notFound() as Response;
  const ending = context.req.path.split('.').at(-1) ?? '';
  const type = Object.entries(TYPES).find(([name]) => name === ending)?.[1] ?? 'application/octet-stream';
  return context.body(new Uint8Array(body), 200, {
    'Content-Type': type,
    'Cache-Control': 'public, max-age=31536000, immutable',
  });
}

/** A file's content, or undefined where there is none: an unbuilt tag leaves the pages as they are without one. */
async function read(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    return undefined;
  }
}

const here = dirname(fileURLToPath(import.meta.url));
const STYLES = ['base', 'layout', 'forms', 'pages', 'drawing', 'strip'] as const;

async function style(): Promise<Buffer> {
  return Buffer.concat(await Promise.all(STYLES.map((name) => readFile(join(here, 'style', `${name}.css`)))));
}

const fonts = join(
  dirname(createRequire(import.meta.url).resolve('@fontsource/young-serif/package.json')),
  'files',
);
const font = (name: string): Promise<Buffer | undefined> =>
  read(join(fonts, name.replace('.woff2', '-400-normal.woff2')));

const icon = html`${mark()}`.html
  .replace('<svg class="mark"', '<svg xmlns="http://www.w3.org/2000/svg" fill="#2a46c8"')
  .replace('class="eye"', 'fill="#fff" stroke="#2a46c8" stroke-width="6"');
