/**
 * Sets aside what cannot be read, so that everything else can: each record leaves its store and enters the quarantine of
 * its database in one transaction. Fetched when something could not be read; does not know who reads, nor what is shown.
 */
import type { Held, Key, Message, Uuid } from '../facts/entry.js';
import { conversationKey, isKey, rootOf } from '../facts/key.js';
import { isString } from '../facts/shape.js';
import { nextStamp } from '../facts/stamp.js';
import { uuidv7 } from '../facts/uuid.js';
import type { IndexedDb, Platform } from '../platform/platform.js';
import { randomHex } from '../platform/random-hex.js';
import { readBootRecord } from './boot-record.js';
import { mendRegistry } from './mending-registry.js';
import { readMeta } from './read-start.js';
import { rowKey, startingWith } from './row-key.js';
import { isStoredEntry } from './stored-entry.js';
import { META, type SubjectTx } from './subject-database.js';
import { tellPages } from './tell-pages.js';
import { result, transact } from './transaction.js';

/** How many records one transaction looks at. */
const SLICE = 50;
/** How long it is kept where it does not say: as what belongs to somebody who does not come back. */
const KEEP = 396 * 86_400_000;

/** Whatever another version, another script or a damaged disk has left there. */
type Fields = Readonly<Record<string, unknown>>;

/** A record as the browser gives it; `reason`: the name of the error with which it does not. */
interface Found {
  readonly value?: unknown;
  readonly reason?: string;
}

/**
 * Looks through a database, some records a transaction: whoever is interrupted leaves the rest to the next one that comes
 * upon it. Gives whether there was anything to set aside, so that what failed may succeed now.
 */
export async function mend(platform: Platform, database: IDBDatabase, error: unknown): Promise<boolean> {
  if (!/^(Type|Data|NotReadable)Error$/.test(String(Object(error).name))) return false;
  const { clock, local, random } = platform;
  const ranges = (platform.indexedDB as IndexedDb).keyRange;
  const [, site = '', person] = database.name.split(':');
  const boot = readBootRecord(local, site);
  const { removeMessages } = await import('./subject-changes.js');
  let count = 0;

  for (const [store, isSound] of Object.entries(SOUND)) {
    let range: IDBKeyRange | null = null;
    while (database.objectStoreNames.contains(store)) {
      const last = await transact(database, 'readwrite', (tx: SubjectTx) =>
        mendSlice(tx, store, isSound, range),
      );
      if (last === undefined) break;
      range = ranges.lowerBound(last, true);
    }
  }
  if (count) tellPages({ platform, site });
  return count > 0;

  async function mendSlice(
    tx: SubjectTx,
    store: string,
    isSound: (value: Fields, place: IDBValidKey) => boolean,
    range: IDBKeyRange | null,
  ): Promise<IDBValidKey | undefined> {
    const before = count;
    const mended = new Set<unknown>();
    const records = recordsOf(tx, store);
    const places = await result(records.getAllKeys(range, SLICE));
    for (const place of places) {
      const [first] = [place].flat();
      const found = await take(records, place);
      const value = Object(found.value) as Fields;
      if (store === 'registry') {
        if (await mendRegistry(platform, site, records, place, found.value)) count += 1;
        continue;
      }
      if (mended.has(first) || isSound(value, place)) continue;
      if (store === 'pages') {
        mended.add(first);
        await mendConversation(tx, first as Uuid);
        continue;
      }
      setAside(tx, store, place, found, isKey(first) ? first : '');
      if (store === 'meta') records.put(freshMeta(value), place);
      else if (store === 'subjects') records.put({ ...whoseItIs(value), local: place });
      else records.delete(place);
    }
    if (person && count > before) {
      const meta = await readMeta(tx);
      records.transaction.objectStore('meta').put(
        {
          ...meta,
          changes: meta.changes + 1,
          lost: { ...meta.lost, unreadable: (meta.lost?.unreadable ?? 0) + count - before },
        },
        META,
      );
    }
    return places.at(-1);
  }

  /** Its pages that are none, and its messages that are none; the others close up. */
  async function mendConversation(tx: SubjectTx, cid: Uuid): Promise<void> {
    const pages = recordsOf(tx, 'pages');
    const key = conversationKey(cid);
    const within = startingWith(ranges, cid);
    const bad: unknown[] = [];
    for (const place of await result(pages.getAllKeys(within))) {
      const found = await take(pages, place);
      if (isPage(Object(found.value) as Fields)) continue;
      setAside(tx, 'pages', place, found, key);
      pages.put({ cid, n: (place as unknown[])[1], messages: [], size: 0 });
    }
    const isBad = (held: Held<Message>) => !isMessage(held) && !!bad.push(held);
    await removeMessages(tx, ranges, within, isBad, () => undefined);
    for (const value of bad) setAside(tx, 'pages', [cid], { value }, key);
  }

  function setAside(
    tx: SubjectTx,
    from: string,
    place: IDBValidKey,
    { value, reason = 'unfit' }: Found,
    where: Key,
  ): void {
    const { key = where, purpose, until } = Object(Object(value).entry ?? value) as Fields;
    const now = clock.now();
    const entry = {
      id: uuidv7(now, random),
      key: isKey(key) ? key : where,
      purpose: isString(purpose) ? purpose : rootOf(where),
      until: isNumber(until) ? until : now + KEEP,
    };
    const record = { entry, code: 'unreadable', reason, at: now, from, place, value };
    count += 1;
    if (person) recordsOf(tx, 'quarantine').put(record);
    else recordsOf(tx, 'registry').put(record, [from, place]);
  }

  /** What everything else hangs on, as much of it as matters where it is the only copy: whether the person has consented. */
  function freshMeta({ consent, subject }: Fields): Fields {
    const now = clock.now();
    const known = typeof Object(consent).device === 'boolean';
    return {
      subject,
      epoch: '',
      cursor: 0,
      skew: 0,
      rev: now,
      // No tab may take what it knows for what is here.
      changes: now,
      greatest: nextStamp(now, undefined),
      consent: known ? consent : boot?.local === person ? boot?.consent : undefined,
      days: [],
    };
  }

  /** Where it cannot be told, a name that nobody is given: it is shown to nobody, and deleted like everybody put aside. */
  function whoseItIs({ user, state, usedAt }: Fields): Fields {
    const isOpen = state === 'open' && isString(user ?? '');
    return {
      state: isOpen ? state : 'aside',
      usedAt: isNumber(usedAt) ? usedAt : clock.now(),
      ...(!(isOpen && user === undefined) && { user: isString(user) ? user : randomHex(random, 16) }),
    };
  }
}

