/**
 * The public types of a memory: what it is made with, what it answers, and what it says about itself.
 */
import type { ConversationHead } from '../facts/conversation.js';
import type {
  Authority,
  By,
  Entry,
  Json,
  Key,
  MessageValue,
  Ms,
  Prefix,
  PurposeName,
  Stamp,
  Uuid,
} from '../facts/entry.js';
import type { Address, Name } from '../facts/identity.js';
import type { Root } from '../facts/key.js';
import type { PurposeDeclaration, Purposes, Text } from '../facts/purpose.js';
import type { Platform } from '../platform/platform.js';
import type { Conversations } from './conversation-types.js';
import type {
  AnyPreferences,
  ForgettableKey,
  InputOf,
  KeyOf,
  NoPreferences,
  PrefixOf,
  Schemas,
  ValueOf,
} from './key-types.js';

/** What is remembered under a key: frozen, and the same object until it changes. */
export interface Remembered<K extends string = Key, V = Json> {
  readonly id: Uuid;
  readonly key: K;
  readonly value: V;
  readonly authority: Authority;
  /** When it was said, milliseconds since 1970. */
  readonly at: Ms;
  readonly purpose: PurposeName;
  readonly by?: By;
  readonly why?: string;
  readonly until?: Ms;
  readonly discreet?: true;
  /** Something newer disagrees with it: ask "still size M?". */
  readonly reconfirm?: true;
}

// --- options ---------------------------------------------------------------------------------

export interface Label {
  readonly title?: Text;
  readonly values?: Readonly<Record<string, Text>>;
}

export interface Grant {
  /** Remember on this device. */
  readonly device: boolean;
  /** Keep a copy at the endpoint. */
  readonly sync?: boolean;
  /** Absent: for every purpose. */
  readonly purposes?: readonly PurposeName[];
}

/** Where consent comes from when the site has its own way of asking. */
export interface ConsentSource {
  /** `undefined` = not known yet: nothing is shown from the device and nothing is wiped. */
  current(): Grant | undefined;
  /** Calls `run` when `current()` changed; returns its unsubscribe. */
  subscribe(run: () => void): () => void;
}

export interface Identity {
  /** Who the server says is signed in: the `sub` of the token; `null` = nobody; absent = the page does not say. */
  readonly user?: string | null;
}

export interface MemoryOptions<
  P extends Schemas = AnyPreferences,
  D extends Schemas = NoPreferences,
  U extends PurposeName = PurposeName,
> {
  /** Letters, digits, `-`, `_` and `.`, at most 64: names the databases of this browser. */
  readonly site: string;
  /** One Standard Schema a preference; types follow. Without it any JSON is taken. */
  readonly preferences?: P;
  /** These belong to the device, not to a person. */
  readonly devicePreferences?: D;
  /** What people read instead of a key, by key. */
  readonly labels?: Readonly<Record<string, Label>>;
  readonly purposes?: Readonly<Record<U, PurposeDeclaration<PrefixOf<NoInfer<P>, NoInfer<D>>>>>;
  /** `ask` (default): the visitor decides in `<memory-consent>`. `host`: the site's own box calls `consent.grant()`. */
  readonly consent?: 'ask' | 'host' | ConsentSource;
  readonly identity?: Identity;
  /** What becomes of a signed-out person's memory: `keep` (default) until they are named again, or `discard`. */
  readonly signedOut?: 'keep' | 'discard';
  /** This device is used by several people: nothing outlives the visit. Default false. */
  readonly shared?: boolean;
  /** ISO 8601 duration: how long anything is kept at most. Default: 13 months after the last visit. */
  readonly keep?: string;
  /**
   * Most that is kept of what one person said in conversations, in characters; default 20 million. Above it those that have
   * ended go, the oldest first, on another day's visit.
   */
  readonly budget?: number;
  /** The language of labels, as `de-AT`; default the page's (`<html lang>`), else the browser's, as for one that is none. */
  readonly language?: string;
  /** What is taken from the surroundings; tests give `fakePlatform()`. */
  readonly platform?: Platform;
}

// --- answers ---------------------------------------------------------------------------------

