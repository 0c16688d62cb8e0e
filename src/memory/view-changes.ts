/** How a view goes on when what was said on this page is taken down, and when it has reached the device. */
import type { Draft, Forget, Held } from '../facts/entry.js';
import { compact } from '../facts/history.js';
import { conversationIdOf } from '../facts/key.js';
import { forgetsDroppedBy } from '../facts/writing.js';
import type { StoredConversation } from '../store/store.js';
import { uncovered } from './hand.js';
import { rowsOf } from './rows-of.js';
import type { View } from './view.js';

/** More facts of one key than this are compacted as they are said, so that a loop does not grow without end. */
const SAID_A_KEY = 16;

/** Shows what is said now; of a key that much is said about, what can still matter. */
export function say(view: View, entries: readonly Draft[]): void {
  view.put(entries);
  const keys = new Set(entries.flatMap((entry) => (entry.kind === 'fact' ? entry.key : [])));
  for (const key of keys) {
    const rows = rowsOf(view, key).said;
    if (rows.length <= SAID_A_KEY) continue;
    const kept = new Set(compact(rows));
    view.drop(rows.filter((row) => !kept.has(row)).map(({ entry }) => entry.id));
  }
}

/** These reached the device and are its own from now on. `conversations`: those of the newest that they touched. */
export function commit(
  view: View,
  stored: readonly Held[],
  conversations: readonly StoredConversation[],
): void {
  // The device may have put a forget of another tab in the place of one that is still known here, and that was heard of.
  const heard = new Map(stored.map(({ entry }) => [entry.id, view.pending.get(entry.id)?.entry.after]));
  view.drop(heard.keys());
  for (const { entry } of stored) {
    if (entry.kind !== 'fact' || conversationIdOf(entry.key)) continue;
    const { known, said } = rowsOf(view, entry.key);
    const after = [...(entry.after ?? []), ...(heard.get(entry.id) ?? [])];
    if (!known.some((row) => row.entry.id === entry.id))
      view.facts.set(entry.key, [...compact([...known, { entry: { ...entry, after } }]), ...said]);
  }
  const forgets = stored.filter((row): row is Held<Forget> => row.entry.kind === 'forget');
  for (const forget of forgets) {
    // The device has dropped those that this one makes needless; what is said from now on does not name them.
    const needless = forgetsDroppedBy(
      forget.entry,
      view.forgets.filter(({ entry }) => !view.pending.has(entry.id)),
    );
    view.forgets = [...view.forgets.filter(({ entry }) => !needless.includes(entry.id)), forget];
  }
  if (forgets.length) for (const [key, rows] of view.facts) view.facts.set(key, uncovered(view, rows));
  for (const one of conversations) view.conversations.set(one.id, one);
}
