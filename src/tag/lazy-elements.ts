import { languageOf } from '../elements/memory-element.js';
import { awaitLanguage } from '../elements/strings.js';
import { watch } from '../elements/watch.js';
import { findMemory, onMemoriesChange } from '../memory/table.js';
import type { Memory } from '../memory/types.js';
import type { LoadChunk } from './load-chunk.js';

/** Elements that come in a chunk of their own, and whether one has anything to show yet. */
const lazy = {
  'memory-consent': ({ consent, status }: Memory, element: Element) =>
    // Words in it are a hint that is not to be seen before it asks.
    element.firstElementChild ||
    (consent.state === 'undecided' &&
      (consent.useful || element.matches('[when=now]') || /blocked|failed/.test(status.storage.device))),
  'memory-conversations': ({ conversations }: Memory) => conversations.recent.length,
  'memory-center': () => true,
};

/** Loads an element's chunk, which defines it. One that the page has defined itself is left to it. */
export async function defineLazily(load: LoadChunk, name: string): Promise<void> {
  if (!customElements.get(name)) await load(name.replace('memory-', ''));
}

/**
 * Watches the document and its memory for the first of each that has something to show; inside shadow roots
 * `customerMemory('define', name)` does it. Stops when every element has been asked for.
 */
export function watchForElements(load: LoadChunk): void {
  const missing = new Map(Object.entries(lazy));
  const look = () => {
    const memory = findMemory();
    for (const [name, speaks] of missing) {
      const found = [...document.querySelectorAll(name)].find(
        // Where there are several, or none, each element finds its own.
        (element) => !memory || speaks(memory, element),
      );
      if (!found) continue;
      missing.delete(name);
      // What it says comes beside it, not after it; the others bring their words.
      if (/center/.test(name)) void awaitLanguage({}, languageOf(found, memory));
      // What cannot be loaded was told already; the element shows its slot.
      defineLazily(load, name).catch(() => undefined);
    }
    if (missing.size === 0) stop();
  };
  const stop = watch(document, { childList: true, subtree: true }, look);
  onMemoriesChange(look);
  // Subscribing looks at once.
  if (!findMemory()?.subscribe(look)) look();
}
