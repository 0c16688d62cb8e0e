import { conversationProblem } from '../facts/conversation-problem.js';
import type { By, Draft, Json, Key, MessageValue, Uuid } from '../facts/entry.js';
import { conversationKey } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import { messageKey } from '../facts/message-key.js';
import { maskCards, secretIn } from '../facts/secret.js';
import { MemoryError } from '../platform/errors.js';
import { jsonOf } from './check-fact.js';
import type { Core } from './core.js';
import { factOf, messageOf } from './drafting.js';
import type { Head } from './draft.js';
import type { Talking } from './parts.js';
import type { Speaker, StartConversation } from './types.js';

/** What one person says in conversations. Card numbers in it are masked before anything keeps them. */
export function createTalking(
  core: Core,
  accept: (entries: readonly Draft[], operation: string) => Promise<void>,
): Talking {
  const { drafter } = core;

  return {
    async start(head, conversation) {
      const operation = 'conversations.start';
      const { channel, topic, with: companion, discreet } = optionsOf(operation, conversation);
      const begun = { ...(channel !== undefined && { channel }), started: wallOf(head.at) };
      await accept(parts(operation, head.id, { begun, topic, companion }, discreet, head), operation);
    },

    check(operation, message) {
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
      return { by: speakerOf(operation, by), value, masked };
    },

    async say({ id, discreet = false, state }, head, operation, { by, value, masked }) {
      const entry = messageOf(core, head, messageKey(id, head.id), value, { by, discreet });
      // Who writes to a conversation that had ended goes on with it.
      const reopened =
        state === 'ended' && operation === 'say' ? parts(operation, id, { state: 'open' }) : [];
      await accept([entry, ...reopened], operation);
      return { entry, masked };
    },

    async change({ id, discreet }, operation, what) {
      const {
        topic,
        with: companion,
        outcome = 'ended',
        summary,
        tried,
      } = optionsOf(operation, what as Changed);
      const ended = { outcome, ...(summary !== undefined && { summary }), ...(tried && { tried }) };
      const changed: Parts =
        operation === 'end' ? { state: 'ended', outcome: ended as unknown as Json } : { topic, companion };
      await accept(parts(operation, id, changed, discreet), operation);
    },
  };

  function parts(
    operation: string,
    id: Uuid,
    { begun, topic, companion, state, outcome }: Parts,
    discreet = false,
    said?: Head,
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
      .map(([key, value]) =>
        factOf(
          core,
          { ...drafter.head(), ...(said && saidWhen(said)) },
          key,
          checked(operation, key, value),
          { discreet },
        ),
      );
  }
}

/** An entry's own id is another than that of the conversation. */
function saidWhen({ at, seen }: Head): Omit<Head, 'id'> {
  return { at, ...(seen === 0 && { seen }) };
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
