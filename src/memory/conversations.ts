import { conversationProblem, type ConversationHead } from '../facts/conversation.js';
import type {
  By,
  Draft,
  Held,
  Json,
  Key,
  Message as StoredMessage,
  MessageValue,
  Uuid,
} from '../facts/entry.js';
import { conversationKey, messageKey } from '../facts/key.js';
import { maskCards, secretIn } from '../facts/secret.js';
import { wallOf } from '../facts/stamp.js';
import { MemoryError } from '../platform/errors.js';
import { jsonOf } from './check.js';
import type { Core } from './core.js';
import { headOfStored, newestHeads } from './heads.js';
import type { Keeper } from './keeper.js';
import type { Conversation, Conversations, SaidMessage, Speaker, StartConversation } from './types.js';

/** Conversations: begun, said, ended, and read again. Card numbers in what is said are masked before anything keeps them. */
export type ConversationVerbs = Omit<Conversations, 'recent'>;

/** Marks a note among the messages of a conversation. */
const NOTE = 'note';

export function createConversations(core: Core, keeper: Keeper): ConversationVerbs {
  const { drafter } = core;

  return { start, latest, get };

  async function start(conversation: StartConversation): Promise<Conversation> {
    const operation = 'conversations.start';
    core.open(operation);
    const { channel, topic, with: companion, discreet } = optionsOf(operation, conversation);
    const id = drafter.id();
    const begun = { ...(channel !== undefined && { channel }), started: core.now() };
    await core.accept([...parts(operation, id, { begun, topic, companion }, discreet)], operation);
    return handle(id);
  }

  async function latest(limit = 5): Promise<readonly Conversation[]> {
    core.open('conversations.latest');
    await keeper.ready;
    const { session } = core;
    if (session.closed) return [];
    // As many more as forgets said here may still take away.
    const stored = (await session.subject?.conversations({ limit: limit + 5 }, core.now())) ?? [];
    return newestHeads(session.view.heads(stored), limit).map(conversationOf);
  }

  async function get(id: Uuid): Promise<Conversation | undefined> {
    core.open('conversations.get');
    const head = await headNow(id);
    if (core.session.closed) return undefined;
    return head && conversationOf(head);
  }

  async function handle(id: Uuid): Promise<Conversation> {
    const head = await headNow(id);
    if (!head) throw new MemoryError('unknown_conversation', 'conversations');
    return conversationOf(head);
  }

  async function headNow(id: Uuid): Promise<ConversationHead | undefined> {
    await keeper.ready;
    const { session } = core;
    const recent = session.view.recent().find((head) => head.id === id);
    if (recent) return recent;
    const { facts, messages } = session.view.saidIn(id);
    const stored = await keeper.conversation(id);
    const lastMessageAt =
      Math.max(stored?.lastMessageAt ?? 0, ...messages.map(({ entry }) => wallOf(entry.at))) || undefined;
    return headOfStored(
      { id, messages: 0, lastMessageAt, facts: session.view.uncovered([...(stored?.facts ?? []), ...facts]) },
      core.now(),
    );
  }

  function conversationOf(head: ConversationHead): Conversation {
    const { id } = head;
    return Object.freeze({
      ...head,
      say: (message: Message) => say(id, 'say', message),
      note: (text: string, by: Speaker = 'site') => say(id, 'note', { by, text, data: { [NOTE]: true } }),
      async update(part: { topic?: string; with?: StartConversation['with'] }) {
        const { topic, with: companion } = optionsOf('update', part);
        await change(id, 'update', { topic, companion });
        return handle(id);
      },
      async end(how: { outcome?: string; summary?: string; tried?: readonly string[] } = {}) {
        const { outcome = 'ended', summary, tried } = optionsOf('end', how);
        const ended = { outcome, ...(summary !== undefined && { summary }), ...(tried && { tried }) };
        await change(id, 'end', { state: 'ended', outcome: ended });
        return handle(id);
      },
      messages: ({ last = 50, before }: { last?: number; before?: Uuid } = {}) => messages(id, last, before),
    });
  }

  async function say(id: Uuid, operation: string, message: Message): Promise<SaidMessage> {
    core.open(operation);
    const { by = 'visitor', text, data } = optionsOf(operation, message);
    if (typeof text !== 'string')
      throw new MemoryError('invalid_value', operation, 'a message has a text', { path: 'text' });
    const { text: safe, masked } = maskCards(text);
    const value = jsonOf(operation, 'message', {
      text: safe,
      ...(data !== undefined && { data }),
    }) as unknown as MessageValue;
    const secret = data === undefined ? undefined : secretIn('message.data', data);
    if (secret) throw new MemoryError('secret', operation, undefined, { path: `data.${secret.path}` });
    const head = await handle(id);
    const entry = drafter.message((mid) => messageKey(id, mid), value, {
      by: speakerOf(operation, by),
      discreet: head.discreet === true,
    });
    // Who writes to a conversation that had ended goes on with it.
    const reopened =
      head.state === 'ended' && operation === 'say' ? parts(operation, id, { state: 'open' }) : [];
    await core.accept([entry, ...reopened], operation);
    return saidOf({ entry: { ...entry, seen: 0 } }, masked);
  }

  async function change(id: Uuid, operation: string, what: Parts): Promise<void> {
    core.open(operation);
    const head = await handle(id);
    await core.accept(parts(operation, id, what, head.discreet), operation);
  }

  async function messages(id: Uuid, last: number, before: Uuid | undefined): Promise<readonly SaidMessage[]> {
    core.open('messages');
    await keeper.ready;
    const { session } = core;
    if (!(last > 0)) return [];
    const said = session.view.saidIn(id).messages;
    // What is not on the device was said last.
    const end = before === undefined ? said.length : said.findIndex(({ entry }) => entry.id === before);
    const query = before === undefined || end >= 0 ? { last } : { last, before };
    const stored = (await session.subject?.messages(id, query, core.now())) ?? [];
    const known = new Set(stored.map(({ entry }) => entry.id));
    const here = said.slice(0, Math.max(0, end)).filter(({ entry }) => !known.has(entry.id));
    return [...session.view.uncovered(stored), ...here].slice(-last).map((row) => saidOf(row));
  }

  function parts(
    operation: string,
    id: Uuid,
    { begun, topic, companion, state, outcome }: Parts,
    discreet = false,
  ): Draft[] {
    const facts: [Key, unknown][] = [
      [conversationKey(id), begun],
      [conversationKey(id, 'topic'), topic],
      [conversationKey(id, 'with'), companion],
      [conversationKey(id, 'state'), state],
      [conversationKey(id, 'outcome'), outcome],
    ];
    return facts
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => drafter.fact(key, checked(operation, key, value), { discreet }));
  }
}

