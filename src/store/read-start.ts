import type { Fact, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { isExpired } from '../facts/living.js';
import { wallOf } from '../facts/stamp.js';
import { areNumbers, isMeta } from './sound-records.js';
import { goneError } from './store-error.js';
import type { Loaded, StoredConversation } from './store.js';
import {
  AFTER_DOT,
  META,
  must,
  ofKind,
  rowsUnder,
  type Meta,
  type Page,
  type Ranges,
  type SubjectTx,
} from './subject-database.js';
import { result } from './transaction.js';

export type ReadTx = SubjectTx<'readonly'>;

const NEWEST = 5;
/** More pages than this are not held in RAM at the same time: one can hold a hundred messages. */
const AT_ONCE = 50;

/** All that a start needs, and the days of earlier visits. */
export type Start = Loaded & Pick<Meta, 'days'>;

export async function readStart(tx: ReadTx, ranges: Ranges, now: Ms): Promise<Start> {
  const rows = tx.objectStore('rows');
  const [meta, before, after, conversations] = await Promise.all([
    readMeta(tx),
    result(rows.getAll(ranges.upperBound(['conversations']))),
    result(rows.getAll(ranges.lowerBound(['conversations' + AFTER_DOT]))),
    readConversations(tx, ranges, NEWEST, now),
  ]);
  return {
    ...meta,
    forgets: ofKind(before, 'forget'),
    facts: living(ofKind([...before, ...after], 'fact'), now + meta.skew),
    conversations,
  };
}

/**
 * Newest first. Those of which everything has expired are passed over.
 *
 * @param limit 1 or more.
 * @param passed how many were looked at already.
 */
export async function readConversations(
  tx: ReadTx,
  ranges: Ranges,
  limit: number,
  now: Ms,
  passed = 0,
): Promise<StoredConversation[]> {
  const count = passed ? AT_ONCE : Math.min(limit, AT_ONCE);
  const pages = await newestOfEach(tx, passed, count);
  // Side by side: one after the other they would be as many round trips as there are conversations.
  const read = await Promise.all(pages.map((page) => conversationOf(tx, ranges, page, now)));
  const found = read.filter((one) => one !== undefined);
  if (found.length < limit && pages.length === count)
    found.push(...(await readConversations(tx, ranges, limit - found.length, now, passed + count)));
  return found.slice(0, limit);
}

/** Of each conversation its newest page, newest first. */
async function newestOfEach(tx: ReadTx, passed: number, count: number): Promise<Page[]> {
  const index = tx.objectStore('pages').index('last');
  // In one round trip, where the browser reads backwards without a cursor (Chromium 141).
  if (!passed && 'getAllRecords' in index) return result(index.getAll({ direction: 'prev', count }));
  const pages: Page[] = [];
  const request = index.openCursor(null, 'prev');
  let cursor = await result(request);
  if (cursor && passed) {
    cursor.advance(passed);
    cursor = await result(request);
  }
  while (cursor && pages.push(cursor.value) < count) {
    cursor.continue();
    cursor = await result(request);
  }
  return pages;
}

export async function conversationOf(
  tx: ReadTx,
  ranges: Ranges,
  page: Page,
  now: Ms,
): Promise<StoredConversation | undefined> {
  const facts = living(await factsOf(tx, ranges, page.cid), now);
  const messages = living(ofKind(page.messages, 'message'), now);
  const last = messages.at(-1);
  const count = (page.earlier ?? 0) + messages.length;
  must(areNumbers(count));
  if (!facts.length && !count) return undefined;
  return { id: page.cid, facts, lastMessageAt: last && wallOf(last.entry.at), messages: count };
}

/** The facts about one conversation, expired ones included. */
export async function factsOf(
  tx: SubjectTx<IDBTransactionMode>,
  ranges: Ranges,
  cid: Uuid,
): Promise<Held<Fact>[]> {
  const rows = await result(tx.objectStore('rows').getAll(rowsUnder(ranges, conversationKey(cid))));
  return ofKind(rows, 'fact').filter(({ entry }) => conversationIdOf(entry.key) === cid);
}

/** What is known of a person's database; rejects with `gone` when they were forgotten. Every transaction reads it first. */
export async function readMeta(tx: SubjectTx<IDBTransactionMode>): Promise<Meta> {
  const meta = await result(tx.objectStore('meta').get(META));
  if (!meta || meta.gone) throw goneError();
  must(isMeta(meta));
  return meta;
}

export function living<E extends Fact | Message>(rows: readonly Held<E>[], now: Ms): Held<E>[] {
  return rows.filter(({ entry }) => !isExpired(entry, now));
}