/** What a record has to be, by its store; of the others nothing is read yet. */
const SOUND: Readonly<Record<string, (value: Fields, place: IDBValidKey) => boolean>> = {
  meta: ({ gone, rev, changes, cursor, skew, days }) =>
    !!gone || (Array.isArray(days) && [rev, changes, cursor, skew, ...days].every(isNumber)),
  rows: ({ entry }, place) =>
    isStoredEntry(entry) && entry.kind !== 'message' && `${rowKey(entry)}` === `${place}`,
  pages: (value) => isPage(value) && (value['messages'] as unknown[]).every(isMessage),
  device: ({ entry }) => isStoredEntry(entry),
  subjects: ({ user, usedAt }) => isString(user ?? '') && isNumber(usedAt),
  registry: () => true,
};

const isNumber = (x: unknown): x is number => Number.isFinite(x);

function isPage({ messages, size }: Fields): boolean {
  return Array.isArray(messages) && isNumber(size);
}

function isMessage(held: unknown): boolean {
  const { entry } = Object(held) as Fields;
  return isStoredEntry(entry) && entry.kind === 'message';
}

/** A store of either kind of database. */
function recordsOf(tx: SubjectTx, store: string): IDBObjectStore {
  return (tx as unknown as IDBTransaction).objectStore(store);
}

/** Reads one record; that it cannot be read does not end the transaction. */
function take(records: IDBObjectStore, place: IDBValidKey): Promise<Found> {
  const request: IDBRequest<unknown> = records.get(place);
  return new Promise((resolve) => {
    request.onsuccess = () => resolve({ value: request.result });
    request.onerror = (event) => {
      event.preventDefault();
      resolve({ reason: String(request.error?.name) });
    };
  });
}
