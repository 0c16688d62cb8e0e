/** A site's own bundle with `createMemory` in it. */
import { asked, began } from './began.js';
import { stamp } from '../../../src/facts/stamp.js';
import { uuidv7 } from '../../../src/facts/uuid.js';
import { createMemory, type Conversation, type Memory } from '../../../src/index.js';
import type { Opened, Spoken } from './contestant.js';
import {
  byOf,
  identity,
  isLong,
  LONG,
  LONG_MESSAGES,
  MESSAGES,
  MINUTE,
  preferences,
  saidAt,
  textOf,
  topicOf,
  type Answer,
  type Recalled,
} from './data.js';
import { pageOf } from './page.js';

const BOOT = 'customer-memory:bench:boot';
const VISITED = 'customer-memory:bench:visited';
const DAY = 86_400_000;
const FROM_DATABASE = 'recall-from-database';
const AT_ONCE = 250;

function read(memory: Memory): Answer {
  const name = memory.recall('identity.name')?.value as { readonly given?: string } | undefined;
  return {
    name: name?.given ?? '',
    size: String(memory.recall('preferences.frameSize')?.value),
    topics: memory.conversations.recent.map(({ topic }) => topic ?? ''),
  };
}

async function recall(): Promise<Recalled> {
  const memory = createMemory({ site: 'bench' });
  const answer = read(memory);
  const took = performance.now() - began;
  const how = memory.status.state;
  await leave(memory);
  return { took, ...answer, how };
}

/** Finds no boot record, and sees to it that the next start finds none either. */
async function recallFromDatabase(): Promise<Recalled> {
  const memory = createMemory({ site: 'bench' });
  const how = memory.status.state;
  await memory.ready;
  const answer = read(memory);
  const took = performance.now() - began;
  await leave(memory);
  localStorage.removeItem(BOOT);
  return { took, ...answer, how };
}

/** Writes what a start leaves to be written, so that the next start finds the same. */
async function leave(memory: Memory): Promise<void> {
  await memory.ready;
  await memory.close();
}

async function open(): Promise<Opened> {
  const memory = createMemory({ site: 'bench' });
  await memory.ready;
  return {
    answer: read(memory),
    newest: memory.conversations.recent[0]?.id ?? '',
    async conversation(id) {
      const conversation = (await memory.conversations.get(id)) as Conversation;
      const say = async ({ by, text }: Spoken) => void (await conversation.say({ by: by as Speaker, text }));
      return {
        say,
        sayAll: async (all) => void (await Promise.all(all.map(say))),
        last: async (count) => (await conversation.messages({ last: count })).map(({ text }) => text),
      };
    },
    close: () => memory.close(),
  };
}

type Speaker = NonNullable<Parameters<Conversation['say']>[0]['by']>;

/** The newest conversation through the verbs; the others as copies of what they stored, which is faster by far. */
async function fill(conversations: number, ask: string): Promise<void> {
  const memory = createMemory({ site: 'bench' });
  await memory.consent.grant({ device: true });
  for (const [key, value] of Object.entries(identity))
    await memory.remember(`identity.${key}` as 'identity.name', value as object);
  for (const [key, value] of Object.entries(preferences)) await memory.remember(`preferences.${key}`, value);
  const cid = await talk(memory, conversations - 1);
  const { entries } = await memory.export();
  const talked = (entries as readonly Stored[]).filter(({ key }) => key.includes(cid));
  const end = Date.now();
  for (let n = 0; n < conversations - 1; n += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, conversations - 1 - n) }, (_, i) =>
      copy(talked, cid, n + i, end - (conversations - n - i) * MINUTE, isLong(n + i, conversations)),
    ).flat();
    const { added } = await memory.import({ v: 1, site: 'bench', at: end, entries: batch });
    if (added !== batch.length) throw new Error(`Of ${batch.length} entries ${added} were taken.`);
  }
  await memory.close();
  if (ask === FROM_DATABASE) localStorage.removeItem(BOOT);
  // A return visit comes another day.
  localStorage.setItem(VISITED, String(end - DAY));
}

async function talk(memory: Memory, n: number): Promise<string> {
  const conversation = await memory.conversations.start({
    channel: 'chat',
    topic: topicOf(n),
    with: { name: 'Mike', kind: 'person' },
  });
  for (let m = 0; m < MESSAGES; m += 1)
    await conversation.say({
      by: byOf(m) as Speaker,
      text: textOf(n, m),
    });
  return conversation.id;
}

interface Stored {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

function copy(talked: readonly Stored[], cid: string, n: number, begin: number, long: boolean): Stored[] {
  const id = long ? LONG : newId(begin);
  const messages = talked.filter(({ kind }) => kind === 'message');
  const facts = talked
    .filter((entry) => !messages.includes(entry))
    .map((entry) => ({
      ...entry,
      id: newId(begin),
      at: stamp(begin, 0),
      key: entry.key.replace(cid, id),
      value: valueOf(entry, n, begin),
    }));
  const said = Array.from({ length: long ? LONG_MESSAGES : MESSAGES }, (_, m) => {
    const entry = messages[m % MESSAGES] as Stored;
    const at = long ? begin + m : saidAt(begin, m);
    const mid = newId(at);
    const key = entry.key.replace(cid, id).replace(entry.id, mid);
    return { ...entry, id: mid, at: stamp(at, 0), key, value: { text: textOf(n, m) } };
  });
  return [...facts, ...said];
}

function valueOf({ key, value }: Stored, n: number, started: number): unknown {
  if (key.endsWith('.topic')) return topicOf(n);
  return isStart(value) ? { ...value, started } : value;
}

const isStart = (value: unknown): value is { started: number } =>
  typeof value === 'object' && value !== null && 'started' in value;

const newId = (at: number): string => uuidv7(at, (bytes) => crypto.getRandomValues(bytes));

export const { append, last, held, answered } = pageOf({
  fill,
  open,
  recall: asked === `?${FROM_DATABASE}` ? recallFromDatabase : recall,
});
export { fill };
