import { headOf } from '../facts/conversation.js';
import type { Fact, Held, Ms, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import type { StoredConversation } from '../store/store.js';
import { uncovered, type Hand } from './hand.js';
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
  more: readonly StoredConversation[],
  now: Ms,
): (ConversationHead | undefined)[] {
  const stored = new Map([...more, ...hand.conversations.values()].map((one) => [one.id, one]));
  const early = new Map(hand.heads.map((one) => [one.id, one]));
  const said = new Map<Uuid, Held<Fact>[]>();
  for (const row of hand.pending.values()) {
    const id = row.entry.kind === 'forget' ? undefined : conversationIdOf(row.entry.key);
    if (id) said.set(id, [...(said.get(id) ?? []), row as Held<Fact>]);
  }
  return [...new Set([...early.keys(), ...stored.keys(), ...said.keys()])].map((id) => {
    const one = stored.get(id);
    const rows = uncovered(hand, [...(one?.facts ?? []), ...(said.get(id) ?? [])]);
    const lastAt = Math.max(
      one?.lastMessageAt ?? 0,
      ...rows.map(({ entry }) => ((entry.kind as string) === 'message' ? wallOf(entry.at) : 0)),
    );
    const head = headOf(id, rows, lastAt, now);
    const before = early.get(id);
    if (head || !before || one) return head;
    // A head out of the boot record has no facts to compute it from; until the database answers it is forgotten, or only moves up.
    const root = { key: conversationKey(id), purpose: 'conversations', seen: 0 } as Fact;
    return uncovered(hand, [{ entry: root }]).length
      ? { ...before, lastAt: Math.max(before.lastAt, lastAt) }
      : undefined;
  });
}