export interface RememberOptions {
  /** In the person's or the site's words: "works nights". */
  readonly why?: string;
  /** Default `stated`: the person's own word. */
  readonly authority?: 'stated' | 'observed' | 'inferred';
  /** Deleted from this instant on (milliseconds since 1970). */
  readonly until?: Ms;
  /** Never shown unasked. */
  readonly discreet?: boolean;
}

/** `under` takes any prefix: a preference that is no longer declared is forgotten by it. */
export type ForgetSelector<K extends Key = Key, U extends PurposeName = PurposeName> =
  | { readonly key: K }
  | { readonly under: Prefix }
  | { readonly conversation: string }
  | { readonly purpose: U }
  | 'everything';

/** What was forgotten here. */
export interface Receipt {
  readonly at: Ms;
  readonly facts: number;
  readonly conversations: number;
  readonly messages: number;
}

/** Who is at the page. */
export interface Visitor {
  /** `claimed`: an anonymous person who stated a name, e-mail or phone. It changes words, never access. */
  readonly assurance: 'anonymous' | 'claimed' | 'verified';
  /** Who the site says is signed in. */
  readonly user?: string;
}

export interface Status {
  /** `provisional`: shown from the boot record, not yet confirmed by the database. */
  readonly state: 'starting' | 'provisional' | 'ready' | 'closed';
  /** Where what is said now is kept: until the page is left, until the tab is closed, or on this device. */
  readonly kept: 'page' | 'visit' | 'device';
  readonly storage: {
    /** `blocked`: this browser has none, or denies it. `failed`: it broke; `reason` says how. */
    readonly session: 'ok' | 'full' | 'blocked';
    readonly device: 'ok' | 'unused' | 'blocked' | 'failed';
    readonly reason?: string;
  };
  /** Why a person's memory is shown or not (§ "Signed in" of the README). */
  readonly gate: 'open' | 'closed' | 'signed-out' | 'switched' | 'waiting-for-consent';
  readonly sync: 'off';
  /** Stored values that today's schemas refuse: kept, not recalled. */
  readonly unfit: number;
  /** How many records of this person could not be read and are set aside: not recalled, but in the export. Absent where there never were any, 0 where all were forgotten. */
  readonly unreadable?: number;
  /** How many conversations had ended and were deleted for want of room, the oldest first. Absent where none. */
  readonly evicted?: number;
  /** What was shown at first was not what the database had, and was replaced. */
  readonly corrected: boolean;
  /** Why the elements show only their slots; undefined when they work. */
  readonly elements?: string;
}

export interface Consent {
  /**
   * `unknown`: neither the device nor the consent manager has answered yet. `undecided`: as far as this page can read; where
   * `status.storage.device` is `blocked` or `failed`, another visit may know more.
   */
  readonly state: 'unknown' | 'undecided' | 'granted' | 'refused';
  /** Who asks: `ask`, the element; `host`, the site itself, or nobody on a shared device. */
  readonly by: 'ask' | 'host';
  /** When the person refused or withdrew; asked again 180 days later. */
  readonly refusedAt: Ms | undefined;
  readonly purposes: readonly PurposeName[] | undefined;
  /** Whether asking would be of use: something worth keeping was said, nothing was decided yet, the device can keep it, and everything was not forgotten on this very page. */
  readonly useful: boolean;
  /** Moves what was said in this visit to the device. Default `{ device: true }`. */
  grant(grant?: Grant): Promise<void>;
  refuse(): Promise<void>;
  /** Wipes this person's memory from the device. Counts as a refusal for asking again. */
  withdraw(): Promise<void>;
}

/** A fact in words, for people. */
export interface Described {
  /** What it is: "How you get your order". */
  readonly title: string;
  /** What was said: "I pick it up". */
  readonly value: string;
}

/** What `export()` gives and `import()` takes. */
export interface MemoryExport {
  readonly v: 1;
  readonly site: string;
  readonly at: Ms;
  readonly entries: readonly Entry[];
  /** What could not be read, as it was found; absent where there is nothing. Import passes it over. */
  readonly unreadable?: readonly unknown[];
}

export interface ImportResult {
  readonly added: number;
  readonly known: number;
  /** Entries that may not come from a file: `verified` and `recorded` are not the person's to claim. */
  readonly refused: number;
}

/** Asks the person; gives their answer, or undefined when they skipped. */
export type Asker<V> = (context: {
  readonly key: string;
  readonly signal: AbortSignal;
}) => V | undefined | Promise<V | undefined>;

