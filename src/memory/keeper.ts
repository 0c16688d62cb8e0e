/**
 * Keeps what is said on the device, and brings back what is there. One keeper a memory, put together
 * here from its jobs; every step compares its session with the present one after waiting, so that
 * nothing begun for one person ends with another.
 */
import type { Core } from './core.js';
import { follow } from './following.js';
import { createOpening } from './opening.js';
import type { Keeper } from './parts.js';
import { createShelf } from './create-shelf.js';
import { createTaking } from './taking.js';

export function createKeeper(core: Core): Keeper {
  const shelf = createShelf(core);
  shelf.opening = createOpening(shelf);
  const unfollow = follow(shelf);

  return {
    ...createTaking(shelf),
    saying: shelf.saying,
    get ready() {
      return shelf.opening.ready();
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
