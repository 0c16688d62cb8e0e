import { bareError } from '../platform/bare-error.js';
import type { Platform } from '../platform/platform.js';
import { chunkFile } from './chunk-file.js';

/** What the build knows of each chunk: the SHA-256 that it must have, as base64. Its file is named by the beginning of it. */
declare const __CHUNKS__: Record<string, string>;

export type LoadChunk = (name: string) => Promise<unknown>;

/** Those of the chunks; one that others were split off from adds theirs. */
export const hashes: Record<string, string> = __CHUNKS__;
/** The chunks that are here, by name: one that was split off takes from here what it shares with the one it came from. */
export const chunks: Record<string, unknown> = {};

/**
 * Imports a chunk of this very build. A module preload with its hash comes first, because `import()`
 * takes none: a file that is not the one that was built is refused there, and never run. The first
 * that fails is told the developer; each rejects with `storage_failed`.
 */
export function chunkLoader(base: string | undefined, { warn, clock }: Platform): LoadChunk {
  let told = false;
  const loading: Record<string, Promise<unknown>> = {};
  return (name) =>
    (loading[name] ??= load(name, loading['memory']).then(
      (chunk) => (chunks[name] = chunk),
      ({ message }: Error) => {
        delete loading[name];
        if (!told) warn(`customer-memory: ${message}`);
        told = true;
        throw bareError('storage_failed', 'load', message);
      },
    ));

  async function load(name: string, first: Promise<unknown> | undefined): Promise<unknown> {
    const hash = hashes[name];
    if (!hash) throw new Error(`there is no part "${name}"`);
    if (!base) throw new Error('inline, it needs data-base');
    const url = new URL(chunkFile(name, hash), base).href;
    // What has failed under an address once fails there again, and nothing is fetched: in Firefox for as long as the page
    // is there, in WebKit on the next pages too.
    return get(url).catch(() => get(`${url}?${clock.now()}`));

    async function get(url: string): Promise<unknown> {
      await preloaded(url, `sha256-${hash}`);
      // Fetched beside it, but run after it: an element that came first would show keys where it has words.
      await first?.catch(() => undefined);
      return import(url);
    }
  }
}

function preloaded(url: string, integrity: string): Promise<void> {
  const link = document.createElement('link');
  // Without module preloads the hash cannot be checked; the file's name still carries it.
  if (!link.relList.supports?.('modulepreload')) return Promise.resolve();
  link.rel = 'modulepreload';
  link.integrity = integrity;
  link.href = url;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () =>
      reject(
        new Error(
          `${url.replace(/\?.*/, '')} is not there, not the file that was built, or in a sandboxed frame without CORS; serve customer-memory/ beside customer-memory.js`,
        ),
      );
    document.head.append(link);
  });
}
