import { unwrap } from 'idb';
import type { Fact, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import { wallOf } from '../facts/stamp.js';
import { factsOf } from './forget.js';
import type { Loaded, StoredConversation } from './store.js';
import { isFactRow, isForgetRow, type Page, type Ranges, type SubjectTx } from './subject-database.js';
import { readMeta } from './write.js';

type ReadTx = SubjectTx<'readonly'>;

const NEWEST = 5;
const BATCH = 500;
/** A page holds up to a hundred messages: more of them than this are not held in RAM at the same time. */
const AT_ONCE = 50;
const PAGES_A_BATCH = 10;

/** All that a start needs, and the days of earlier visits. */
export type Start = Loaded & { readonly days: readonly Ms[] };

export async function readStart(tx: ReadTx, ranges: Ranges, now: Ms): Promise<Start> {
  const rows = tx.objectStore('rows');
  const [{ rev, epoch, skew, consent, greatest, days }, before, after, conversations] = await Promise.all([
    readMeta(tx),
    rows.getAll(ranges.beforeConversations),
    rows.getAll(ranges.afterConversations),
    readConversations(tx, ranges, NEWEST, now),
  ]);
  return {
    rev,
    epoch,
    skew,
    consent,
    greatest,
    days,
    forgets: before.filter(isForgetRow),
    facts: living([...before, ...after].filter(isFactRow), now + skew),
    conversations,
  };
}

/** Newest first. Those of which everything has expired are passed over. */
export async function readConversations(
  tx: ReadTx,
  ranges: Ranges,
  limit: number,
  now: Ms,
): Promise<StoredConversation[]> {
  const quick = await newestAtOnce(tx, limit);
  if (quick) {
    const read = await Promise.all(quick.map((page) => conversationOf(tx, ranges, page, now)));
    const alive = read.filter((one) => one !== undefined);
    if (alive.length === limit || quick.length < limit) return alive;
  }
  const found: StoredConversation[] = [];
  let cursor = limit > 0 ? await tx.objectStore('pages').index('last').openCursor(null, 'prev') : null;
  while (cursor) {
    const pages = [cursor.value];
    while (pages.length < limit - found.length && (cursor = await cursor.continue()))
      pages.push(cursor.value);
    // Side by side: one after the other they would be as many round trips as there are conversations.
    const read = await Promise.all(pages.map((page) => conversationOf(tx, ranges, page, now)));
    found.push(...read.filter((one) => one !== undefined));
    cursor = found.length < limit ? ((await cursor?.continue()) ?? null) : null;
  }
  return found;
}

/** The newest pages in one round trip, where the browser reads backwards without a cursor (Chromium 141). */
function newestAtOnce(tx: ReadTx, limit: number): Promise<Page[]> | undefined {
  const index = tx.objectStore('pages').index('last');
  if (!('getAllRecords' in unwrap(index)) || !(limit > 0 && limit <= AT_ONCE)) return undefined;
  const backwards = { direction: 'prev', count: limit };
  // TODO: without the detour when the types know the options.
  return (index.getAll as (options: object) => Promise<Page[]>).call(index, backwards);
}

export async function readConversation(
  tx: ReadTx,
  ranges: Ranges,
  cid: Uuid,
  now: Ms,
): Promise<StoredConversation | undefined> {
  const cursor = await tx.objectStore('pages').openCursor(ranges.pagesOf(cid), 'prev');
  return cursor ? conversationOf(tx, ranges, cursor.value, now) : undefined;
}

async function conversationOf(
  tx: ReadTx,
  ranges: Ranges,
  page: Page,
  now: Ms,
): Promise<StoredConversation | undefined> {
  const facts = living(await factsOf(tx, ranges, page.cid), now);
  const messages = living(page.messages, now);
  const last = messages.at(-1);
  const count = (page.earlier ?? 0) + messages.length;
  if (facts.length === 0 && count === 0) return undefined;
  return { id: page.cid, facts, lastMessageAt: last && wallOf(last.entry.at), messages: count };
}

export interface MessagesFound {
  readonly messages: readonly Held<Message>[];
  /** The page in which the first of them is; where to look for what is before it. */
  readonly n: number | undefined;
}

/**
 * The last `last` living messages, oldest first; with `before`, of those before it.
 *
 * @param from the page in which `before` is, if that is known: later ones are not read.
 */
export async function readMessages(
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
export async function countAll(
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
export async function readRows(
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
export async function readPages(
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
export async function readIds(tx: ReadTx): Promise<Set<Uuid>> {
  const ids = new Set((await tx.objectStore('rows').getAllKeys()).map(([, id]) => id));
  for (let cursor = await tx.objectStore('pages').openCursor(); cursor; cursor = await cursor.continue()) {
    for (const { entry } of cursor.value.messages) ids.add(entry.id);
  }
  return ids;
}

function living<E extends Fact | Message>(rows: readonly Held<E>[], now: Ms): Held<E>[] {
  return rows.filter(({ entry }) => !isExpired(entry, now));
}
