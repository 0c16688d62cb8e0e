/**
 * Everything this project takes from its surroundings, as one object that can be replaced. Nothing
 * above this folder touches a global: a test, the simulator or a server hands in another platform.
 *
 * What the environment does not have is `undefined` here; nobody has to catch a getter that throws
 * (a sandboxed frame throws on the mere mention of `localStorage`).
 */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly indexedDB: IndexedDb | undefined;
  /** Lives as long as the tab; at tier 1 the only store. */
  readonly session: KeyValue | undefined;
  /** Shared by the tabs of this origin, read synchronously; at tiers 2 and 3 the boot record. */
  readonly local: KeyValue | undefined;
  readonly locks: Locks | undefined;
  /** A channel to the other tabs of this origin, or undefined where there is none. */
  readonly channel: (name: string) => Channel | undefined;
  readonly visibility: Visibility;
  readonly page: Page;
  /** For what a listener of the host threw: `reportError` where it exists. */
  readonly report: (error: unknown) => void;
  /** For a developer's mistakes only. */
  readonly warn: (message: string) => void;
}

export interface Clock {
  /** Milliseconds since 1970, as this device believes. May be wrong, and may jump. */
  now(): number;
  /** Runs once after `ms` milliseconds; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** Runs once at the end of the present task, before the page can be left by a later one. */
  soon(run: () => void): void;
}

/** Fills the array with random bytes and returns it. */
export type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

export interface IndexedDb {
  readonly factory: IDBFactory;
  readonly keyRange: typeof IDBKeyRange;
}

/** The part of `Storage` in use. `set` may throw: the quota, or a storage that was taken away. */
export interface KeyValue {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  keys(): string[];
}

export interface Locks {
  /** Runs `run` alone among all holders of `name` in this origin. */
  request<T>(name: string, run: () => Promise<T>): Promise<T>;
}

export interface Channel {
  post(message: unknown): void;
  /** Calls `run`, and nobody who asked before, for each message of another tab, never for its own. */
  onMessage(run: (message: unknown) => void): void;
  close(): void;
}

export interface Visibility {
  /** `hidden` when the page is hidden or left, `shown` when it is shown again, `restored` when it comes out of the back/forward cache. */
  onChange(run: (state: 'hidden' | 'shown' | 'restored') => void): () => void;
}

export interface Page {
  /** What the person would call this page: its title, at most 100 characters; undefined outside a page. */
  readonly name: string | undefined;
  /** The language the page says it is in, and those the person prefers, best first; whatever a page may write there. */
  readonly languages: readonly string[];
}
