import type { Draft, Fact, Forget, Held, Message, Ms, Uuid } from '../facts/entry.js';

export { StoreError } from './store-error.js';

/**
 * What the client needs of a device: one registry a site, one database a person. Knows nothing of
 * consent, of who is signed in or of what is shown; it keeps what it is given, or says why not.
 *
 * Every method rejects with `StoreError`; `gone` among its reasons means the person was forgotten
 * (here or in another tab) and the caller must stop, not retry.
 */
export interface Device {
  read(): Promise<RegistryState>;
  /**
   * The registry without those who were put aside longer than `asideFor` ago, or not here for `unusedFor`. They are wiped,
   * under a new generation if one of them was open, when an earlier day's visit found them missing too: a clock that was
   * wrong for a day hides, it destroys nothing; nor is anybody wiped who comes back meanwhile. Whom a clock that was ahead
   * has noted as here further in the future than that counts as last here on the later of two visits on different days that
   * both find so.
   *
   * @param first whether what was read as the registry was opened will do: another page may have written to it since.
   */
  present(
    now: Ms,
    limits: { asideFor: Ms; unusedFor: Ms },
    first?: boolean,
  ): Promise<RegistryState & { hidden: boolean }>;
  /** Undefined when there is no such database any more, or it was wiped. */
  openSubject(local: string): Promise<Subject | undefined>;
  /** What changes it, which is fetched when something does. */
  changes(): Promise<DeviceChanges>;
  close(): void;
}

export interface DeviceChanges {
  /** Makes a database for a new person and makes it the active one, all or nothing. */
  createSubject(person: { user?: string; gen: string; now: Ms }): Promise<Subject>;
  /** Names the active person, or nobody. */
  activate(local: string | undefined, gen: string, now: Ms): Promise<void>;
  /** Closes the memory of a person: listed, not active, not read again until they are named. */
  putAside(local: string, gen: string, now: Ms): Promise<void>;
  setDeviceFact(fact: Held<Fact>): Promise<void>;
  removeDeviceFact(key: string): Promise<void>;
  /** Forgets one person: the clearing is one transaction, `deleteDatabase` a courtesy after it. */
  wipeSubject(local: string, gen: string): Promise<void>;
  /**
   * Asks for a database to be deleted that is not listed any more: on a full disk it is emptied without a mark, and the page
   * may have been left before it asked.
   */
  deleteUnlisted(local: string): void;
  /**
   * Forgets everybody, device preferences too; the registry itself is removed.
   *
   * @param known who is to go; where anybody else has begun meanwhile nobody does, and this gives false. Default: whoever
   *   is there.
   */
  wipeEverything(known?: readonly SubjectRecord[]): Promise<boolean>;
}

export interface RegistryState {
  /** Set when everything was forgotten; whoever is listed still is not emptied yet. */
  readonly gone?: unknown;
  readonly gen: string | undefined;
  readonly active: string | undefined;
  readonly subjects: readonly SubjectRecord[];
  /** Device preferences: they belong to the device, not to a person. */
  readonly device: readonly Held<Fact>[];
}

export interface SubjectRecord {
  /** Random name of the person's database on this device, never sent anywhere. */
  readonly local: string;
  /** Who the site says this is; undefined for an anonymous person. */
  readonly user?: string;
  readonly state: 'open' | 'aside';
  readonly usedAt: Ms;
  /** When they were first found not to have been here for too long, or here at a time that has not come yet. */
  readonly missed?: Ms;
}

export interface Subject {
  readonly local: string;
  /**
   * Everything but conversations, and the heads of the newest five. On the first visit of a day it starts, without
   * waiting for it, to note that the person was here, and to delete what had expired by the clock of an earlier day's
   * visit too, and what is over the budget.
   *
   * @param budget in characters of messages; default 20 million.
   */
  load(now: Ms, budget?: number): Promise<Loaded>;
  /** What is read beyond that, and what is stored: each is fetched when it is asked for. */
  reads(): Promise<SubjectReads>;
  writes(): Promise<SubjectWrites>;
  /** When it is noted that the person was here, where that is under way: to be awaited where that matters. */
  close(): unknown;
}

