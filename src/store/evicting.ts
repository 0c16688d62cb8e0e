/** Makes room where there is none: the oldest conversations that have ended go first, what a person has stated never does. */
import type { Draft, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { resolveKey } from '../facts/value.js';
import { factsOf, readMeta } from './read-start.js';
import { startingWith } from './row-key.js';
import { areNumbers } from './sound-records.js';
import { META, must, rowsUnder, type Page, type Ranges, type SubjectTx } from './subject-database.js';
import { tellPages, type Place } from './tell-pages.js';
import { result } from './transaction.js';

/** How much one write takes away at least, in characters, if there is so much; a disk that is full is not full by one message. */
const ROOM = 1_048_576;

/**
 * Makes room for a write that has found none; gives how many conversations went. They are out of every page's sight
 * then, whether or not there is room for the write.
 *
 * @param write runs in one writing transaction on the person's database.
 */
export async function makeRoom(
  place: Place,
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
  entries: readonly Draft[],
): Promise<number> {
  const busy = new Set(entries.map((entry) => entry.kind !== 'forget' && conversationIdOf(entry.key)));
  const { evicted } = await write((tx) => evict(tx, ranges, ROOM, busy));
  if (evicted) tellPages(place);
  return evicted;
}

/**
 * Deletes conversations that have ended, the oldest first, until `room` characters are gone; gives how many conversations
 * went, and how much of `room` is missing.
 *
 * @param busy conversations that are being written to.
 */
async function evict(
  tx: SubjectTx,
  ranges: Ranges,
  room: number,
  busy: ReadonlySet<unknown>,
): Promise<{ readonly evicted: number; readonly room: number }> {
  const pages = tx.objectStore('pages');
  const meta = await readMeta(tx);
  let evicted = 0;
  const request = pages.index('last').openCursor();
  for (
    let cursor = await result(request);
    cursor && room > 0;
    cursor.continue(), cursor = await result(request)
  ) {
    const { cid } = cursor.value;
    if (busy.has(cid) || !(await hasEnded(tx, ranges, cid))) continue;
    const all = startingWith(ranges, cid);
    for (const page of await result(pages.getAll(all))) {
      must(areNumbers(page.size));
      room -= page.size;
    }
    pages.delete(all);
    tx.objectStore('rows').delete(rowsUnder(ranges, conversationKey(cid)));
    evicted += 1;
  }
  if (evicted) {
    const { rev, changes, lost } = meta;
    tx.objectStore('meta').put(
      {
        ...meta,
        rev: rev + 1,
        changes: changes + 1,
        lost: { ...lost, evicted: (lost?.evicted ?? 0) + evicted },
      },
      META,
    );
  }
  return { evicted, room };
}

async function hasEnded(tx: SubjectTx, ranges: Ranges, cid: Uuid): Promise<boolean> {
  const facts = await factsOf(tx, ranges, cid);
  const states = facts.filter(({ entry }) => entry.key === conversationKey(cid, 'state'));
  return resolveKey(states, -Infinity)?.held.entry.value === 'ended';
}

const PAGES_A_BATCH = 10;

/**
 * Makes what is kept fit again, in many small transactions; gives how many conversations had to go.
 *
 * @param write runs one on the person's database.
 */
export async function keepBudget(
  write: <T>(work: (tx: SubjectTx) => Promise<T>) => Promise<T>,
  ranges: Ranges,
  budget: number,
): Promise<number> {
  let all = 0;
  let over = -budget;
  let range: IDBKeyRange | null = null;
  for (;;) {
    const batch: Page[] = await write((tx) => result(tx.objectStore('pages').getAll(range, PAGES_A_BATCH)));
    const last = batch.at(-1);
    if (!last) break;
    for (const { size } of batch) over += size;
    must(areNumbers(over));
    range = ranges.lowerBound([last.cid, last.n], true);
  }
  while (over > 0) {
    const asked = Math.min(over, ROOM);
    const { evicted, room } = await write((tx) => evict(tx, ranges, asked, new Set()));
    over -= asked - room;
    all += evicted;
    if (!evicted) break;
  }
  return all;
}
