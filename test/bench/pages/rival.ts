/**
 * IndexedDB as a good engineer writes it by hand for this: one database, a store each for identity,
 * preferences, conversations and messages, an index for the newest conversations, one transaction to
 * read what a start needs.
 */
import { complete, headOf, open, pageByHand, STRICT, upTo } from './by-hand.js';
import { continued, messageOf, type Chat, type Spoken } from './contestant.js';
import type { Message } from './data.js';

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

export const { fill, append, last, held, answered } = pageByHand({
  open: openRows,
  written: WRITTEN,
  chatIn,
  put(transaction, _, messages) {
    for (const message of messages) transaction.objectStore('messages').put(message);
  },
});
