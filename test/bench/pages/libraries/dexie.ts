/** Dexie: compound indexes, bulk operations, transactions; strict by its own option. */
import { Dexie, type EntityTable } from 'dexie';
import { answerOf, continued, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

class Database extends Dexie {
  declare identity: EntityTable<Row, 'key'>;
  declare preferences: EntityTable<Row, 'key'>;
  declare conversations: EntityTable<Head, 'id'>;
  declare messages: EntityTable<Message, 'id'>;

  constructor() {
    super('dexie', { chromeTransactionDurability: 'strict' });
    this.version(1).stores({
      identity: 'key',
      preferences: 'key',
      conversations: 'id, lastAt',
      messages: 'id, [of+at]',
    });
  }
}

async function chatIn(database: Database, id: string): Promise<Chat> {
  const { conversations, messages } = database;
  let head = (await conversations.get(id)) as Head;

  function sayAll(all: readonly Spoken[]): Promise<void> {
    return database.transaction('rw', conversations, messages, async () => {
      const said = all.map((one) => messageOf(id, one));
      head = continued(head, said.at(-1) as Message);
      await Promise.all([
        said.length === 1 ? messages.add(said[0] as Message) : messages.bulkAdd(said),
        conversations.put(head),
      ]);
    });
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const range = messages.where('[of+at]').between([id, Dexie.minKey], [id, Dexie.maxKey]);
      const newest = await range.reverse().limit(count).toArray();
      return newest.reverse().map(({ text }) => text);
    },
  };
}

async function fill(conversations: number): Promise<void> {
  const database = new Database();
  await database.identity.bulkPut(rowsOf(identity));
  await database.preferences.bulkPut(rowsOf(preferences));
  for (const batch of toldInBatches(conversations))
    await database.transaction('rw', database.conversations, database.messages, () =>
      Promise.all([
        database.messages.bulkPut(batch.flatMap(({ messages }) => messages)),
        database.conversations.bulkPut(batch.map(({ head }) => head)),
      ]),
    );
  database.close();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const database = new Database();
    const { identity: who, preferences: chosen, conversations } = database;
    const [facts, choices, heads] = await database.transaction('r', who, chosen, conversations, () =>
      Promise.all([
        who.toArray(),
        chosen.toArray(),
        conversations.orderBy('lastAt').reverse().limit(5).toArray(),
      ]),
    );
    return {
      answer: answerOf(facts, choices, heads),
      newest: heads[0]?.id ?? '',
      conversation: (id) => chatIn(database, id),
      close: () => database.close(),
    };
  },
});
export { fill };