interface Message {
  readonly by?: Speaker;
  readonly text: string;
  readonly data?: Json;
}

interface Parts {
  readonly begun?: { readonly channel?: string; readonly started: number };
  readonly topic?: string | undefined;
  readonly companion?: StartConversation['with'] | undefined;
  readonly state?: 'open' | 'ended';
  readonly outcome?: Json;
}

/** In a conversation digits of a card are masked wherever a person types, its topic and summary included; nothing is refused for them. */
function checked(operation: string, key: Key, value: unknown): Json {
  const json = masked(jsonOf(operation, key, value));
  const problem = conversationProblem(key, json);
  if (problem)
    throw new MemoryError('invalid_value', operation, problem.reason, {
      path: problem.path || key.slice(key.lastIndexOf('.') + 1),
    });
  return json;
}

function masked(value: Json): Json {
  if (typeof value === 'string') return maskCards(value).text;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, masked(field as Json)]));
}

function optionsOf<T extends object>(operation: string, options: T): T {
  if (typeof options === 'object' && options !== null) return options;
  throw new MemoryError('invalid_value', operation, 'it takes one object');
}

function speakerOf(operation: string, by: Speaker): By {
  const speaker = typeof by === 'string' ? { who: by } : by;
  if (!['visitor', 'agent', 'assistant', 'site'].includes(speaker?.who)) {
    throw new MemoryError('invalid_value', operation, 'by is visitor, agent, assistant or site', {
      path: 'by',
    });
  }
  return jsonOf(operation, 'by', speaker) as unknown as By;
}

function saidOf({ entry, seq }: Held<StoredMessage>, masked = false): SaidMessage {
  const { id, by, at, value } = entry;
  const { text, data } = value;
  const note =
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data) &&
    (data as { note?: Json })[NOTE] === true;
  return Object.freeze({
    id,
    by,
    text,
    ...(data !== undefined && !note && { data }),
    at: wallOf(at),
    ...(seq !== undefined && { seq }),
    ...(masked && { masked: true as const }),
    ...(note && { note: true as const }),
  });
}
