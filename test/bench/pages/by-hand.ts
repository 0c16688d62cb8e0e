/** What both ways of writing IndexedDB by hand have in common: promises around it, and what is not a message. */
import { answerOf, rowsOf, type Chat, type Row } from './contestant.js';
import { identity, preferences, toldInBatches, type Answer, type Head, type Message } from './data.js';
import { pageOf, type Page } from './page.js';

export const STRICT = { durability: 'strict' } as const;

export function open(name: string, makeMessages: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => {
      const database = opening.result;
      database.createObjectStore('identity', { keyPath: 'key' });
      database.createObjectStore('preferences', { keyPath: 'key' });
      database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('lastAt', 'lastAt');
      makeMessages(database);
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error as DOMException);
  });
}

export const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });

export const complete = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error as DOMException);
  });

/** The values a cursor gives, at most so many. */
export function upTo<T>(limit: number, cursor: IDBRequest<IDBCursorWithValue | null>): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const values: T[] = [];
    cursor.onsuccess = () => {
      if (!cursor.result) return resolve(values);
      values.push(cursor.result.value as T);
      if (values.length === limit) return resolve(values);
      cursor.result.continue();
    };
    cursor.onerror = () => reject(cursor.error as DOMException);
  });
}

/** One transaction for all that a start reads. */
async function readStart(database: IDBDatabase): Promise<{ answer: Answer; heads: Head[] }> {
  const transaction = database.transaction(['identity', 'preferences', 'conversations']);
  const [who, chosen, heads] = await Promise.all([
    answer<Row[]>(transaction.objectStore('identity').getAll()),
    answer<Row[]>(transaction.objectStore('preferences').getAll()),
    upTo<Head>(5, transaction.objectStore('conversations').index('lastAt').openCursor(null, 'prev')),
  ]);
  return { answer: answerOf(who, chosen, heads), heads };
}

function writeFacts(database: IDBDatabase): Promise<void> {
  const facts = database.transaction(['identity', 'preferences'], 'readwrite', STRICT);
  for (const row of rowsOf(identity)) facts.objectStore('identity').put(row);
  for (const row of rowsOf(preferences)) facts.objectStore('preferences').put(row);
  return complete(facts);
}

export function headOf(database: IDBDatabase, id: string): Promise<Head> {
  return answer<Head>(database.transaction('conversations').objectStore('conversations').get(id));
}

/** How one of the two keeps messages; all else they do alike. */
export interface ByHand {
  open(): Promise<IDBDatabase>;
  /** The stores that something said is written to. */
  readonly written: readonly string[];
  chatIn(database: IDBDatabase, id: string): Promise<Chat>;
  /** Puts all messages of one conversation, while the bench fills it. */
  put(transaction: IDBTransaction, id: string, messages: readonly Message[]): void;
}

export function pageByHand({ open, written, chatIn, put }: ByHand): Page {
  return pageOf({
    async fill(conversations) {
      const database = await open();
      await writeFacts(database);
      for (const batch of toldInBatches(conversations)) {
        const transaction = database.transaction(written, 'readwrite', STRICT);
        for (const { head, messages } of batch) {
          put(transaction, head.id, messages);
          transaction.objectStore('conversations').put(head);
        }
        await complete(transaction);
      }
      database.close();
    },
    async open() {
      const database = await open();
      const { answer: found, heads } = await readStart(database);
      return {
        answer: found,
        newest: heads[0]?.id ?? '',
        conversation: (id) => chatIn(database, id),
        close: () => database.close(),
      };
    },
  });
}