// --- the memory ------------------------------------------------------------------------------

/** What a view may do: the page's own memory sees everything, `memory.for(purpose)` what that purpose declares. */
export interface MemoryView<P extends Schemas = AnyPreferences, D extends Schemas = NoPreferences> {
  /** What is remembered, or undefined; before `ready` undefined means "not known yet". Never throws for the environment. */
  recall<K extends KeyOf<P, D>>(key: K): Remembered<K, ValueOf<P, D, K>> | undefined;
  value<K extends KeyOf<P, D>>(key: K): ValueOf<P, D, K> | undefined;
  value<K extends KeyOf<P, D>>(key: K, fallback: NoInfer<ValueOf<P, D, K>>): ValueOf<P, D, K>;
  /** Everything recalled under a prefix, in the order of keys; conversations are not among it. Default: everything. */
  facts(under?: Prefix): readonly Remembered[];
  remember<K extends KeyOf<P, D>>(
    key: K,
    value: NoInfer<InputOf<P, D, K>>,
    options?: RememberOptions,
  ): Promise<Remembered<K, ValueOf<P, D, K>>>;
}

export interface Memory<
  P extends Schemas = AnyPreferences,
  D extends Schemas = NoPreferences,
  U extends PurposeName = PurposeName,
> extends MemoryView<P, D> {
  readonly site: string;
  /** Never rejects; `status` says what was had, and why. */
  readonly ready: Promise<void>;
  /** Rises with each set of changes. */
  readonly version: number;
  readonly visitor: Visitor;
  readonly status: Status;
  readonly consent: Consent;
  readonly conversations: Conversations;
  /** The language labels are given in. */
  readonly language: string;

  /** Asks only what is not known, once a person; an answer is remembered, a skip too. */
  ask<K extends KeyOf<P, D>>(
    key: K,
    asker: Asker<InputOf<P, D, K>>,
    options?: { readonly every?: string; readonly signal?: AbortSignal },
  ): Promise<ValueOf<P, D, K> | undefined>;
  /** Takes away everything the selector names, and what is said later about it by anybody but the person. */
  forget(selector: ForgetSelector<ForgettableKey<P, D>, U | Root>): Promise<Receipt>;
  /** This fact is wrong: its key is forgotten when it is the value, else it is shown nowhere. */
  wrong(id: Uuid): Promise<Receipt>;
  /** Not the person shown: puts the memory aside at once and begins with a new person. */
  notMe(): Promise<void>;
  /** A view that sees and writes what the purpose declares. */
  for(purpose: U | Root): MemoryView<P, D>;
  /** Title and value of a fact in the words of its label; undefined for what is not known, so that `describe(recall(key))?.value` can be shown. */
  describe(fact: Pick<Remembered<string, unknown>, 'key' | 'value'>): Described;
  describe(fact: Pick<Remembered<string, unknown>, 'key' | 'value'> | undefined): Described | undefined;
  /** The values of a key that have labels, each with its words, in the order of the labels; none where anything may be given. */
  choices(key: string): readonly (readonly [value: string, title: string])[];
  /** How a purpose or a key is called, in words. */
  title(keyOrPurpose: string): string;

  /** `run` is called at once, then once for each set of changes. A listener that throws is reported. */
  subscribe(run: (memory: this) => void): () => void;
  subscribe<K extends KeyOf<P, D>>(
    key: K,
    run: (fact: Remembered<K, ValueOf<P, D, K>> | undefined) => void,
  ): () => void;

  export(): Promise<MemoryExport>;
  import(data: unknown): Promise<ImportResult>;
  /** How much is kept here. */
  count(): Promise<{ readonly facts: number; readonly conversations: number; readonly messages: number }>;
  /**
   * Ends this memory for the page at once: verbs reject with `closed`, elements show their slots. Resolves when what was
   * asked for before is done, the code for it fetched first where it is not here.
   */
  close(): Promise<void>;
}

export type * from './conversation-types.js';
export type * from './key-types.js';
export type { Address, ConversationHead, Name, PurposeDeclaration, Purposes, Text };
export type { Authority, By, Json, Key, MessageValue, Ms, Prefix, PurposeName, Stamp, Uuid };
