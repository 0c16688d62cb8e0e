/**
 * TinyBase: a mergeable store with its IndexedDB persister, and an index for the messages of a conversation. All of it is
 * in memory, and a save writes all of it. It has no option for durability.
 */
import '../strict.js';
import { createIndexes, type Indexes } from 'tinybase/indexes';
import { createMergeableStore, type MergeableStore } from 'tinybase/mergeable-store';
import { createIndexedDbPersister } from 'tinybase/persisters/persister-indexed-db';
import { answerOf, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, told, type Head } from '../data.js';
import { pageOf } from '../page.js';

function begin() {
  const store = createMergeableStore();
  return { store, persister: createIndexedDbPersister(store, 'tinybase') };
}

type Cells = Record<string, string | number>;

/** A cell holds a text, a number or a boolean: what is an object is a text of it. */
const cellsOf = (row: object): Cells =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : (value as string),
    ]),
  );

const factsOf = (store: MergeableStore, table: string): Row[] =>
  Object.entries(store.getTable(table)).map(([key, { value }]) => ({
    key,
    value: JSON.parse(value as string) as unknown,
  }));

const headsOf = (store: MergeableStore): Head[] =>
  store
    .getSortedRowIds('conversations', 'lastAt', true, 0, 5)
    .map((id) => ({ ...store.getRow('conversations', id), id }) as unknown as Head);

function chatIn(store: MergeableStore, indexes: Indexes, save: () => Promise<unknown>, id: string): Chat {
  async function sayAll(all: readonly Spoken[]): Promise<void> {
    store.transaction(() => {
      for (const one of all) {
        const { id: mid, ...message } = messageOf(id, one);
        store.setRow('messages', mid, cellsOf(message));
        store.setCell('conversations', id, 'lastAt', message.at);
      }
    });
    await save();
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    last: async (count) =>
      indexes
        .getSliceRowIds('byConversation', id)
        .slice(-count)
        .map((mid) => store.getCell('messages', mid, 'text') as string),
  };
}

async function fill(conversations: number): Promise<void> {
  const { store, persister } = begin();
  store.transaction(() => {
    for (const [table, facts] of Object.entries({ identity, preferences }))
      for (const { key, value } of rowsOf(facts)) store.setRow(table, key, { value: JSON.stringify(value) });
    for (const { head, messages } of told(conversations)) {
      const { id: cid, ...fields } = head;
      store.setRow('conversations', cid, cellsOf(fields));
      for (const { id, ...message } of messages) store.setRow('messages', id, cellsOf(message));
    }
  });
  await persister.save();
  await persister.destroy();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const { store, persister } = begin();
    await persister.load();
    const heads = headsOf(store);
    const indexes = createIndexes(store);
    return {
      answer: answerOf(factsOf(store, 'identity'), factsOf(store, 'preferences'), heads),
      newest: heads[0]?.id ?? '',
      async conversation(id) {
        // Defined when a conversation is opened: a start does without.
        if (!indexes.hasIndex('byConversation'))
          indexes.setIndexDefinition('byConversation', 'messages', 'of', 'at');
        return chatIn(store, indexes, () => persister.save(), id);
      },
      close: async () => void (await persister.destroy()),
    };
  },
});
export { fill };
