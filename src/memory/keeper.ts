/**
 * Keeps what is said on the device, and brings back what is there. One keeper a memory, put together
 * here from its jobs; every step compares its session with the present one after waiting, so that
 * nothing begun for one person ends with another.
 */
import { part } from './part.js';
import type { Core } from './core.js';
import { follow } from './following.js';
import { createOpening } from './opening.js';
import type { Keeper, Parts } from './parts.js';
import { createShelf } from './shelf.js';
import { createTaking } from './taking.js';

export function createKeeper(core: Core): Keeper {
  const shelf = createShelf(core);
  const parts: Parts = {
    saying: part(async () => {
      // What is said is told to the next page by the boot record.
      const [{ createSaying }] = await Promise.all([import('./saying.js'), shelf.boot(() => undefined)]);
      return createSaying(shelf, parts);
    }, shelf.busy),
    clearing: part(async () => (await import('./clearing.js')).createClearing(shelf, parts), shelf.busy),
    get opening() {
      return opening;
    },
  };
  const opening = createOpening(shelf, parts);
  const unfollow = follow(shelf, opening);

  return {
    ...createTaking(shelf, parts),
    saying: parts.saying,
    get ready() {
      return opening.ready();
    },
    get deviceState() {
      return shelf.state;
    },
    async close() {
      unfollow();
      await shelf.close();
    },
  };
}
