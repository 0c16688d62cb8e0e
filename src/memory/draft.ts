import type { Draft, Forget, Ms, Selector, Stamp, Uuid } from '../facts/entry.js';
import { nextStamp } from '../facts/stamp.js';
import { uuidv7 } from '../facts/uuid.js';
import type { Random } from '../platform/platform.js';

/** What tells an entry from every other, and when it was said. */
export interface Head {
  readonly id: Uuid;
  readonly at: Stamp;
  /** Said on an earlier page: before each forget that is younger. */
  readonly seen?: 0;
}

/** Begins entries: an id, and a stamp greater than any met before. */
export interface Drafter {
  head(): Head;
  forget(of: Selector): Draft<Forget>;
  /** Learns of a stamp met, so that a clock set back does not lose to what was said before. */
  meet(stamp: Stamp | undefined): void;
}

/** @param now endpoint time: the own clock and the skew. */
export function createDrafter(random: Random, now: () => Ms): Drafter {
  let greatest: Stamp | undefined;
  const head = () => ({ id: uuidv7(now(), random), at: (greatest = nextStamp(now(), greatest)) });

  return {
    head,
    forget: (of) => ({ kind: 'forget', ...head(), by: { who: 'visitor' }, of }),
    meet(stamp) {
      if (stamp && (!greatest || stamp > greatest)) greatest = stamp;
    },
  };
}
