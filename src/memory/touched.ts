import type { Held, Ms, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import type { StoredConversation, Subject } from '../store/store.js';
import type { View } from './view.js';

/** The conversations that a write changed, as they are on the device now. */
export async function touched(
  view: View,
  subject: Subject,
  stored: readonly Held[],
  forgot: boolean,
  now: Ms,
): Promise<readonly StoredConversation[]> {
  if (forgot) return (await subject.reads()).conversations({ limit: 5 }, now);
  const byId = new Map<Uuid, Held[]>();
  for (const row of stored) {
    const id = row.entry.kind === 'forget' ? undefined : conversationIdOf(row.entry.key);
    if (id) byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  const changed: StoredConversation[] = [];
  for (const [id, rows] of byId) {
    const before = view.conversations.get(id);
    const after =
      before && rows.every(({ entry }) => entry.kind === 'message')
        ? withMessages(before, rows)
        : await (await subject.reads()).conversation(id, now);
    if (after) changed.push(after);
  }
  return changed;
}

function withMessages(before: StoredConversation, rows: readonly Held[]): StoredConversation {
  const times = rows.map(({ entry }) => wallOf(entry.at));
  return {
    ...before,
    messages: before.messages + rows.length,
    lastMessageAt: Math.max(before.lastMessageAt ?? 0, ...times),
  };
}
