/** What is read of a person's database after the start, when it is asked for. */
import type { Held, Message, Ms, Uuid } from '../facts/entry.js';
import { conversationOf, factsOf, living, readConversations, type ReadTx } from './read-start.js';
import type { StoredConversation, SubjectReads } from './store.js';
import { FORGET, startingWith } from './row-key.js';
import { type Page, type Ranges } from './subject-database.js';
import { sound } from './sound.js';
import { result } from './transaction.js';

/** @param read runs in one reading transaction. */
export function readsOf(
  read: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
): SubjectReads {
  /** Of each conversation the first message last read, and its page: reading on from it starts there. */
  const places = new Map<Uuid, { readonly id: Uuid; readonly n: number }>();

  return {
    conversations: async ({ limit }, now) =>
      limit > 0 ? read((tx) => readConversations(tx, ranges, limit, now)) : [],
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
    carrying: async () => (await import('./subject-carrying.js')).carryingOf(read, ranges),
  };
}

async function readConversation(
  tx: ReadTx,
  ranges: Ranges,
  cid: Uuid,
  now: Ms,
): Promise<StoredConversation | undefined> {
  const cursor = await result(tx.objectStore('pages').openCursor(startingWith(ranges, cid), 'prev'));
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
  const range = from === undefined ? startingWith(ranges, cid) : ranges.bound([cid], [cid, from]);
  let messages: Held<Message>[] = [];
  let found = before === undefined;
  let n: number | undefined;
  if (last <= 0) return { messages, n };
  for await (const page of pagesOf(tx, range, 'prev')) {
    const end = found ? page.messages.length : page.messages.findIndex(({ entry }) => entry.id === before);
    if (end >= 0) {
      found = true;
      const earlier = living(sound(page.messages.slice(0, end)), now);
      messages = [...earlier.slice(Math.max(0, earlier.length - (last - messages.length))), ...messages];
      n = page.n;
    }
    if (messages.length >= last) break;
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
    result(rows.count(ranges.lowerBound([FORGET, []]))),
    result(rows.index('until').count(ranges.upperBound(now))),
  ]);
  const conversations = new Set<Uuid>();
  let messages = 0;
  for await (const page of pagesOf(tx)) {
    const { length } = living(sound(page.messages), now);
    messages += length;
    if (length || living(await factsOf(tx, ranges, page.cid), now).length) conversations.add(page.cid);
  }
  return { facts: stored - expired, conversations: conversations.size, messages };
}

/** One page after another, so that no more of them than one are held. */
async function* pagesOf(
  tx: ReadTx,
  range?: IDBKeyRange,
  direction?: IDBCursorDirection,
): AsyncGenerator<Page, void> {
  const request = tx.objectStore('pages').openCursor(range, direction);
  for (let cursor = await result(request); cursor; cursor = await result(request)) {
    yield cursor.value;
    cursor.continue();
  }
}
