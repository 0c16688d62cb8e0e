/**
 * The page that is killed. It looks at what it finds, does what it is told, and tells of each step once its promise was
 * settled. It decides nothing: the killer judges.
 */
import { createMemory, type Conversation } from '../../src/index.js';
import { isMemoryError } from '../../src/platform/errors.js';
import type { Group, Look, ShownChat, Step, TabName, Told } from './talk.js';
import { witness } from './witness.js';

const SITE = 'kills';
const PREFIX = `customer-memory:${SITE}`;
/** How often, and how many times, it is looked whether the boot record has been written. */
const EVERY = 20;
const LOOKS = 150;

const address = new URL(location.href);
const tab = address.searchParams.get('tab') as TabName;
const began = performance.now();
const memory = createMemory({ site: SITE });
const early = memory.facts();
const chats = new Map<string, Conversation>();

addEventListener('unhandledrejection', ({ reason }) => void send('broken', String(reason)));
addEventListener('error', ({ message }) => void send('broken', message));
void live().catch((error: unknown) => send('broken', `${String(error)}\n${(error as Error).stack ?? ''}`));

async function live(): Promise<void> {
  await memory.ready;
  const took = performance.now() - began;
  await meetChats();
  const lane = (await send(tab === 'a' ? 'look' : 'lane', tab === 'a' ? await look(took) : null)) as Group[];
  for (const [at, group] of lane.entries()) {
    if (group.loud) await send('about', { tab, group: at });
    // The next group follows whether the word of this one has arrived or not.
    await Promise.all(group.steps.map((step, n) => tell(step, { tab, group: at, step: n })));
  }
  await send('done', { tab });
}

async function tell(step: Step, told: Told): Promise<void> {
  try {
    await act(step);
  } catch (error) {
    const why = isMemoryError(error) ? `${error.code}: ${error.message}` : String(error);
    return void send('told', { ...told, refused: why });
  }
  void send('told', told);
}

async function act(step: Step): Promise<void> {
  switch (step.do) {
    case 'remember':
      return void (await memory.remember(step.key as `care.${string}.${string}`, { ...step.value }));
    case 'start': {
      const messages = step.texts.map((text) => ({ text }));
      chats.set(step.chat, await memory.conversations.start({ channel: 'chat', topic: step.chat, messages }));
      return;
    }
    case 'say':
      return void (await chatOf(step.chat).say({ text: step.text }));
    case 'end':
      return void (await chatOf(step.chat).end({ outcome: step.word, summary: step.word }));
    case 'forget': {
      const { of } = step;
      const selector = 'conversation' in of ? { conversation: chatOf(of.conversation).id } : of;
      return void (await memory.forget(selector as { under: string }));
    }
    case 'grant':
      return memory.consent.grant();
    case 'everything':
      return void (await memory.forget('everything'));
    case 'withdraw':
      return memory.consent.withdraw();
    case 'not me':
      return memory.notMe();
  }
}

function chatOf(topic: string): Conversation {
  const chat = chats.get(topic);
  if (!chat) throw new Error(`There is no conversation about ${topic}.`);
  return chat;
}

async function meetChats(): Promise<void> {
  for (const chat of await memory.conversations.latest(100_000)) chats.set(chat.topic ?? '', chat);
}

async function send(what: string, body: unknown): Promise<unknown> {
  const response = await fetch(`/${what}${address.search}`, { method: 'POST', body: JSON.stringify(body) });
  return response.json();
}

// --- looking ------------------------------------------------------------------------------------

async function look(took: number): Promise<Look> {
  const { status, consent, conversations } = memory;
  const databases = await everyDatabase();
  const rev = revIn(databases);
  const recent = conversations.recent.map(({ id }) => id);
  return {
    witness: await witness(),
    early: early.map(({ id, key, value }) => ({ id, key, value })),
    took,
    state: status.state,
    device: status.storage.device,
    reason: status.storage.reason,
    consent: consent.state,
    facts: memory.facts().map(({ id, key, value }) => ({ id, key, value })),
    chats: await Promise.all([...chats.values()].map(shown)),
    recent,
    boot: await settledBoot(rev, recent),
    rev,
    raw: {
      databases: JSON.stringify(databases),
      local: JSON.stringify({ ...localStorage }),
      session: JSON.stringify({ ...sessionStorage }),
    },
  };
}

async function shown(chat: Conversation): Promise<ShownChat> {
  const { id, topic = '', state, outcome, summary } = chat;
  const texts = (await chat.messages({ last: 100_000 })).map(({ text }) => text);
  return { id, topic, state, outcome, summary, texts };
}

/** The boot record when it tells of this state and of these conversations; what it is after a while where it does not come to that. */
async function settledBoot(rev: number | undefined, recent: readonly string[]): Promise<string | null> {
  const now = () => localStorage.getItem(`${PREFIX}:boot`);
  const agrees = () => {
    const { rev: told, heads = [] } = JSON.parse(now() ?? '{}') as { rev?: number; heads?: { id: string }[] };
    return told === rev && heads.map(({ id }) => id).join() === (rev === undefined ? '' : recent.join());
  };
  for (let looks = 0; looks < LOOKS && !agrees(); looks += 1)
    await new Promise((later) => setTimeout(later, EVERY));
  return now();
}

type Rows = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Every database of this site, past all of our code: name → store → key → value. */
async function everyDatabase(): Promise<Readonly<Record<string, Rows>>> {
  const names = await everyName();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await everyRow(name)] as const)),
  );
}

/**
 * Firefox lists none any more (UnknownError) once it was killed while it made one, whose file is empty: there it is those of
 * whom the registry tells, and one that cannot be opened has nothing that a page could read.
 */
async function everyName(): Promise<string[]> {
  try {
    const all = await indexedDB.databases();
    return all.flatMap(({ name }) => (name?.startsWith(PREFIX) ? name : []));
  } catch {
    const { subjects = {} } = await everyRow(PREFIX);
    const names = Object.keys(subjects).map((local) => `${PREFIX}:${String(JSON.parse(local))}`);
    const there = await Promise.all(names.map(canBeOpened));
    return [PREFIX, ...names.filter((_, n) => there[n])];
  }
}

/** Leaves none behind that was not there. */
async function canBeOpened(name: string): Promise<boolean> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.transaction?.abort();
  const database = await answer(request).catch(() => undefined);
  database?.close();
  return database !== undefined;
}

async function everyRow(name: string): Promise<Rows> {
  const database = await answer(indexedDB.open(name));
  const names = [...database.objectStoreNames];
  const tx = names.length > 0 ? database.transaction(names) : undefined;
  const rows = await Promise.all(
    names.map(async (store) => {
      const all = (tx as IDBTransaction).objectStore(store);
      const [keys, values] = await Promise.all([answer(all.getAllKeys()), answer<unknown[]>(all.getAll())]);
      return [store, Object.fromEntries(keys.map((key, n) => [JSON.stringify(key), values[n]]))] as const;
    }),
  );
  database.close();
  return Object.fromEntries(rows);
}

/** Which state the database of the active person is in, as it lies there; undefined where nobody has agreed to it. */
function revIn(databases: Readonly<Record<string, Rows>>): number | undefined {
  const active = databases[PREFIX]?.['registry']?.['"active"'];
  const meta = databases[`${PREFIX}:${String(active)}`]?.['meta']?.['"subject"'];
  const { rev, consent } = (meta ?? {}) as { rev?: number; consent?: { device: boolean } };
  return consent?.device ? rev : undefined;
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('It cannot be read.'));
  });
}
