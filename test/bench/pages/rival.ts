/**
 * IndexedDB as a good engineer writes it by hand for this: one database, a store each for identity,
 * preferences, conversations and messages, an index for the newest conversations, one transaction to
 * read what a start needs.
 */
import { complete, headOf, open, readStart, STRICT, upTo, writeFacts } from './by-hand.js';
import { continued, messageOf, type Chat, type Spoken } from './contestant.js';
import { toldInBatches, type Message } from './data.js';
import { pageOf } from './page.js';

const WRITTEN = ['conversations', 'messages'];

const openRows = () =>
  open('by-hand', (database) =>
    database.createObjectStore('messages', { keyPath: 'id' }).createIndex('of', ['of', 'at']),
  );

async function chatIn(database: IDBDatabase, id: string): Promise<Chat> {
  let head = await headOf(database, id);

  function sayAll(all: readonly Spoken[]): Promise<void> {
    const transaction = database.transaction(WRITTEN, 'readwrite', STRICT);
    for (const one of all) {
      const message = messageOf(id, one);
      head = continued(head, message);
      transaction.objectStore('messages').add(message);
    }
    transaction.objectStore('conversations').put(head);
    return complete(transaction);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const range = IDBKeyRange.bound([id], [id, []]);
      const messages = database.transaction('messages').objectStore('messages').index('of');
      const newest = await upTo<Message>(count, messages.openCursor(range, 'prev'));
      return newest.reverse().map(({ text }) => text);
    },
  };
}

async function fill(conversations: number): Promise<void> {
  const database = await openRows();
  await writeFacts(database);
  for (const batch of toldInBatches(conversations)) {
    const transaction = database.transaction(WRITTEN, 'readwrite', STRICT);
    for (const { head, messages } of batch) {
      for (const message of messages) transaction.objectStore('messages').put(message);
      transaction.objectStore('conversations').put(head);
    }
    await complete(transaction);
  }
  database.close();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const database = await openRows();
    const { answer, heads } = await readStart(database);
    return {
      answer,
      newest: heads[0]?.id ?? '',
      conversation: (id) => chatIn(database, id),
      close: () => database.close(),
    };
  },
});
export { fill };
