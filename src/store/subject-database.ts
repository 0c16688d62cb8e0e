import type { DBSchema } from 'idb';
import { rootOf } from '../facts/key.js';
import type { Entry, Fact, Forget, Held, Key, Message, Ms, Prefix, Stamp, Uuid } from '../facts/entry.js';
import type { Transaction } from './connection.js';
import { nameOf } from './names.js';
import type { ConsentRecord } from './store.js';

/** One person's database. What tier 3 needs is laid out from the first day, so that getting there moves nothing. */
export interface SubjectDatabase extends DBSchema {
  /** Entries the endpoint does not have yet, in local order. */
  outbox: { key: number; value: { entry: Entry; state: string }; indexes: { id: string } };
  /** Facts and forgets by [k, id]; see `rowKey`. */
  rows: { key: [string, Uuid]; value: Held<Fact | Forget>; indexes: { until: Ms } };
  pages: { key: [Uuid, number]; value: Page; indexes: { last: Stamp; until: Ms } };
  meta: { key: string; value: Meta | Gone };
  /** What the endpoint refused. */
  quarantine: { key: Uuid; value: { entry: Entry; code: string } };
}

/** Some of the messages of one conversation, in the order they came. A conversation has at least one page, from its first fact on. */
export interface Page {
  readonly cid: Uuid;
  readonly n: number;
  messages: Held<Message>[];
  /** Characters of text and data in it. */
  size: number;
  /** The earliest `until` in it. */
  until?: Ms;
  /** Only on a conversation's newest page, so that an index on it has each conversation once: when anything was last said. */
  last?: Stamp;
  /** Only on the newest page: how many messages the pages before it hold. */
  earlier?: number;
}

export interface Meta {
  readonly gone?: undefined;
  /** The endpoint's name for this person, and its epoch: '' with no endpoint. */
  readonly subject?: string;
  readonly epoch: string;
  readonly cursor: number;
  readonly skew: Ms;
  readonly rev: number;
  /** Rises with every transaction that changes rows or pages: what a tab knows of them is good as long as it stands. */
  readonly changes: number;
  readonly greatest?: Stamp;
  readonly consent?: ConsentRecord;
  /** What the clock said on the first visit of this day, and before it on that of the last other day. */
  readonly days: readonly Ms[];
}

/** All that a wiped database holds, where a frozen tab keeps it from being deleted. */
export interface Gone {
  readonly gone: true;
}

/** The stores in use until there is something to exchange. */
export const STORES = ['rows', 'pages', 'meta'] as const;
export const META = 'subject';
export const PAGE_MESSAGES = 100;
export const PAGE_SIZE = 65_536;

export type SubjectTx<M extends IDBTransactionMode = 'readwrite'> = Transaction<SubjectDatabase, M>;

export function subjectName(site: string, local: string): string {
  return nameOf(site, local);
}

const FORGET = '!';
const CONVERSATIONS = 'conversations';
/** The character after `.`: what begins with `a.` sorts between `a` and `a/`. */
const AFTER_DOT = '/';

/** Forgets sort first, then care, conversations, identity and preferences: a start reads two ranges and no conversation. */
export function rowKey(entry: Fact | Forget): [string, Uuid] {
  return [entry.kind === 'forget' ? FORGET : entry.key, entry.id];
}

export interface Ranges {
  readonly forgets: IDBKeyRange;
  readonly facts: IDBKeyRange;
  readonly beforeConversations: IDBKeyRange;
  readonly afterConversations: IDBKeyRange;
  ofKey(key: Key): IDBKeyRange;
  /** And some that only begin alike; what is read has to be compared. */
  under(prefix: Prefix): IDBKeyRange;
  pagesOf(cid: Uuid): IDBKeyRange;
  pagesUpTo(cid: Uuid, n: number): IDBKeyRange;
  upTo(until: Ms): IDBKeyRange;
  after(key: IDBValidKey): IDBKeyRange;
}

export function rangesOf(keyRange: typeof IDBKeyRange): Ranges {
  // In IndexedDB an array is greater than any string or number: [x, []] ends everything that begins with x.
  const startingWith = (first: string) => keyRange.bound([first], [first, []]);
  return {
    forgets: startingWith(FORGET),
    facts: keyRange.lowerBound([FORGET, []]),
    beforeConversations: keyRange.upperBound([CONVERSATIONS], true),
    afterConversations: keyRange.lowerBound([CONVERSATIONS + AFTER_DOT]),
    ofKey: startingWith,
    under: (prefix) => keyRange.bound([prefix], [prefix + AFTER_DOT], false, true),
    pagesOf: startingWith,
    pagesUpTo: (cid, n) => keyRange.bound([cid], [cid, n]),
    upTo: (until) => keyRange.upperBound(until),
    after: (key) => keyRange.lowerBound(key, true),
  };
}

export function isForgetRow(held: Held): held is Held<Forget> {
  return held.entry.kind === 'forget';
}

export function isFactRow(held: Held): held is Held<Fact> {
  return held.entry.kind === 'fact';
}

export function isConversational(key: Key): boolean {
  return rootOf(key) === CONVERSATIONS;
}
