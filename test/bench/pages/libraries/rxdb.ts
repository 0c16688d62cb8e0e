/** RxDB over its Dexie storage: a collection with a schema a kind of thing, indexes for what is read in an order; strict by Dexie's option. */
import {
  createRxDatabase,
  type RxCollection,
  type RxDatabase,
  type RxDocument,
  type RxJsonSchema,
} from 'rxdb/plugins/core';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { answerOf, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

type Collections = {
  identity: RxCollection<Row>;
  preferences: RxCollection<Row>;
  conversations: RxCollection<Head>;
  messages: RxCollection<Message>;
};
type Database = RxDatabase<Collections>;

const id = { type: 'string', maxLength: 36 } as const;
/** What is indexed has to have bounds. */
const time = { type: 'number', minimum: 0, maximum: 1e13, multipleOf: 1 } as const;

const facts: RxJsonSchema<Row> = {
  version: 0,
  primaryKey: 'key',
  type: 'object',
  properties: { key: { type: 'string', maxLength: 100 }, value: {} },
  required: ['key', 'value'],
};

const conversations: RxJsonSchema<Head> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    channel: { type: 'string' },
    topic: { type: 'string' },
    with: { type: 'object', properties: { name: { type: 'string' }, kind: { type: 'string' } } },
    state: { type: 'string' },
    started: { type: 'number' },
    lastAt: time,
  },
  required: ['id', 'lastAt'],
  indexes: ['lastAt'],
};

const messages: RxJsonSchema<Message> = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id,
    of: id,
    at: time,
    by: { type: 'object', properties: { who: { type: 'string' }, name: { type: 'string' } } },
    text: { type: 'string' },
  },
  required: ['id', 'of', 'at', 'text'],
  indexes: [['of', 'at']],
};

async function openDatabase(): Promise<Database> {
  const database = await createRxDatabase<Collections>({
    name: 'rxdb',
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
  });
  await database.addCollections({
    identity: { schema: facts },
    preferences: { schema: facts },
    conversations: { schema: conversations },
    messages: { schema: messages },
  });
  return database;
}

async function chatIn(database: Database, of: string): Promise<Chat> {
  const head = (await database.conversations.findOne(of).exec()) as RxDocument<Head>;

  async function sayAll(all: readonly Spoken[]): Promise<void> {
    const said = all.map((one) => messageOf(of, one));
    const lastAt = said.at(-1)?.at as number;
    await Promise.all([
      said.length === 1 ? database.messages.insert(said[0] as Message) : database.messages.bulkInsert(said),
      head.incrementalPatch({ lastAt }),
    ]);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const newest = await database.messages
        .find({ selector: { of }, sort: [{ of: 'desc' }, { at: 'desc' }], limit: count, index: ['of', 'at'] })
        .exec();
      return newest.reverse().map(({ text }) => text);
    },
  };
}

async function fill(count: number): Promise<void> {
  const database = await openDatabase();
  await database.identity.bulkInsert(rowsOf(identity));
  await database.preferences.bulkInsert(rowsOf(preferences));
  for (const batch of toldInBatches(count)) {
    await database.messages.bulkInsert(batch.flatMap((one) => one.messages));
    await database.conversations.bulkInsert(batch.map(({ head }) => head));
  }
  await database.close();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const database = await openDatabase();
    const [who, chosen, heads] = await Promise.all([
      database.identity.find().exec(),
      database.preferences.find().exec(),
      database.conversations.find({ sort: [{ lastAt: 'desc' }], limit: 5 }).exec(),
    ]);
    return {
      answer: answerOf(who, chosen, heads),
      newest: heads[0]?.id ?? '',
      conversation: (of) => chatIn(database, of),
      close: async () => void (await database.close()),
    };
  },
});
export { fill };
