/**
 * One person's database: what is kept of them on this device. It knows how entries lie in it and which of them a forget,
 * a date or a stronger word makes needless; it does not know who the person is, nor what is shown.
 */
import type { Held, Ms, Uuid } from '../facts/entry.js';
import { isExpired } from '../facts/living.js';
import type { Platform } from '../platform/platform.js';
import { connect, inTransaction, type Connection } from './connection.js';
import { daysWith, sweep } from './expiry.js';
import {
  countAll,
  readConversation,
  readConversations,
  readIds,
  readMessages,
  readPages,
  readRows,
  readStart,
  type Start,
} from './read.js';
import { StoreError, type Subject } from './store.js';
import {
  META,
  rangesOf,
  subjectLayout,
  subjectName,
  type Ranges,
  type SubjectDatabase,
  type SubjectTx,
} from './subject-database.js';
import { readMeta, writeEntries, WRITTEN_STORES, type Memo } from './write.js';

/**
 * Opens the database of one person, or makes it when `create`. Undefined when there is none or it was wiped.
 *
 * @param local the random name of it on this device.
 */
export async function openSubject(
  platform: Platform,
  site: string,
  local: string,
  { create }: { create: boolean },
): Promise<Subject | undefined> {
  const connection = await connect<SubjectDatabase>(platform, subjectName(site, local), subjectLayout, {
    create,
    // Whoever asks has found it in the registry.
    expected: true,
  });
  if (!connection || !platform.indexedDB) return undefined;
  const ranges = rangesOf(platform.indexedDB.keyRange);
  const at = platform.clock.now();
  const start = create ? undefined : await startOf(connection, ranges, at);
  if (create || start) return subjectOn(connection, local, ranges, start && { ...start, at });
  connection.close();
  return undefined;
}

/** A second later hardly anything else has expired. */
const FRESH: Ms = 1000;

/** @param found what was read at `at`, when it was looked whether the person is there at all: the first load needs it. */
function subjectOn(
  connection: Connection<SubjectDatabase>,
  local: string,
  ranges: Ranges,
  found: (Start & { readonly at: Ms }) | undefined,
): Subject {
  /** Of each conversation the first message last read, and its page: reading on from it starts there. */
  const places = new Map<Uuid, { readonly id: Uuid; readonly n: number }>();

  let memo: Memo | undefined;

  const read = <T>(work: (tx: SubjectTx<'readonly'>) => Promise<T>) =>
    connection.run('readonly', WRITTEN_STORES, work);
  const write = <T>(work: (tx: SubjectTx) => Promise<T>) => {
    found = undefined;
    return connection.run('readwrite', WRITTEN_STORES, work);
  };

  return {
    local,
    async load(now) {
      const fresh = found && Math.abs(now - found.at) < FRESH ? found : undefined;
      found = undefined;
      const { days, ...loaded } = fresh ?? (await read((tx) => readStart(tx, ranges, now)));
      if (daysWith(days, now) !== days) {
        // Not waited for, and tried again with the next visit: a start is not the moment to fail because of old content.
        write((tx) => sweep(tx, ranges, now)).catch(() => undefined);
      }
      return loaded;
    },
    async write(entries) {
      let known = memo;
      memo = undefined;
      const { memo: next, ...written } = await write((tx) => {
        const mine = known;
        known = undefined; // a second run, on a new handle, begins with nothing
        return writeEntries(tx, ranges, entries, mine);
      });
      memo = next;
      return written;
    },
    setConsent: (consent) =>
      write(async (tx) => {
        const meta = await readMeta(tx);
        inTransaction(tx.objectStore('meta').put({ ...meta, consent, rev: meta.rev + 1 }, META));
      }),
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
    close: () => connection.close(),
  };
}

/** Undefined when the person is gone. */
async function startOf(
  connection: Connection<SubjectDatabase>,
  ranges: Ranges,
  now: Ms,
): Promise<Start | undefined> {
  try {
    return await connection.run('readonly', WRITTEN_STORES, (tx) => readStart(tx, ranges, now));
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'gone') return undefined;
    connection.close();
    throw error;
  }
}
