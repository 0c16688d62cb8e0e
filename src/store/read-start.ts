import { unwrap } from 'idb';
import type { Fact, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import { wallOf } from '../facts/stamp.js';
import type { Loaded, StoredConversation } from './store.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { goneError } from './store-error.js';
import {
  isConversational,
  isFactRow,
  isForgetRow,
  META,
  type Meta,
  type Page,
  type Ranges,
  type SubjectTx,
} from './subject-database.js';

export type ReadTx = SubjectTx<'readonly'>;

const NEWEST = 5;
/** A page holds up to a hundred messages: more of them than this are not held in RAM at the same time. */
const AT_ONCE = 50;

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

export async function conversationOf(
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

/** The facts about one conversation, expired ones included. */
export async function factsOf(tx: SubjectTx<IDBTransactionMode>, ranges: Ranges, cid: Uuid) {
  const rows = await tx.objectStore('rows').getAll(ranges.under(conversationKey(cid)));
  return rows
    .filter(isFactRow)
    .filter(({ entry }) => isConversational(entry.key) && conversationIdOf(entry.key) === cid);
}

/** What is known of a person's database; rejects with `gone` when they were forgotten. Every transaction reads it first. */
export async function readMeta(tx: SubjectTx<IDBTransactionMode>): Promise<Meta> {
  const meta = await tx.objectStore('meta').get(META);
  if (!meta || meta.gone) throw goneError('This person');
  return meta;
}

export function living<E extends Fact | Message>(rows: readonly Held<E>[], now: Ms): Held<E>[] {
  return rows.filter(({ entry }) => !isExpired(entry, now));
}
