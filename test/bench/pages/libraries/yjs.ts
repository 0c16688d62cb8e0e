/**
 * Yjs with y-indexeddb: one document, with a map each for who it is, what they chose and their conversations, and an array
 * of messages a conversation. All of it is in memory. It has no option for durability, and does not tell when something
 * is written: a read that waits its turn behind the write does.
 */
import '../strict.js';
import { IndexeddbPersistence, storeState } from 'y-indexeddb';
import { Array as YArray, Doc, Map as YMap } from 'yjs';
import { answerOf, continued, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

function begin() {
  const document = new Doc();
  return {
    document,
    persistence: new IndexeddbPersistence('yjs', document),
    who: document.getMap<unknown>('identity'),
    chosen: document.getMap<unknown>('preferences'),
    heads: document.getMap<Head>('conversations'),
    messages: document.getMap<YArray<Message>>('messages'),
  };
}

type Begun = ReturnType<typeof begin>;

function written({ persistence }: Begun): Promise<void> {
  return new Promise((resolve, reject) => {
    const updates = (persistence.db as IDBDatabase).transaction('updates').objectStore('updates');
    const request = updates.getKey(0);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error as DOMException);
  });
}

function chatIn(begun: Begun, id: string): Chat {
  const { document, heads } = begun;
  const messages = begun.messages.get(id) as YArray<Message>;

  function sayAll(all: readonly Spoken[]): Promise<void> {
    document.transact(() => {
      const said = all.map((one) => messageOf(id, one));
      messages.push(said);
      heads.set(id, continued(heads.get(id) as Head, said.at(-1) as Message));
    });
    return written(begun);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    last: async (count) => messages.slice(Math.max(0, messages.length - count)).map(({ text }) => text),
  };
}

async function fill(conversations: number): Promise<void> {
  const begun = begin();
  const { document, persistence, who, chosen, heads, messages } = begun;
  await persistence.whenSynced;
  document.transact(() => {
    for (const { key, value } of rowsOf(identity)) who.set(key, value);
    for (const { key, value } of rowsOf(preferences)) chosen.set(key, value);
  });
  for (const batch of toldInBatches(conversations))
    document.transact(() => {
      for (const { head, messages: said } of batch) {
        heads.set(head.id, head);
        messages.set(head.id, YArray.from([...said]));
      }
    });
  // As it does by itself after five hundred updates.
  await storeState(persistence);
  await written(begun);
  await persistence.destroy();
}

const rowsIn = (facts: YMap<unknown>): Row[] => rowsOf(facts.toJSON());

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const begun = begin();
    await begun.persistence.whenSynced;
    const newest = [...begun.heads.values()].sort((a, b) => b.lastAt - a.lastAt).slice(0, 5);
    return {
      answer: answerOf(rowsIn(begun.who), rowsIn(begun.chosen), newest),
      newest: newest[0]?.id ?? '',
      conversation: async (id) => chatIn(begun, id),
      close: () => begun.persistence.destroy(),
    };
  },
});
export { fill };
