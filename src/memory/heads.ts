import { headOf } from '../facts/conversation.js';
import type { Fact, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import { uncovered, type Hand, type KnownConversation } from './hand.js';
import type { ConversationHead } from './types.js';

/** How many conversations are at hand without reading the database, and how many the boot record carries. */
const RECENT = 5;

/** Frozen, newest first. Those without a head (their first fact was forgotten) are left out. */
export function newestHeads(
  heads: readonly (ConversationHead | undefined)[],
  limit = RECENT,
): readonly ConversationHead[] {
  return Object.freeze(
    heads
      .filter((head) => head !== undefined)
      .sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map((head) => Object.freeze(head)),
  );
}

/** Heads of all conversations that are at hand, and of `more` that the device has; in no order, undefined where nothing is left of one. */
export function headsOf(
  hand: Hand,
  more: readonly KnownConversation[],
  now: Ms,
): (ConversationHead | undefined)[] {
  const known = new Map([...more, ...hand.conversations.values()].map((one) => [one.id, one]));
  const said = new Map<Uuid, Held<Fact | Message>[]>();
  for (const row of hand.pending.values() as Iterable<Held<Fact | Message>>) {
    const { key = '' } = row.entry as Partial<Fact>; // a forget has none
    const id = conversationIdOf(key);
    if (id && !said.get(id)?.push(row)) said.set(id, [row]);
  }
  return [...new Set([...known.keys(), ...said.keys()])].map((id) => {
    const { facts = [], lastMessageAt = 0, head = undefined } = known.get(id) ?? {};
    const rows = uncovered(hand, [...facts, ...(said.get(id) ?? [])]);
    const lastAt = Math.max(
      lastMessageAt,
      ...rows.map(({ entry }) => (entry.kind === 'message' ? wallOf(entry.at) : 0)),
    );
    const root = { key: conversationKey(id), purpose: 'conversations', seen: 0 } as Fact;
    // A head out of the boot record has no facts to compute it from; until the database answers it is forgotten, or only moves up.
    const early = head && uncovered(hand, [{ entry: root }]).length ? { ...head, lastAt } : undefined;
    return headOf(id, rows as Held<Fact>[], lastAt, now) ?? early;
  });
}
