/** idb: IndexedDB with promises, as its README has it. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { answerOf, continued, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

interface Schema extends DBSchema {
  identity: { key: string; value: Row };
  preferences: { key: string; value: Row };
  conversations: { key: string; value: Head; indexes: { lastAt: number } };
  messages: { key: string; value: Message; indexes: { of: [string, number] } };
}

const STRICT = { durability: 'strict' } as const;

const openDatabase = () =>
  openDB<Schema>('idb', 1, {
    upgrade(database) {
      database.createObjectStore('identity', { keyPath: 'key' });
      database.createObjectStore('preferences', { keyPath: 'key' });
      database.createObjectStore('conversations', { keyPath: 'id' }).createIndex('lastAt', 'lastAt');
      database.createObjectStore('messages', { keyPath: 'id' }).createIndex('of', ['of', 'at']);
    },
  });

async function newest(database: IDBPDatabase<Schema>, limit: number): Promise<Head[]> {
  const heads: Head[] = [];
  const index = database.transaction('conversations').store.index('lastAt');
  for await (const { value } of index.iterate(null, 'prev')) {
    heads.push(value);
    if (heads.length === limit) break;
  }
  return heads;
}

async function chatIn(database: IDBPDatabase<Schema>, id: string): Promise<Chat> {
  let head = (await database.get('conversations', id)) as Head;

  async function sayAll(all: readonly Spoken[]): Promise<void> {
    const transaction = database.transaction(['conversations', 'messages'], 'readwrite', STRICT);
    const added = all.map((one) => {
      const message = messageOf(id, one);
      head = continued(head, message);
      return transaction.objectStore('messages').add(message);
    });
    await Promise.all([...added, transaction.objectStore('conversations').put(head), transaction.done]);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const texts: string[] = [];
      const index = database.transaction('messages').store.index('of');
      const range = IDBKeyRange.bound([id], [id, []]);
      for await (const { value } of index.iterate(range, 'prev')) {
        texts.push(value.text);
        if (texts.length === count) break;
      }
      return texts.reverse();
    },
  };
}

async function fill(conversations: number): Promise<void> {
  const database = await openDatabase();
  const facts = database.transaction(['identity', 'preferences'], 'readwrite', STRICT);
  await Promise.all([
    ...rowsOf(identity).map((row) => facts.objectStore('identity').put(row)),
    ...rowsOf(preferences).map((row) => facts.objectStore('preferences').put(row)),
    facts.done,
  ]);
  for (const batch of toldInBatches(conversations)) {
    const transaction = database.transaction(['conversations', 'messages'], 'readwrite', STRICT);
    const put = batch.flatMap(({ head, messages }) => [
      ...messages.map((message) => transaction.objectStore('messages').put(message)),
      transaction.objectStore('conversations').put(head),
    ]);
    await Promise.all([...put, transaction.done]);
  }
  database.close();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const database = await openDatabase();
    const [who, chosen, heads] = await Promise.all([
      database.getAll('identity'),
      database.getAll('preferences'),
      newest(database, 5),
    ]);
    return {
      answer: answerOf(who, chosen, heads),
      newest: heads[0]?.id ?? '',
      conversation: (id) => chatIn(database, id),
      close: () => database.close(),
    };
  },
});
export { fill };
