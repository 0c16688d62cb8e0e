/** What is written for each contestant, as its own documentation recommends it; page.ts does the same with all of them. */
import type { Answer, Head, Message, Recalled } from './data.js';

export interface Contestant {
  /** Stores the person and so many conversations. */
  fill(conversations: number, ask: string): Promise<void>;
  /** Opens what is stored and reads what a page needs before it can greet. */
  open(): Promise<Opened>;
  /** A return visit, for whoever answers before everything is open. */
  recall?(): Promise<Recalled>;
}

export interface Opened {
  readonly answer: Answer;
  /** The newest conversation, which a visitor goes on with. */
  readonly newest: string;
  conversation(id: string): Promise<Chat>;
  close(): Promise<void> | void;
}

export interface Chat {
  /** Resolves when it is on the disk. */
  say(one: Spoken): Promise<void>;
  sayAll(all: readonly Spoken[]): Promise<void>;
  /** The texts of the newest, oldest first. */
  last(count: number): Promise<readonly string[]>;
}

export type Spoken = Pick<Message, 'by' | 'text'>;

/** A message as a row. */
export const messageOf = (of: string, { by, text }: Spoken): Message => ({
  id: crypto.randomUUID(),
  of,
  at: now(),
  by,
  text,
});

/** The head of a conversation that goes on. */
export const continued = (head: Head, { at }: Message): Head => ({ ...head, lastAt: at });

export interface Row {
  readonly key: string;
  readonly value: unknown;
}

export const rowsOf = (facts: object): Row[] => Object.entries(facts).map(([key, value]) => ({ key, value }));

/** The answer out of rows of facts and the newest heads. */
export function answerOf(who: readonly Row[], chosen: readonly Row[], heads: readonly Head[]): Answer {
  const valueOf = (rows: readonly Row[], key: string) => rows.find((row) => row.key === key)?.value;
  return {
    name: (valueOf(who, 'name') as { given: string }).given,
    size: valueOf(chosen, 'frameSize') as string,
    topics: heads.map(({ topic }) => topic),
  };
}

/** No two messages of one page are of one moment, so that all of them can be read back in order. */
function now(): number {
  before = Math.max(Date.now(), before + 1);
  return before;
}
let before = 0;
