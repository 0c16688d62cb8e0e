/**
 * Conversations: a head computed from a handful of facts, so that two devices that change different parts of it never
 * overwrite one another. This file does not know messages; their newest time is handed in.
 */
import type { Fact, Held, Json, Key, Ms, Uuid } from './entry.js';
import { conversationIdOf, conversationKey } from './key.js';
import { defined, isString, isText, misfit, type Check, type Shape, type ShapeProblem } from './shape.js';
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
  const end = read<Pick<ConversationHead, 'outcome' | 'summary' | 'tried'>>('outcome');
  return defined({
    id: cid,
    channel: start.channel,
    started: start.started,
    topic: read<string>('topic'),
    with: read<NonNullable<ConversationHead['with']>>('with'),
    state: read<ConversationHead['state']>('state') ?? 'open',
    outcome: end?.outcome,
    summary: end?.summary,
    tried: end?.tried,
    lastAt: Math.max(start.started, lastMessageAt ?? 0),
    readTo: read<Uuid>('readTo'),
    discreet: found.some((fact) => fact.discreet) ? (true as const) : undefined,
  });
}

type Part = 'topic' | 'with' | 'state' | 'outcome' | 'readTo';

/** What is wrong with a fact about a conversation, its key or its value, or undefined. Messages are not facts and are refused. */
export function conversationProblem(key: Key, value: Json): ShapeProblem | undefined {
  const cid = conversationIdOf(key);
  const part = cid && key.slice(conversationKey(cid).length + 1);
  if (part === undefined || !Object.hasOwn(PARTS, part))
    return {
      path: '',
      reason: `conversations.<a UUID> has ${Object.keys(PARTS).filter(Boolean).join(', ')}`,
    };
  const [takes, shape] = PARTS[part as Part];
  const path = misfit(value, shape);
  return path === undefined ? undefined : { path, reason: `it takes ${takes}` };
}

const PARTS: Readonly<Record<Part | '', readonly [takes: string, shape: Check | Shape]>> = {
  '': ['{ channel, started }', { channel: isText, started: Number.isSafeInteger }],
  topic: ['a text', isText],
  with: [
    '{ kind: "person" | "assistant", name? }',
    { kind: (x) => x === 'person' || x === 'assistant', 'name?': isText },
  ],
  state: ['"open" or "ended"', (x) => x === 'open' || x === 'ended'],
  outcome: [
    '{ outcome, summary?, tried?: [] }',
    { outcome: isText, 'summary?': isString, 'tried?': (x) => Array.isArray(x) && x.every(isText) },
  ],
  readTo: ['the id of a message', isUuid],
};
