/**
 * PouchDB: documents whose ids sort as they are read, as its "pro tips" have it; secondary indexes are for what ids cannot
 * say. It has no option for durability.
 */
import '../strict.js';
import PouchDB from 'pouchdb-browser';
import { answerOf, continued, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

type Stored = Row | Head | Message;
type Database = PouchDB.Database<Stored>;
type Known = Head & PouchDB.Core.IdMeta & PouchDB.Core.RevisionIdMeta;

/** After everything that begins with the text before it. */
const END = '\uffff';
const AT_ONCE = 1000;

/** By when it began: an order by the last message would have to be an index. */
const headId = ({ started, id }: Head) => `conversation/${padded(started)}/${id}`;
const messageId = ({ of, at, id }: Message) => `message/${of}/${padded(at)}/${id}`;
const padded = (at: number) => String(at).padStart(14, '0');

async function under<T extends Stored>(database: Database, prefix: string): Promise<T[]> {
  const { rows } = await database.allDocs<Stored>({
    startkey: prefix,
    endkey: prefix + END,
    include_docs: true,
  });
  return rows.map(({ doc }) => doc as unknown as T);
}

async function newest<T extends Stored>(database: Database, prefix: string, limit: number): Promise<T[]> {
  const { rows } = await database.allDocs<Stored>({
    startkey: prefix + END,
    endkey: prefix,
    descending: true,
    limit,
    include_docs: true,
  });
  return rows.map(({ doc }) => doc as unknown as T);
}

async function headOf(database: Database, id: string): Promise<Known> {
  const { rows } = await database.allDocs({ startkey: 'conversation/', endkey: `conversation/${END}` });
  const found = rows.find((row) => row.id.endsWith(id))?.id ?? '';
  return (await database.get(found)) as Known;
}

/** @param known the newest, which need not be looked for. */
async function chatIn(database: Database, id: string, known: readonly Known[]): Promise<Chat> {
  let head = known.find((one) => one.id === id);

  async function sayAll(all: readonly Spoken[]): Promise<void> {
    head ??= await headOf(database, id);
    const messages = all.map((one) => messageOf(id, one));
    head = { ...head, ...continued(head, messages.at(-1) as Message) };
    const results = await database.bulkDocs<Stored>([
      ...messages.map((message) => ({ ...message, _id: messageId(message) })),
      head,
    ]);
    const failed = results.find((one) => 'error' in one);
    if (failed) throw new Error(`PouchDB: ${JSON.stringify(failed)}`);
    head = { ...head, _rev: results.at(-1)?.rev as string };
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const messages = await newest<Message>(database, `message/${id}/`, count);
      return messages.reverse().map(({ text }) => text);
    },
  };
}

async function fill(conversations: number): Promise<void> {
  const database = new PouchDB<Stored>('pouchdb');
  await database.bulkDocs(rowsOf(identity).map((row) => ({ ...row, _id: `identity/${row.key}` })));
  await database.bulkDocs(rowsOf(preferences).map((row) => ({ ...row, _id: `preferences/${row.key}` })));
  for (const batch of toldInBatches(conversations, AT_ONCE / 20))
    await database.bulkDocs(
      batch.flatMap(({ head, messages }) => [
        ...messages.map((message) => ({ ...message, _id: messageId(message) })),
        { ...head, _id: headId(head) },
      ]),
    );
  await database.close();
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const database: Database = new PouchDB<Stored>('pouchdb');
    const [who, chosen, heads] = await Promise.all([
      under<Row>(database, 'identity/'),
      under<Row>(database, 'preferences/'),
      newest<Known>(database, 'conversation/', 5),
    ]);
    return {
      answer: answerOf(who, chosen, heads),
      newest: heads[0]?.id ?? '',
      conversation: (id) => chatIn(database, id, heads),
      close: () => database.close(),
    };
  },
});
export { fill };
