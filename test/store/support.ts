/** What the tests of the store share: drafts of entries, a site of their own, and a look at the raw databases. */
import type {
  Authority,
  Draft,
  Fact,
  Forget,
  Key,
  Message,
  Ms,
  Selector,
  Uuid,
} from '../../src/facts/entry.js';
import { messageKey } from '../../src/facts/message-key.js';
import { nextStamp } from '../../src/facts/stamp.js';
import { browserPlatform } from '../../src/platform/browser.js';
import type { Platform } from '../../src/platform/platform.js';
import { fakePlatform, type FakeOptions, type FakePlatform } from '../../src/platform/fake.js';
import { openDevice as open } from '../../src/store/device.js';
import type {
  Device,
  DeviceChanges,
  Subject,
  SubjectCarrying,
  SubjectReads,
  SubjectWrites,
} from '../../src/store/store.js';

export const NOW: Ms = Date.UTC(2026, 0, 1);
export const DAY: Ms = 86_400_000;

let sites = 0;

/** A name that no other test, and no other run in this browser, has. */
export function newSite(): string {
  sites += 1;
  return `t${sites}-${crypto.randomUUID().slice(0, 8)}`;
}

/** A fake platform over the real IndexedDB of this browser. */
export function realDatabases(options: FakeOptions = {}): FakePlatform {
  const { indexedDB } = browserPlatform();
  if (!indexedDB) throw new Error('this test needs IndexedDB');
  return fakePlatform({ ...options, overrides: { indexedDB, ...options.overrides } });
}

/** A person's database, with what is fetched later beside what is there at once. */
export type WholeSubject = Subject & SubjectReads & SubjectCarrying & SubjectWrites;

/** A device, in the same way. */
export interface WholeDevice extends Omit<Device, 'openSubject'>, Omit<DeviceChanges, 'createSubject'> {
  openSubject(local: string): Promise<WholeSubject | undefined>;
  createSubject(person: { user?: string; gen: string; now: Ms }): Promise<WholeSubject>;
}

export async function openDevice(
  platform: Platform,
  site: string,
  options: { create: boolean },
): Promise<WholeDevice | undefined> {
  const device = await open(platform, site, options);
  if (!device) return undefined;
  const changes = await device.changes();
  return {
    ...device,
    ...changes,
    async openSubject(local) {
      const subject = await device.openSubject(local);
      return subject && whole(subject);
    },
    createSubject: async (person) => whole(await changes.createSubject(person)),
  };
}

async function whole(subject: Subject): Promise<WholeSubject> {
  const reads = await subject.reads();
  return { ...subject, ...reads, ...(await reads.carrying()), ...(await subject.writes()) };
}

/** A device with one person on it. */
export async function newPerson(
  platform: FakePlatform,
  site: string,
): Promise<{ device: WholeDevice; subject: WholeSubject; name: string }> {
  const device = await openDevice(platform, site, { create: true });
  if (!device) throw new Error('the registry was not made');
  const subject = await device.createSubject({ gen: '0123456789abcdef', now: platform.clock.now() });
  return { device, subject, name: `customer-memory:${site}:${subject.local}` };
}

// --- entries ----------------------------------------------------------------------------------

let counted = 0;
let greatest: string | undefined;

export function uuid(n: number = (counted += 1)): Uuid {
  return `01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Each later than the one before; `wall` sets the clock of it. */
export function stampAt(wall: Ms = NOW): string {
  greatest = nextStamp(wall, greatest !== undefined && wall <= NOW ? greatest : undefined);
  return greatest;
}

const by = { who: 'visitor' } as const;

export function fact(key: Key, value: Fact['value'], more: Partial<Draft<Fact>> = {}): Draft<Fact> {
  const authority: Authority = 'stated';
  return {
    id: uuid(),
    at: stampAt(),
    by,
    kind: 'fact',
    key,
    value,
    authority,
    purpose: key.slice(0, key.indexOf('.')),
    ...more,
  };
}

export function message(cid: Uuid, text: string, more: Partial<Draft<Message>> = {}): Draft<Message> {
  const id = more.id ?? uuid();
  return {
    id,
    at: stampAt(),
    by,
    kind: 'message',
    key: messageKey(cid, id),
    value: { text },
    purpose: 'conversations',
    ...more,
  };
}

export function forget(of: Selector, more: Partial<Draft<Forget>> = {}): Draft<Forget> {
  return { id: uuid(), at: stampAt(), by, kind: 'forget', of, ...more };
}

export function start(cid: Uuid, more: Partial<Draft<Fact>> = {}): Draft<Fact> {
  return fact(`conversations.${cid}`, { channel: 'chat', started: NOW }, more);
}

// --- raw databases ----------------------------------------------------------------------------

export async function databasesOf(site: string): Promise<string[]> {
  const all = await indexedDB.databases();
  return all
    .map(({ name }) => name ?? '')
    .filter((name) => name === `customer-memory:${site}` || name.startsWith(`customer-memory:${site}:`))
    .sort();
}

/** Opens a database as another tab would, without any of our code. */
export function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
}

function openIfThere(name: string): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      resolve(undefined);
    };
  });
}

export type Dump = Readonly<Record<string, readonly { key: IDBValidKey; value: unknown }[]>>;

/** Every record of every store; none, and none is made by looking, where it is being deleted at this moment. */
export async function dump(name: string): Promise<Dump> {
  const database = await openIfThere(name);
  if (!database) return {};
  try {
    const stores = [...database.objectStoreNames];
    const tx = database.transaction(stores, 'readonly');
    const read = stores.map(async (store) => {
      const [keys, values] = await Promise.all([
        answer(tx.objectStore(store).getAllKeys()),
        answer<unknown[]>(tx.objectStore(store).getAll()),
      ]);
      return [store, keys.map((key, index) => ({ key, value: values[index] }))] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  } finally {
    database.close();
  }
}

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}

/** Resolves when the database is not there any more. */
export function deleted(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error ?? new Error('not deleted'));
  });
}

/** For `afterEach`: what the sites of a test left. */
export async function cleanUp(...sites: string[]): Promise<void> {
  for (const site of sites) for (const name of await databasesOf(site)) await deleted(name);
}

export async function reasonOf(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}
