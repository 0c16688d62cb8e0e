/** What the killer and the pages that it kills tell one another. Types only. */

import type { Witness } from './witness.js';

/** What is done in a page. `chat` is a conversation's topic, by which it is known from one round to the next. */
export type Step =
  | { readonly do: 'remember'; readonly key: string; readonly value: Value }
  | { readonly do: 'start'; readonly chat: string; readonly texts: readonly string[] }
  | { readonly do: 'say'; readonly chat: string; readonly text: string }
  | { readonly do: 'end'; readonly chat: string; readonly word: string }
  | {
      readonly do: 'forget';
      readonly of: { readonly key: string } | { readonly under: string } | { readonly conversation: string };
    }
  | { readonly do: 'grant' }
  | { readonly do: 'everything' | 'withdraw' | 'not me' };

/** The word at both ends: one that was cut short shows. */
export interface Value {
  readonly word: string;
  readonly more: string;
  readonly end: string;
}

/** Steps that are asked for at once; the next group is begun when all of them were accepted. */
export interface Group {
  /** The page tells that it is about to do it, and waits until that was heard. */
  readonly loud: boolean;
  readonly steps: readonly Step[];
}

export type TabName = 'a' | 'b';
/** What each tab does, one group after another. */
export type Lanes = Readonly<Record<TabName, readonly Group[]>>;

/** Sent once the promise of a step was settled, and never before. */
export interface Told {
  readonly tab: TabName;
  readonly group: number;
  readonly step: number;
  /** Why it was refused; absent: it was accepted. */
  readonly refused?: string;
}

export interface ShownFact {
  readonly id: string;
  readonly key: string;
  readonly value: unknown;
}

export interface ShownChat {
  readonly id: string;
  readonly topic: string;
  readonly state: string;
  readonly outcome: string | undefined;
  readonly summary: string | undefined;
  readonly texts: readonly string[];
}

/** What a page shows and finds when it begins. */
export interface Look {
  readonly witness: Witness;
  /** In the very task of the load, from what local storage has. */
  readonly early: readonly ShownFact[];
  /** Milliseconds from there until the database had answered. */
  readonly took: number;
  readonly state: string;
  readonly device: string;
  readonly reason: string | undefined;
  readonly consent: string;
  readonly facts: readonly ShownFact[];
  readonly chats: readonly ShownChat[];
  readonly recent: readonly string[];
  /** The boot record, when it had its time to be written. */
  readonly boot: string | null;
  /** The state of the person's database that is on record there; undefined where nobody is known. */
  readonly rev: number | undefined;
  /** Everything in databases, local storage and session storage, as text. */
  readonly raw: Readonly<Record<'databases' | 'local' | 'session', string>>;
}
