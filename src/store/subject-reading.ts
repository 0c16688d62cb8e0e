/** What is read of a person's database after the start, when it is asked for. */
import type { Held, Message, Ms, Uuid } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import { conversationOf, living, readConversations, type ReadTx } from './read-start.js';
import type { StoredConversation, Subject } from './store.js';
import type { Page, Ranges } from './subject-database.js';

const BATCH = 500;
const PAGES_A_BATCH = 10;

export type SubjectReads = Pick<
  Subject,
  'conversations' | 'conversation' | 'messages' | 'count' | 'entries' | 'has'
>;

/** @param read runs in one reading transaction. */
export function readsOf(
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectReads {
  /** Of each conversation the first message last read, and its page: reading on from it starts there. */
  const places = new Map<Uuid, { readonly id: Uuid; readonly n: number }>();

  return {
    conversations: ({ limit }, now) => read((tx) => readConversations(tx, ranges, limit, now)),
    conversation: (id, now) => read((tx) => readConversation(tx, ranges, id, now)),
    async messages(cid, query, now) {
      const place = places.get(cid);
      const from = place && place.id === query.before ? { from: place.n } : {};
      const { messages, n } = await read((tx) => readMessages(tx, ranges, cid, { ...query, ...from }, now));
      const first = messages[0];
      if (first && n !== undefined) places.set(cid, { id: first.entry.id, n });
      return messages;
    },
    count: (now) => read((tx) => countAll(tx, ranges, now)),
    async *entries(now) {
      for (const readBatch of [readRows, readPages]) {
        let after: IDBValidKey | undefined;
        for (;;) {
          const from = after;
          const batch = await read((tx) => readBatch(tx, ranges, from));
          if (!batch) break;
          after = batch.next;
          yield batch.held.filter(({ entry }: Held) => !isExpired(entry, now));
        }
      }
    },
    async has(ids) {
      const stored = await read(readIds);
      return new Set(ids.filter((id) => stored.has(id)));
    },
  };
}

async function readConversation(
  tx: ReadTx,
  ranges: Ranges,
  cid: Uuid,
  now: Ms,
): Promise<StoredConversation | undefined> {
  const cursor = await tx.objectStore('pages').openCursor(ranges.pagesOf(cid), 'prev');
  return cursor ? conversationOf(tx, ranges, cursor.value, now) : undefined;
}

interface MessagesFound {
  readonly messages: readonly Held<Message>[];
  /** The page in which the first of them is; where to look for what is before it. */
  readonly n: number | undefined;
}

/**
 * The last `last` living messages, oldest first; with `before`, of those before it.
 *
 * @param from the page in which `before` is, if that is known: later ones are not read.
 */
async function readMessages(
  tx: ReadTx,
  ranges: Ranges,
  cid: Uuid,
  { last, before, from }: { last: number; before?: Uuid; from?: number },
  now: Ms,
): Promise<MessagesFound> {
  const range = from === undefined ? ranges.pagesOf(cid) : ranges.pagesUpTo(cid, from);
  let messages: Held<Message>[] = [];
  let found = before === undefined;
  let n: number | undefined;
  let cursor = last > 0 ? await tx.objectStore('pages').openCursor(range, 'prev') : null;
  while (cursor) {
    const page: Page = cursor.value;
    const end: number = found
      ? page.messages.length
      : page.messages.findIndex(({ entry }) => entry.id === before);
    if (end >= 0) {
      found = true;
      const earlier = living(page.messages.slice(0, end), now);
      messages = [...earlier.slice(Math.max(0, earlier.length - (last - messages.length))), ...messages];
      n = page.n;
    }
    cursor = messages.length < last ? await cursor.continue() : null;
  }
  return { messages, n };
}

/** What is on this device, expired content not counted. */
async function countAll(
  tx: ReadTx,
  ranges: Ranges,
  now: Ms,
): Promise<{ facts: number; conversations: number; messages: number }> {
  const rows = tx.objectStore('rows');
  const [stored, expired] = await Promise.all([
    rows.count(ranges.facts),
    rows.index('until').count(ranges.upTo(now)),
  ]);
  const conversations = new Set<Uuid>();
  let messages = 0;
  for (let cursor = await tx.objectStore('pages').openCursor(); cursor; cursor = await cursor.continue()) {
    messages += living(cursor.value.messages, now).length;
    conversations.add(cursor.value.cid);
  }
  return { facts: stored - expired, conversations: conversations.size, messages };
}

/** One batch of facts and forgets, and the key to go on from; undefined when there are no more. */
async function readRows(
  tx: ReadTx,
  ranges: Ranges,
  after: IDBValidKey | undefined,
): Promise<{ held: readonly Held[]; next: IDBValidKey } | undefined> {
  const range = after === undefined ? null : ranges.after(after);
  const rows = tx.objectStore('rows');
  const [held, keys] = await Promise.all([rows.getAll(range, BATCH), rows.getAllKeys(range, BATCH)]);
  const next = keys.at(-1);
  return next && { held, next };
}

/** One batch of messages, as `readRows`. */
async function readPages(
  tx: ReadTx,
  ranges: Ranges,
  after: IDBValidKey | undefined,
): Promise<{ held: readonly Held[]; next: IDBValidKey } | undefined> {
  const pages = await tx
    .objectStore('pages')
    .getAll(after === undefined ? null : ranges.after(after), PAGES_A_BATCH);
  const last = pages.at(-1);
  return last && { held: pages.flatMap(({ messages }) => messages), next: [last.cid, last.n] };
}

/** Every id that is stored. Reads everything: for an import, not for a page view. */
async function readIds(tx: ReadTx): Promise<Set<Uuid>> {
  const ids = new Set((await tx.objectStore('rows').getAllKeys()).map(([, id]) => id));
  for (let cursor = await tx.objectStore('pages').openCursor(); cursor; cursor = await cursor.continue()) {
    for (const { entry } of cursor.value.messages) ids.add(entry.id);
  }
  return ids;
}
