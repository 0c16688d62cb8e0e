/// <reference types="node" />
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Listening {
  readonly server: ServerType;
  readonly port: number;
}

/** Only this machine may knock. */
export const HOST = '127.0.0.1';
const TRIES = 20;

/** Serves on the port asked for, or on the next free one; 0 asks for any. */
export async function listen(app: Hono, wanted: number): Promise<Listening> {
  for (let port = wanted; ; port += 1) {
    const server = createAdaptorServer({ fetch: app.fetch });
    try {
      return { server, port: await listenOn(server, port) };
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port - wanted >= TRIES) throw error;
    }
  }
}

function listenOn(server: ServerType, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Says that a port was taken and where the shop is instead; undefined where nothing has to be said. */
export const takenSentence = (wanted: number, port: number): string | undefined =>
  wanted === 0 || wanted === port
    ? undefined
    : `Port ${wanted} is taken; the next free one is ${port}, and the shop is there.`;
