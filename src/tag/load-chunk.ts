/** What the build knows of each chunk: its file beside the tag, and the hash it must have. */
declare const __CHUNKS__: Readonly<Record<string, { readonly file: string; readonly integrity: string }>>;

export type LoadChunk = (name: string) => Promise<unknown>;

/**
 * Imports a chunk of this very build. A module preload with its hash comes first, because `import()`
 * takes none: a file that is not the one that was built is refused there, and never run.
 */
export function chunkLoader(base: string | undefined): LoadChunk {
  let memory: Promise<unknown> | undefined;
  return (name) => {
    const loading = load(name, memory);
    if (name === 'memory') memory = loading.catch(() => undefined);
    return loading;
  };

  async function load(name: string, first: Promise<unknown> | undefined): Promise<unknown> {
    const chunk = __CHUNKS__[name];
    if (!chunk) throw new Error(`customer-memory has no part named "${name}"`);
    if (!base) throw new Error('customer-memory was put inline; say where its parts are with data-base');
    const url = new URL(chunk.file, base).href;
    await preloaded(url, chunk.integrity);
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
    link.onerror = () => reject(new Error(`${url} could not be loaded, or is not the file that was built`));
    document.head.append(link);
  });
}
