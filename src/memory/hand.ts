import { covers } from '../facts/cover.js';
import type { Fact, Forget, Held, Key, Message, Uuid } from '../facts/entry.js';
import type { StoredConversation } from '../store/store.js';
import type { ConversationHead } from './types.js';

/** What a view has at hand: what the device has as far as it is read, and what was said here, which is among the facts and forgets too. */
export interface Hand {
  facts: Map<Key, Held<Fact>[]>;
  forgets: Held<Forget>[];
  /** The newest, as the device has them. */
  conversations: Map<Uuid, KnownConversation>;
  /** What was said here and is not on the device, in the order it was said. */
  readonly pending: Map<Uuid, Held>;
}

export interface KnownConversation extends StoredConversation {
  /** As the boot record tells it, while its facts have not been read. */
  readonly head?: ConversationHead;
}

/** Those that no forget takes away; some are still on the device for a moment. */
export function uncovered<E extends Fact | Message>({ forgets }: Hand, rows: readonly Held<E>[]): Held<E>[] {
  return rows.filter((row) => !forgets.some((forget) => covers(forget, row)));
}
