/**
 * The whole of facts/ in one function: from everything that a device or an endpoint holds to what it shows. Stores do
 * this by parts and in transactions; this is what they must agree with.
 */
import type { Entry, Fact, Forget, Held, Key, Message, Ms } from './entry.js';
import { living } from './living.js';
import { compareMessages } from './order.js';
import { resolveKey, type Resolved } from './value.js';

export interface Visible {
  /** The value of every key that has one. */
  readonly values: ReadonlyMap<Key, Resolved>;
  /** In the order in which they stand: the endpoint's, then pending ones as given. */
  readonly messages: readonly Held<Message>[];
}

/** What stands of these entries, each present once, pending ones in local order. */
export function visible(held: readonly Held[], now: Ms): Visible {
  const forgets = held.filter((row): row is Held<Forget> => row.entry.kind === 'forget');
  const kept = held.filter((row): row is Held<Fact | Message> => row.entry.kind !== 'forget');
  const facts = new Map<Key, Held<Fact>[]>();
  const messages: Held<Message>[] = [];
  for (const row of living(kept, forgets, now)) {
    if (isMessage(row)) messages.push(row);
    else facts.set(row.entry.key, [...(facts.get(row.entry.key) ?? []), row as Held<Fact>]);
  }
  const values = new Map<Key, Resolved>();
  for (const [key, rows] of facts) {
    const resolved = resolveKey(rows, now);
    if (resolved) values.set(key, resolved);
  }
  return { values, messages: messages.sort(compareMessages) };
}

function isMessage(row: Held<Entry>): row is Held<Message> {
  return row.entry.kind === 'message';
}
