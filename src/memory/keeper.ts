/**
 * Keeps what is said on the device, and brings back what is there. One keeper a memory, put together
 * here from its jobs; every step compares its session with the present one after waiting, so that
 * nothing begun for one person ends with another.
 */
import type { Uuid } from '../facts/entry.js';
import type { StoredConversation } from '../store/store.js';
import type { Core } from './core.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import { follow } from './following.js';
import { createOpening } from './opening.js';
import type { Parts, Taking, Writing } from './parts.js';
import { createShelf, type Shelf } from './shelf.js';
import { createTaking } from './taking.js';
import { createWriting } from './writing.js';

export interface Keeper
  extends Pick<Taking, 'forget' | 'takeAway' | 'removeDeviceFact'>, Pick<Writing, 'keep' | 'settle'> {
  /** Resolves when the database has answered for the present session, whatever it said. Never rejects. */
  readonly ready: Promise<void>;
  readonly deviceState: Shelf['state'];
  count(): Promise<Counts>;
  /** A conversation as the device has it. */
  conversation(id: Uuid): Promise<StoredConversation | undefined>;
  close(): Promise<void>;
}

export function createKeeper(core: Core): Keeper {
  const shelf = createShelf(core);
  const parts = (): Parts => ({ opening, writing, taking });
  const writing = createWriting(shelf, parts);
  const taking = createTaking(shelf, parts);
  const opening = createOpening(shelf, parts);
  const unfollow = follow(shelf, opening);
  core.keep = writing.keep;

  return {
    get ready() {
      return opening.ready();
    },
    get deviceState() {
      return shelf.state;
    },
    keep: writing.keep,
    settle: writing.settle,
    forget: taking.forget,
    takeAway: taking.takeAway,
    removeDeviceFact: taking.removeDeviceFact,
    async count() {
      await opening.ready();
      const { closed, subject, view } = core.session;
      if (closed) return nothing;
      return {
        ...sumOf((await subject?.count(core.now())) ?? nothing, countOf(view.said())),
        facts: view.keys().length,
      };
    },
    async conversation(id) {
      const { subject, view } = core.session;
      return view.stored().find((one) => one.id === id) ?? (await subject?.conversation(id, core.now()));
    },
    async close() {
      unfollow();
      await shelf.close();
    },
  };
}
