import { conversationProblem } from '../facts/conversation-problem.js';
import type { By, Draft, Json, Key, MessageValue, Uuid } from '../facts/entry.js';
import { conversationKey } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import { messageKey } from '../facts/message-key.js';
import { maskCards, secretIn } from '../facts/secret.js';
import { MemoryError } from '../platform/errors.js';
import { isSpeaker } from '../facts/guard.js';
import { jsonOf } from './check-fact.js';
import type { Core } from './core.js';
import { factOf, messageOf } from './drafting.js';
import type { Head } from './draft.js';
import type { CheckedMessage, Talking } from './parts.js';
import type { Speaker, SpokenMessage, StartConversation } from './types.js';

/** More is an archive, and is said after it. */
const MOST_MESSAGES = 100;

/** What one person says in conversations. Card numbers in it are masked before anything keeps them. */
export function createTalking(
  core: Core,
  accept: (entries: readonly Draft[], operation: string) => Promise<void>,
): Omit<Talking, 'note'> {
  return {
    async start(head, conversation) {
      const operation = 'conversations.start';
      const {
        channel,
        topic,
        with: companion,
        discreet = false,
        messages,
      } = optionsOf(operation, conversation, '{ channel, topic?, with?, discreet?, messages? }');
      const begun = { ...(channel !== undefined && { channel }), started: wallOf(head.at) };
      const facts = parts(operation, head.id, { begun, topic, companion }, head, discreet);
      const said = listOf(operation, messages).map((message, index) => {
        const { by, value } = checkedMessage(operation, message, `messages.${index}`);
        const nth = entryHead(head, facts.length + index);
        return messageOf(core, nth, messageKey(head.id, nth.id), value, { by, discreet });
      });
      await accept([...facts, ...said], operation);
    },

    check: checkedMessage,

    async say({ id, discreet = false, state }, head, operation, { by, value, masked }) {
      const entry = messageOf(core, head, messageKey(id, head.id), value, { by, discreet });
      // Who writes to a conversation that had ended goes on with it.
      const reopened =
        state === 'ended' && operation === 'say' ? parts(operation, id, { state: 'open' }, head) : [];
      await accept([entry, ...reopened], operation);
      return { entry, masked };
    },

    async change({ id, discreet }, head, operation, what) {
      const {
        topic,
        with: companion,
        outcome = 'ended',
        summary,
        tried,
      } = optionsOf(
        operation,
        what as Changed,
        operation === 'end' ? '{ outcome?, summary?, tried? }' : '{ topic?, with? }',
      );
      const ended = { outcome, ...(summary !== undefined && { summary }), ...(tried && { tried }) };
      const changed: Parts =
        operation === 'end' ? { state: 'ended', outcome: ended as unknown as Json } : { topic, companion };
      await accept(parts(operation, id, changed, head, discreet), operation);
    },
  };

  function parts(
    operation: string,
    id: Uuid,
    { begun, topic, companion, state, outcome }: Parts,
    head: Head,
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
      .map(([key, value], index) =>
        factOf(core, entryHead(head, index), key, checked(operation, key, value), { discreet }),
      );
  }
}

/**
 * The head of one of several entries that one call makes. They are of one moment, so that a forget takes all of them or
 * none, and their ids follow from that of the call, in order: done again, by another page of the tab or by a duplicate of
 * it, they are the same entries.
 */
function entryHead({ id, ...when }: Head, index: number): Head {
  const next = (parseInt(id.slice(-12), 16) + index + 1) % 2 ** 48;
  return { id: id.slice(0, -12) + next.toString(16).padStart(12, '0'), ...when };
}

/** @param path where it stands in what was given; of itself where that is all. */
function checkedMessage(operation: string, message: SpokenMessage, path?: string): CheckedMessage {
  const within = (field: string) => (path ? `${path}.${field}` : field);
  const { by = 'visitor', text, data } = optionsOf(operation, message, '{ text, by?, data? }', path);
  if (typeof text !== 'string')
    throw new MemoryError('invalid_value', operation, 'a message has a text', { path: within('text') });
  const { text: safe, masked } = maskCards(text);
  const value = jsonOf(operation, path ?? 'message', {
    text: safe,
    ...(data !== undefined && { data }),
  }) as unknown as MessageValue;
  const secret = value.data === undefined ? undefined : secretIn('message.data', value.data);
  if (secret) throw new MemoryError('secret', operation, undefined, { path: within(`data.${secret.path}`) });
  return { by: speakerOf(operation, by, within('by')), value, masked };
}

interface Changed {
  readonly topic?: string;
  readonly with?: StartConversation['with'];
  readonly outcome?: string;
  readonly summary?: string;
  readonly tried?: readonly string[];
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

function optionsOf<T extends object>(operation: string, options: T, fields: string, path?: string): T {
  if (typeof options === 'object' && options !== null) return options;
  throw new MemoryError('invalid_value', operation, `it takes ${fields}`, path ? { path } : {});
}

/** Each message that is there, and each hole in the list, to be looked at. */
function listOf(operation: string, messages: readonly SpokenMessage[] = []): readonly SpokenMessage[] {
  if (Array.isArray(messages) && messages.length <= MOST_MESSAGES) return Array.from(messages);
  throw new MemoryError(
    'invalid_value',
    operation,
    `it begins with a list of at most ${MOST_MESSAGES} messages`,
    {
      path: 'messages',
    },
  );
}

function speakerOf(operation: string, by: Speaker, path: string): By {
  const speaker = masked(jsonOf(operation, path, typeof by === 'string' ? { who: by } : by));
  if (isSpeaker(speaker)) return speaker;
  throw new MemoryError(
    'invalid_value',
    operation,
    'by is visitor, agent, assistant or site, or has it as `who`, with a name and a channel in words',
    { path },
  );
}
