/**
 * IndexedDB as a good engineer writes it by hand for this: one database, a store each for identity,
 * preferences, conversations and messages, an index for the newest conversations, one transaction to
 * read what a start needs.
 */
import { asked, began } from './began.js';
import { identity, MESSAGES, MINUTE, preferences, saidAt, textOf, topicOf, type Recalled } from './data.js';

interface Head {
  readonly id: string;
  readonly channel: string;
  readonly topic: string;
  readonly with: { readonly name: string; readonly kind: string };
  readonly state: string;
  readonly started: number;
  readonly lastAt: number;
}

const START = ['identity', 'preferences', 'conversations'];
const AT_ONCE = 250;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('by-hand', 1);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore('identity', { keyPath: 'key' });
      database.createObjectStore('preferences', { keyPath: 'key' });
      database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('lastAt', 'lastAt');
      database.createObjectStore('messages', { keyPath: 'id' }).createIndex('of', ['of', 'at']);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error as DOMException);
  });
}

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });

const complete = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error as DOMException);
  });

function newest(conversations: IDBObjectStore, limit: number): Promise<Head[]> {
  return new Promise((resolve, reject) => {
    const heads: Head[] = [];
    const cursor = conversations.index('lastAt').openCursor(null, 'prev');
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve(heads);
      heads.push(cursor.result.value as Head);
      if (heads.length === limit) return resolve(heads);
      cursor.result.continue();
    };
    cursor.onerror = () => reject(cursor.error as DOMException);
  });
}

async function recall(): Promise<Recalled> {
  const database = await open();
  const transaction = database.transaction(START);
  const [who, chosen, heads] = await Promise.all([
    answer(transaction.objectStore('identity').getAll()),
    answer(transaction.objectStore('preferences').getAll()),
    newest(transaction.objectStore('conversations'), 5),
  ]);
  const valueOf = (rows: { key: string; value: unknown }[], key: string): unknown =>
    rows.find((row) => row.key === key)?.value;
  const name = (valueOf(who, 'name') as { given: string }).given;
  const size = valueOf(chosen, 'frameSize') as string;
  const topics = heads.map(({ topic }) => topic);
  const took = performance.now() - began;
  database.close();
  return { took, name, size, topics };
}

export async function fill(conversations: number): Promise<void> {
  const database = await open();
  const facts = database.transaction(['identity', 'preferences'], 'readwrite', { durability: 'strict' });
  for (const [key, value] of Object.entries(identity)) facts.objectStore('identity').put({ key, value });
  for (const [key, value] of Object.entries(preferences))
    facts.objectStore('preferences').put({ key, value });
  await complete(facts);
  const begin = Date.now() - conversations * MINUTE;
  for (let n = 0; n < conversations;) {
    const batch = database.transaction(['conversations', 'messages'], 'readwrite', { durability: 'strict' });
    for (const end = Math.min(n + AT_ONCE, conversations); n < end; n += 1) {
      const id = crypto.randomUUID();
      const started = begin + n * MINUTE;
      for (let m = 0; m < MESSAGES; m += 1)
        batch.objectStore('messages').put({
          id: crypto.randomUUID(),
          of: id,
          at: saidAt(started, m),
          by: m % 2 === 0 ? { who: 'visitor' } : { who: 'agent', name: 'Mike' },
          text: textOf(n, m),
        });
      const head: Head = {
        id,
        channel: 'chat',
        topic: topicOf(n),
        with: { name: 'Mike', kind: 'person' },
        state: 'open',
        started,
        lastAt: saidAt(started, MESSAGES - 1),
      };
      batch.objectStore('conversations').put(head);
    }
    await complete(batch);
  }
  database.close();
}

/** The answer, where this page was opened for one. */
export const answered = asked === '?recall' ? recall() : undefined;
