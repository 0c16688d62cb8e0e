/**
 * Conversations: a head computed from a handful of facts, so that two devices that change different parts of it never
 * overwrite one another. This file does not know messages; their newest time is handed in.
 */
import type { Fact, Held, Ms, Uuid } from './entry.js';
import { conversationKey } from './key.js';
import { isString, isText, misfit, type Check, type Shape } from './shape.js';
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
  const values: Partial<Values> = {};
  let discreet = {};
  for (const [part, shape] of Object.entries(PARTS)) {
    const key = conversationKey(cid, part as Part);
    const fact = resolveKey(
      rows.filter(({ entry }) => entry.key === key),
      now,
    )?.held.entry;
    if (!fact || misfit(fact.value, shape) !== undefined) continue;
    Object.assign(values, { [part]: fact.value });
    if (fact.discreet) discreet = { discreet: true };
  }
  const { '': start, outcome, ...others } = values;
  return (
    start && {
      id: cid,
      channel: start.channel,
      started: start.started,
      state: 'open',
      ...others,
      ...(outcome && onlyOf(outcome)),
      lastAt: Math.max(start.started, lastMessageAt ?? 0),
      ...discreet,
    }
  );
}

/** Without what a later version has added to it. */
function onlyOf({ outcome, summary, tried }: Values['outcome']): Values['outcome'] {
  return { outcome, ...(summary !== undefined && { summary }), ...(tried && { tried }) };
}

interface Values extends Pick<ConversationHead, 'topic' | 'with' | 'state' | 'readTo'> {
  readonly '': Pick<ConversationHead, 'channel' | 'started'>;
  readonly outcome: Required<Pick<ConversationHead, 'outcome'>> & Pick<ConversationHead, 'summary' | 'tried'>;
}

/** The parts of a conversation, by the end of their key, and what each takes. */
export const PARTS = {
  '': { channel: isText, started: Number.isSafeInteger },
  topic: isText,
  with: { kind: (x) => x === 'person' || x === 'assistant', 'name?': isText },
  state: (x) => x === 'open' || x === 'ended',
  outcome: { outcome: isText, 'summary?': isString, 'tried?': (x) => Array.isArray(x) && x.every(isText) },
  readTo: isUuid,
} as const satisfies Readonly<Record<string, Check | Shape>>;

export type Part = keyof typeof PARTS;