export interface SubjectReads {
  conversations(query: { limit: number }, now: Ms): Promise<readonly StoredConversation[]>;
  conversation(id: Uuid, now: Ms): Promise<StoredConversation | undefined>;
  /** The last `last` messages, oldest first; with `before`, those before that message id. */
  messages(
    conversation: Uuid,
    query: { last: number; before?: Uuid },
    now: Ms,
  ): Promise<readonly Held<Message>[]>;
  count(now: Ms): Promise<{ facts: number; conversations: number; messages: number }>;
  carrying(): Promise<SubjectCarrying>;
}

/** All of it, expired content not. */
export interface SubjectCarrying {
  /** In batches, for an export. */
  entries(now: Ms): AsyncIterable<readonly Held[]>;
  /** What could not be read, and what an endpoint refused. */
  setAside(): Promise<readonly SetAside[]>;
  /** Whether each id is stored already. */
  has(ids: readonly Uuid[]): Promise<ReadonlySet<Uuid>>;
}

/** By ids; what is forgotten leaves it. */
export interface Said {
  has(id: Uuid): boolean;
}

export interface SubjectWrites {
  /**
   * Stores entries in one strict transaction, filling in `seen` and `after` from what that
   * transaction sees. A forget deletes what it covers in it; facts are compacted in it. An id that
   * is already there is left as it is, so writing twice is harmless.
   *
   * A draft without `seen` is new: it was written after every forget found there. One with `seen` was
   * stored before, in a visit or an export: it was written after those forgets that are older than it,
   * so that moving it here once more cannot bring back what was forgotten since.
   *
   * @param consent of the person, which travels with what they said: a page that is closed meanwhile leaves both or neither.
   * @param said what of it is still said, asked as each transaction begins: where a first one failed, what has been
   *   forgotten since is not written beside that forget, as if it had been said after it. Default: all is.
   */
  write(entries: readonly Draft[], consent?: ConsentRecord, said?: Said): Promise<Written>;
}

export interface Loaded {
  readonly rev: number;
  readonly epoch: string;
  readonly skew: Ms;
  readonly consent?: ConsentRecord | undefined;
  readonly facts: readonly Held<Fact>[];
  readonly forgets: readonly Held<Forget>[];
  /** The newest five. */
  readonly conversations: readonly StoredConversation[];
  /** The greatest stamp ever stored here, so that a clock set back does not lose to itself. */
  readonly greatest?: string;
  readonly lost?: Lost;
}

/** How much is not where it was; nothing where it is absent. */
export interface Lost {
  /** Records that could not be read and are set aside. */
  readonly unreadable?: number;
  /** Conversations that have gone for want of room. */
  readonly evicted?: number;
}

/** What is kept and cannot be shown: it could not be read where it lay, or an endpoint refused it. */
export interface SetAside {
  /** What is known of it, so that it is forgotten and expires with its like. */
  readonly entry: Pick<Message, 'id' | 'key' | 'purpose' | 'until'>;
  /** `unreadable`, or what the endpoint said. */
  readonly code: string;
  /** The name of the browser's error; `unfit` for what a guard refused. */
  readonly reason?: string;
  readonly at?: Ms;
  /** Its store, its key there, and the record as it was found; without `value` where the browser could not give it. */
  readonly from?: string;
  readonly place?: IDBValidKey;
  readonly value?: unknown;
}

export interface StoredConversation {
  readonly id: Uuid;
  /** Facts under `conversations.<id>`, not covered, not expired. */
  readonly facts: readonly Held<Fact>[];
  readonly lastMessageAt: Ms | undefined;
  readonly messages: number;
}

export interface Written {
  readonly rev: number;
  /** As in `Loaded`. */
  readonly greatest: Loaded['greatest'];
  /** Of the last visits that were noted, the latest last; see `Subject.load`. */
  readonly days: readonly Ms[];
  /**
   * As stored, in the order given; entries already known come back as they were stored first. What a
   * forget covers already is not stored and not among them.
   */
  readonly stored: readonly Held[];
  /** How much a forget took away. */
  readonly deleted: { readonly facts: number; readonly messages: number; readonly conversations: number };
}

export interface ConsentRecord {
  readonly device: boolean;
  readonly sync: boolean;
  /** Absent: all. */
  readonly purposes?: readonly string[];
  readonly at: Ms;
}
