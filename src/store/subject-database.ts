import type { Entry, Fact, Forget, Held, Message, Ms, Prefix, Stamp, Uuid } from '../facts/entry.js';
import { isStoredEntry } from './stored-entry.js';
import type { ConsentRecord, Lost, SetAside } from './store.js';
import type { Transaction } from './transaction.js';

/** One person's database. What tier 3 needs is laid out from the first day, so that getting there moves nothing. */
export type SubjectDatabase = {
  /** Entries the endpoint does not have yet, in local order. */
  outbox: { key: number; value: { entry: Entry; state: string }; indexes: { id: string } };
  /** Facts and forgets by [k, id]; `row-key.ts` says which k. */
  rows: { key: [string, Uuid]; value: Held<Fact | Forget>; indexes: { until: Ms } };
  pages: { key: [Uuid, number]; value: Page; indexes: { last: Stamp; until: Ms } };
  meta: { key: string; value: Meta | Gone };
  /** What the endpoint refused, and what could not be read. */
  quarantine: { key: Uuid; value: SetAside };
};

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
  readonly lost?: Lost;
}

/** All that a wiped database holds, where a frozen tab keeps it from being deleted. */
export interface Gone {
  readonly gone: true;
}

export const META = 'subject';

export type SubjectTx<M extends IDBTransactionMode = 'readwrite'> = Transaction<SubjectDatabase, M>;

/** The browser's own maker of ranges; see `Platform`. */
export type Ranges = typeof IDBKeyRange;

/** Rows of the key and of what is under it, and some that only begin alike; what is read has to be compared. */
export function rowsUnder(ranges: Ranges, prefix: Prefix): IDBKeyRange {
  return ranges.bound([prefix], [prefix + AFTER_DOT]);
}

/** The character after `.`: what begins with `a.` sorts between `a` and `a/`. */
export const AFTER_DOT = '/';

/** What was read has to be so: a connection has what is not set aside, and tries once more. */
export function must(is: boolean): void {
  if (!is) throw new TypeError();
}

/** Those of one kind; each of the rows must be an entry. */
export function ofKind<Kind extends Entry['kind']>(
  rows: readonly Held[],
  kind: Kind,
): Held<Extract<Entry, { kind: Kind }>>[] {
  return rows.filter((held): held is Held<Extract<Entry, { kind: Kind }>> => {
    must(isStoredEntry(held.entry));
    return held.entry.kind === kind;
  });
}
