import { headOf } from '../facts/conversation.js';
import type { Fact, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import type { StoredConversation } from '../store/store.js';
import type { ConversationHead } from './types.js';

/** How many conversations are at hand without reading the database, and how many the boot record carries. */
const RECENT = 5;

export function headOfStored(
  { id, facts, lastMessageAt }: StoredConversation,
  now: Ms,
): ConversationHead | undefined {
  return headOf(id, facts, lastMessageAt, now);
}

/** Frozen, newest first. Those without a head (their first fact was forgotten) are left out. */
export function newestHeads(
  heads: Iterable<ConversationHead | undefined>,
  limit = RECENT,
): readonly ConversationHead[] {
  const found = [...heads].filter((head) => head !== undefined);
  return Object.freeze(
    found
      .sort((a, b) => b.lastAt - a.lastAt || (a.id < b.id ? 1 : -1))
      .slice(0, limit)
      .map((head) => Object.freeze(head)),
  );
}

/** Heads as they are with what was said here and is not on the device yet. */
export function withSaid(
  heads: readonly (ConversationHead | undefined)[],
  said: readonly Held[],
  {
    conversations,
    uncovered,
    now,
  }: {
    conversations: ReadonlyMap<Uuid, StoredConversation>;
    uncovered: <E extends Fact | Message>(rows: readonly Held<E>[]) => Held<E>[];
    now: Ms;
  },
): (ConversationHead | undefined)[] {
  const byId = new Map(heads.map((head) => [head?.id, head]));
  const touched = new Map<Uuid, Held<Fact | Message>[]>();
  for (const row of said) {
    const id = row.entry.kind === 'forget' ? undefined : conversationIdOf(row.entry.key);
    if (id) touched.set(id, [...(touched.get(id) ?? []), row as Held<Fact | Message>]);
  }
  for (const [id, rows] of touched) {
    const living = uncovered(rows);
    const facts = living.filter((row): row is Held<Fact> => row.entry.kind === 'fact');
    const spoken = living
      .filter(({ entry }) => entry.kind === 'message')
      .map(({ entry }) => wallOf(entry.at));
    const stored = conversations.get(id);
    const before = byId.get(id);
    const lastAt = Math.max(0, stored?.lastMessageAt ?? 0, ...spoken) || undefined;
    const head = headOf(id, uncovered([...(stored?.facts ?? []), ...facts]), lastAt, now);
    // A head out of the boot record has no facts to compute it from; until the database answers it only moves up.
    byId.set(id, head ?? (before && { ...before, lastAt: Math.max(before.lastAt, ...spoken) }));
  }
  return [...byId.values()];
}
