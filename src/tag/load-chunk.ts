import { bareError } from '../platform/bare-error.js';
import { chunkFile } from './chunk-file.js';

/** What the build knows of each chunk: the SHA-256 that it must have, as base64. Its file is named by the beginning of it. */
declare const __CHUNKS__: Readonly<Record<string, string>>;

export type LoadChunk = (name: string) => Promise<unknown>;

/**
 * Imports a chunk of this very build. A module preload with its hash comes first, because `import()`
 * takes none: a file that is not the one that was built is refused there, and never run. The first
 * that fails is told the developer; each rejects with `storage_failed`.
 */
export function chunkLoader(base: string | undefined, warn: (message: string) => void): LoadChunk {
  let told = false;
  let memory: Promise<unknown> | undefined;
  return (name) => {
    const loading = load(name, memory).catch(({ message }: Error) => {
      if (!told) warn(`customer-memory: ${message}`);
      told = true;
      throw bareError('storage_failed', 'load', message);
    });
    if (name === 'memory') memory = loading.catch(() => undefined);
    return loading;
  };

  async function load(name: string, first: Promise<unknown> | undefined): Promise<unknown> {
    const hash = __CHUNKS__[name];
    if (!hash) throw new Error(`there is no part "${name}"`);
    if (!base) throw new Error('inline, it needs data-base');
    const url = new URL(chunkFile(name, hash), base).href;
    await preloaded(url, `sha256-${hash}`);
    // Fetched beside it, but run after it: an element that came first would show keys where it has words.
    await first;
    return import(url);
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
    link.onerror = () => reject(new Error(`${url} is not there, or not the file that was built`));
    document.head.append(link);
  });
}
