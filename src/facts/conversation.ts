/**
 * Conversations: a head computed from a handful of facts, so that two devices that change different parts of it never
 * overwrite one another. This file does not know messages; their newest time is handed in.
 */
import type { Fact, Held, Json, Key, Ms, Uuid } from './entry.js';
import { conversationIdOf, conversationKey } from './key.js';
import { isObject, isText, type ShapeProblem } from './shape.js';
import { isUuid } from './uuid.js';
import { resolveKey } from './value.js';

export interface ConversationHead {
  readonly id: Uuid;
  /** Where it takes place: `chat`, `phone`, `email` or what the site calls it. */
  readonly channel: string;
  readonly started: Ms;
  readonly topic?: string;
  readonly with?: { readonly name?: string; readonly kind: 'person' | 'assistant' };
  readonly state: 'open' | 'ended';
  readonly outcome?: string;
  readonly summary?: string;
  /** What has been tried already, so that nobody is told to do it again. */
  readonly tried?: readonly string[];
  /** The newest message, or the start when nothing has been said. */
  readonly lastAt: Ms;
  readonly discreet?: true;
  /** The message up to which the person has read: the `mid` of its key. */
  readonly readTo?: Uuid;
}

/**
 * The head of one conversation, or undefined when nothing living says that it began. A part whose value is not what it
 * should be counts as absent.
 *
 * @param rows facts that are not covered; those of other keys are passed over.
 */
export function headOf(
  cid: Uuid,
  rows: readonly Held<Fact>[],
  lastMessageAt: Ms | undefined,
  now: Ms,
): ConversationHead | undefined {
  const parts = new Map<Key, Held<Fact>[]>();
  for (const row of rows) {
    if (conversationIdOf(row.entry.key) === cid)
      parts.set(row.entry.key, [...(parts.get(row.entry.key) ?? []), row]);
  }
  const found: Fact[] = [];
  const read = <T>(part?: Part): T | undefined => {
    const key = conversationKey(cid, part);
    const fact = resolveKey(parts.get(key) ?? [], now)?.held.entry;
    if (!fact || conversationProblem(key, fact.value)) return undefined;
    found.push(fact);
    return fact.value as T;
  };
  const start = read<Pick<ConversationHead, 'channel' | 'started'>>();
  if (!start) return undefined;
  const topic = read<string>('topic');
  const companion = read<NonNullable<ConversationHead['with']>>('with');
  const state = read<ConversationHead['state']>('state') ?? 'open';
  const end = read<{ outcome: string; summary?: string; tried?: readonly string[] }>('outcome');
  const readTo = read<Uuid>('readTo');
  return {
    id: cid,
    channel: start.channel,
    started: start.started,
    ...(topic !== undefined && { topic }),
    ...(companion && { with: companion }),
    state,
    ...(end && { outcome: end.outcome }),
    ...(end?.summary !== undefined && { summary: end.summary }),
    ...(end?.tried && { tried: end.tried }),
    lastAt: Math.max(start.started, lastMessageAt ?? 0),
    ...(found.some((fact) => fact.discreet) && { discreet: true as const }),
    ...(readTo !== undefined && { readTo }),
  };
}

type Part = 'topic' | 'with' | 'state' | 'outcome' | 'readTo';

/** What is wrong with a fact about a conversation, its key or its value, or undefined. Messages are not facts and are refused. */
export function conversationProblem(key: Key, value: Json): ShapeProblem | undefined {
  const cid = conversationIdOf(key);
  if (cid === undefined) return problem('', 'a conversation is named by a lowercase UUID');
  const part = key.slice(conversationKey(cid).length + 1);
  if (part === '') return startProblem(value);
  return Object.hasOwn(PARTS, part)
    ? PARTS[part as Part](value)
    : problem(
        '',
        'a conversation has topic, with, state, outcome and readTo; what is said in it is a message',
      );
}

const PARTS: Readonly<Record<Part, (value: Json) => ShapeProblem | undefined>> = {
  topic: (value) => (isText(value) ? undefined : problem('', 'a topic is a text')),
  with: (value) =>
    fieldsProblem(value, {
      kind: (kind) =>
        kind === 'person' || kind === 'assistant' ? undefined : 'it is "person" or "assistant"',
      name: (name) => (name === undefined || isText(name) ? undefined : 'it is a text'),
    }),
  state: (value) =>
    value === 'open' || value === 'ended' ? undefined : problem('', 'a state is "open" or "ended"'),
  outcome: (value) =>
    fieldsProblem(value, {
      outcome: (outcome) => (isText(outcome) ? undefined : 'it is a text such as "solved"'),
      summary: (summary) =>
        summary === undefined || typeof summary === 'string' ? undefined : 'it is a text',
      tried: (tried) =>
        tried === undefined || (Array.isArray(tried) && tried.every(isText))
          ? undefined
          : 'it is a list of texts',
    }),
  readTo: (value) => (isUuid(value) ? undefined : problem('', 'it is the id of a message')),
};

function startProblem(value: Json): ShapeProblem | undefined {
  return fieldsProblem(value, {
    channel: (channel) => (isText(channel) ? undefined : 'it is a text such as "chat"'),
    started: (started) => (Number.isSafeInteger(started) ? undefined : 'it is a time in milliseconds'),
  });
}

/** Fields besides these pass: a later version may have written them. */
function fieldsProblem(
  value: Json,
  checks: Readonly<Record<string, (field: unknown) => string | undefined>>,
): ShapeProblem | undefined {
  if (!isObject(value)) return problem('', `it is an object with ${Object.keys(checks).join(', ')}`);
  for (const [name, check] of Object.entries(checks)) {
    const reason = check(value[name]);
    if (reason) return problem(name, reason);
  }
  return undefined;
}

function problem(path: string, reason: string): ShapeProblem {
  return { path, reason };
}
