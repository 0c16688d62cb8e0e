/**
 * Sets aside what cannot be read, so that everything else can: each record leaves its store and enters the quarantine of
 * its database in one transaction. Fetched when something could not be read; does not know who reads, nor what is shown.
 */
import type { Held, Key, Message, Ms, Uuid } from '../facts/entry.js';
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
import { areNumbers, isLine, isMeta } from './sound-records.js';
import type { SubjectRecord } from './store.js';
import { isStoredEntry } from './stored-entry.js';
import { META, type Meta, type Page, type SubjectTx } from './subject-database.js';
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
  if (!isUnreadable(error)) return false;
  const { clock, local, random } = platform;
  const ranges = (platform.indexedDB as IndexedDb).keyRange;
  const [, site = '', person] = database.name.split(':');
  const boot = readBootRecord(local, site);
  const { isPage, removeMessages } = await import('./subject-changes.js');
  const sound: typeof SOUND = {
    ...SOUND,
    pages: (value) =>
      isList(value) && isPage(value as unknown as Page) && (value['messages'] as unknown[]).every(isMessage),
  };
  let count = 0;
  let changed = false;

  for (const [store, isSound] of Object.entries(sound)) {
    let range: IDBKeyRange | null = null;
    while (database.objectStoreNames.contains(store)) {
      const last = await transact(database, 'readwrite', (tx: SubjectTx) =>
        mendSlice(tx, store, isSound, range),
      );
      if (last === undefined) break;
      range = ranges.lowerBound(last, true);
    }
  }
  if (changed) tellPages({ platform, site });
  return changed;

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
        if (await mendRegistry(platform, site, records, place, found.value)) changed = true;
        continue;
      }
      if (mended.has(first) || attempt(() => isSound(value, place))) continue;
      changed = true;
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
    if (person && (count > before || mended.size)) {
      const meta = await readMeta(tx);
      records.transaction.objectStore('meta').put(
        {
          ...meta,
          changes: meta.changes + 1,
          ...(count > before && {
            lost: { ...meta.lost, unreadable: (meta.lost?.unreadable ?? 0) + count - before },
          }),
        },
        META,
      );
    }
    return places.at(-1);
  }

  /** Its pages that are none, and its messages that are none; the others close up, and are counted again. */
  async function mendConversation(tx: SubjectTx, cid: Uuid): Promise<void> {
    const pages = recordsOf(tx, 'pages');
    const key = conversationKey(cid);
    const within = startingWith(ranges, cid);
    const bad: unknown[] = [];
    for (const place of await result(pages.getAllKeys(within))) {
      const found = await take(pages, place);
      if (isList(Object(found.value) as Fields)) continue;
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
      until: areNumbers(until) ? until : now + KEEP,
    };
    const record = { entry, code: 'unreadable', reason, at: now, from, place, value };
    count += 1;
    if (person) recordsOf(tx, 'quarantine').put(record);
    else recordsOf(tx, 'registry').put(record, [from, place]);
  }

  /** What everything else hangs on, as much of it as matters where it is the only copy: whether the person has consented. */
  function freshMeta({ consent, subject }: Fields): Fields {
    const now = clock.now();
    const known = [consent, boot?.local === person && boot?.consent].find(
      (one) => typeof Object(one).device === 'boolean',
    );
    return {
      ...(isString(subject) && { subject }),
      epoch: '',
      cursor: 0,
      skew: 0,
      rev: now,
      // No tab may take what it knows for what is here.
      changes: now,
      greatest: nextStamp(now, undefined),
      consent: known && consentIn(known as Fields, now),
      days: [],
    };
  }

  /** Where it cannot be told, a name that nobody is given: it is shown to nobody, and deleted like everybody put aside. */
  function whoseItIs({ user, state, usedAt }: Fields): Fields {
    const isOpen = state === 'open' && isString(user ?? '');
    return {
      state: isOpen ? state : 'aside',
      usedAt: isLine({ usedAt } as SubjectRecord) ? usedAt : clock.now(),
      ...(!(isOpen && user === undefined) && { user: isString(user) ? user : randomHex(random, 16) }),
    };
  }
}

/** What a record has to be, by its store; of pages it comes later, and of the others nothing is read yet. */
const SOUND: Readonly<Record<string, (value: Fields, place: IDBValidKey) => boolean>> = {
  meta: (value) => !!value['gone'] || isMeta(value as unknown as Meta),
  rows: ({ entry }, place) =>
    isStoredEntry(entry) && entry.kind !== 'message' && `${rowKey(entry)}` === `${place}`,
  device: ({ entry }) => isStoredEntry(entry),
  subjects: (value) => isLine(value as unknown as SubjectRecord),
  registry: () => true,
};

/** A check that throws has found what nothing of ours has written. */
function attempt(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}

/** As far as it can be told: where nobody can say what for, what is there may stay, and nothing more is taken as granted. */
function consentIn({ device, sync, at, purposes }: Fields, now: Ms): Fields {
  const known = Array.isArray(purposes) && purposes.every(isString) ? purposes : [];
  return {
    device,
    sync: sync === true,
    ...(purposes !== undefined && { purposes: known }),
    at: areNumbers(at) ? at : now,
  };
}

function isList({ messages }: Fields): boolean {
  return Array.isArray(messages);
}

function isMessage(held: unknown): boolean {
  const { entry } = Object(held) as Fields;
  return isStoredEntry(entry) && entry.kind === 'message';
}

/** A store of either kind of database. */
function recordsOf(tx: SubjectTx, store: string): IDBObjectStore {
  return (tx as unknown as IDBTransaction).objectStore(store);
}

/**
 * Reads one record; that it cannot be read does not end the transaction. Any other failure does: it may be there the next
 * time, and what is set aside for it would be lost.
 */
function take(records: IDBObjectStore, place: IDBValidKey): Promise<Found> {
  const request: IDBRequest<unknown> = records.get(place);
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve({ value: request.result });
    request.onerror = (event) => {
      const error = request.error as DOMException;
      if (!isUnreadable(error)) return reject(error);
      event.preventDefault();
      resolve({ reason: error.name });
    };
  });
}

/** What has no shape of ours, and what the browser has and cannot give. */
function isUnreadable(error: unknown): boolean {
  return /^(Type|Data|NotReadable)Error$/.test((Object(error) as Error).name);
}
