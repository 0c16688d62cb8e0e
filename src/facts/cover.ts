import { rankOf } from './authority.js';
import type { Fact, Forget, Held, Message } from './entry.js';
import { isBy, isFinal, matches } from './selector.js';

const STATED = rankOf('stated');

/**
 * Whether this forget takes this entry away, on whatever device and in whatever order they arrive. It does when the
 * entry's writer had not heard of it, and even if it had when the forget is final or names this very key and the entry
 * is less than the person's own word: nothing observed revives what the person forgot. A pending forget stands after
 * everything.
 */
export function covers({ entry: forget, seq }: Held<Forget>, { entry }: Held<Fact | Message>): boolean {
  if (!matches(forget.of, entry)) return false;
  // What is no number no endpoint has given.
  if (!((seq as number) <= entry.seen) && !entry.after?.includes(forget.id)) return true;
  if (isFinal(forget.of)) return true;
  return entry.kind === 'fact' && isBy(forget.of, 'key') && rankOf(entry.authority) < STATED;
}
