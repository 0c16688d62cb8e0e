import type { Memory } from '../../src/memory/types.js';

const PREFIX = 'customer-memory:';

/** Makes this browser one that has never been here: not even the date of a refusal stays. */
export async function becomeStranger(memory: Memory): Promise<void> {
  await memory.ready;
  await memory.forget('everything');
  await memory.close();
  for (const kept of [() => sessionStorage, () => localStorage]) {
    try {
      const storage = kept();
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    } catch {
      // A frame without storage has nothing to take away.
    }
  }
}
