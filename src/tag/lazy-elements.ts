import { languageOf } from '../elements/memory-element.js';
import { awaitLanguage } from '../elements/strings.js';
import { watch } from '../elements/watch.js';
import { findMemory } from '../memory/table.js';
import type { LoadChunk } from './load-chunk.js';

/** Elements that come in a chunk of their own, when the first of them is on the page. */
const lazy = ['memory-consent', 'memory-conversations', 'memory-center'] as const;

/** Loads an element's chunk, which defines it. One that the page has defined itself is left to it. */
export async function defineLazily(load: LoadChunk, name: string): Promise<void> {
  if (!customElements.get(name)) await load(name.replace('memory-', ''));
}

/**
 * Watches the document for the first of each; inside shadow roots `customerMemory('define', name)`
 * does it. Stops when every element has been asked for.
 */
export function watchForElements(load: LoadChunk): void {
  const missing = new Set<string>(lazy);
  const look = () => {
    for (const name of missing) {
      const found = document.querySelector(name);
      if (!found) continue;
      missing.delete(name);
      // What it says comes beside it, not after it.
      void awaitLanguage({}, languageOf(found, findMemory()));
      // What cannot be loaded was told already; the element shows its slot.
      defineLazily(load, name).catch(() => undefined);
    }
    if (missing.size === 0) stop();
  };
  const stop = watch(document, { childList: true, subtree: true }, look);
  look();
}
