/**
 * The killer's own site on loopback: it serves the page, and hears what its tabs tell. What has come here came from a
 * page whose promise was settled, also when it is read only after the browser is gone.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';

/** What a page tells; whoever listens answers it, now or later. */
export interface Call {
  /** `page`: it was asked for. */
  readonly what: string;
  readonly tab: string;
  readonly body: unknown;
  answer(body: unknown): void;
}

export interface KillerSite {
  /** The address of a round's page. */
  url(round: number, tab: string): string;
  /** What the tabs of this round tell goes there; that of any other is not answered. */
  listen(round: number, hear: (call: Call) => void): void;
  /** Resolves when nothing more can come: every connection has ended. */
  silence(): Promise<void>;
  close(): void;
}

export async function serveKills(): Promise<KillerSite> {
  const script = await bundle();
  const sockets = new Set<Socket>();
  let current = -1;
  let hearing: (call: Call) => void = () => undefined;

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://killer');
    const answer = (body: unknown) => say(response, JSON.stringify(body), 'application/json');
    const call = { what: pathname.slice(1) || 'page', tab: searchParams.get('tab') ?? '' };
    const told = (body: unknown) => {
      if (Number(searchParams.get('round')) === current) hearing({ ...call, body, answer });
    };
    if (request.method === 'GET') {
      if (pathname === '/page.js') return say(response, script, 'text/javascript');
      if (pathname !== '/') return void response.writeHead(404).end();
      say(response, '<!doctype html><title>A page</title><script src="/page.js"></script>', 'text/html');
      return told(undefined);
    }
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    // One that was cut off by the kill never ends, and was never told.
    request.on('end', () => {
      if (request.complete) told(JSON.parse(Buffer.concat(parts).toString()));
    });
    request.on('error', () => undefined);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;

  return {
    url: (round, tab) => `http://localhost:${port}/?round=${round}&tab=${tab}`,
    listen(round, hear) {
      current = round;
      hearing = hear;
    },
    async silence() {
      const end = (socket: Socket) => new Promise((closed) => socket.once('close', closed));
      while (sockets.size > 0) await Promise.all([...sockets].map(end));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function say(response: ServerResponse, body: string, type: string): void {
  response
    .writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' })
    .end(body);
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    define: { __VERSION__: '"killed"', __CHUNKS__: '{}' },
  });
  return outputFiles[0]?.text ?? '';
}
