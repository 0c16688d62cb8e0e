import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup } from 'rollup';
import { tagConfig } from '../../build/tag.mjs';

/** The tag as it is published, built into a folder of its own. */
export async function buildTag(
  version = '0.0.0-test',
): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'customer-memory-tag-'));
  const config = (
    tagConfig as (
      options: object,
    ) => import('rollup').RollupOptions & { output: import('rollup').OutputOptions }
  )({ source: 'src', version, dir });
  const bundle = await rollup(config);
  await bundle.write(config.output);
  await bundle.close();
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export type Answer =
  | string
  | { readonly headers?: Record<string, string>; readonly body: string }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export interface TestSite {
  readonly url: string;
  /** Pages by path; may be changed while it runs. */
  readonly pages: Map<string, Answer>;
  /** Bodies of reports that a browser sent to `/csp`. */
  readonly reports: string[];
  close(): Promise<void>;
}

/** A site on loopback that serves pages, and everything else out of the built folder. */
export async function serveSite(dir: string): Promise<TestSite> {
  const pages = new Map<string, Answer>();
  const reports: string[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    if (path === '/csp') {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      reports.push(body);
      response.end();
      return;
    }
    const page = pages.get(path);
    if (typeof page === 'function') return page(request, response);
    if (page !== undefined) {
      const { headers = {}, body } = typeof page === 'string' ? { body: page } : page;
      response
        .writeHead(200, {
          'content-type': path.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8',
          ...headers,
        })
        .end(body);
      return;
    }
    try {
      const body = await readFile(join(dir, path));
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    pages,
    reports,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
