/**
 * One simulated browser: tabs with their pages, the storages they share or do not, locks, channels, and everything that
 * can happen to a page. Makes the `Platform` that a page's memory is given. Knows nothing of memories.
 */
import type { Channel, KeyValue, Locks, Platform } from '../../src/platform/platform.js';
import { Engine, SimKeyRange } from './indexeddb.js';
import type { Chance } from './random.js';
import { Scheduler, type Lane, type Owner } from './scheduler.js';

type Seen = 'hidden' | 'shown' | 'restored';

/** A page, from its load until it is gone. */
export interface Page extends Owner {
  readonly id: number;
  readonly tab: Tab;
  readonly platform: Platform;
  /** In the back/forward cache. */
  cached: boolean;
  readonly listeners: Set<(state: Seen) => void>;
  readonly timers: Set<() => void>;
  readonly channels: Set<SimChannel>;
  readonly locks: Set<Waiting>;
  readonly fetched: Set<string>;
  readonly reported: unknown[];
  /** What the clock of its process is ahead of the device's, in milliseconds. */
  readonly skew: number;
  /** Local storage as the page's process has it. */
  local: Map<string, string>;
  /** Which of all writes to local storage was its own last, by key. */
  readonly wrote: Map<string, number>;
  readonly lane: Lane;
}

export interface Tab {
  readonly id: number;
  session: Map<string, string>;
  /** The tabs that this one was duplicated from, itself included. */
  readonly from: ReadonlySet<number>;
  page: Page | undefined;
  readonly cache: Page[];
}

interface SimChannel {
  readonly page: Page;
  readonly name: string;
  readonly listeners: Set<(message: unknown) => void>;
}

interface Waiting {
  readonly page: Page;
  readonly name: string;
  held: boolean;
  begin(): void;
}

export interface BrowserFaults {
  localFull: boolean;
  sessionFull: boolean;
  /** How likely a message to another tab is lost. */
  deaf: number;
  /** So many fetches of code fail. */
  code: number;
  /** How long code takes to come, at most. */
  slowCode: number;
}

const NOW = Promise.resolve();
const FULL = () => new DOMException('simulated', 'QuotaExceededError');

export class Browser {
  readonly scheduler: Scheduler;
  readonly engine: Engine;
  readonly faults: BrowserFaults = { localFull: false, sessionFull: false, deaf: 0, code: 0, slowCode: 5 };
  local = new Map<string, string>();
  #written = 0;
  readonly tabs: Tab[] = [];
  hasLocks = true;
  /** How far the clocks of two pages are apart, at most. */
  skew = 0;
  /** How long what one process writes to local storage takes to be seen by another, at most. */
  lag = 1;
  /** Local storage as it would be found after a crash; the browser writes it now and then. */
  #localOnDisk = new Map<string, string>();
  readonly #locks = new Map<string, Waiting[]>();
  readonly #channels = new Set<SimChannel>();
  #pages = 0;
  /** What the device's clock is ahead of the simulation's. */
  #clock = Date.UTC(2026, 0, 1, 9);
  #wrong = 0;

  constructor(public chance: Chance) {
    this.scheduler = new Scheduler(chance);
    this.engine = new Engine(this.scheduler);
  }

  /** What the device believes, or one page on it. */
  wall(page?: Page): number {
    return Math.floor(this.#clock + this.scheduler.now) + (page?.skew ?? 0);
  }

  /** @param ms undefined: it is set right. */
  jump(ms = -this.#wrong): void {
    this.#wrong += ms;
    this.#clock += ms;
  }

  newTab(from?: Tab): Tab {
    const id = this.tabs.length;
    const tab: Tab = {
      id,
      session: new Map(from?.session),
      from: new Set([...(from?.from ?? []), id]),
      page: undefined,
      cache: [],
    };
    this.tabs.push(tab);
    return tab;
  }

  /** Loads a page into a tab; what was there has to be gone. */
  load(tab: Tab): Page {
    const page = {
      id: (this.#pages += 1),
      tab,
      state: 'live',
      cached: false,
      held: [],
      listeners: new Set(),
      timers: new Set(),
      channels: new Set(),
      locks: new Set(),
      fetched: new Set(),
      reported: [],
      skew: this.skew && this.chance.below(2 * this.skew + 1) - this.skew,
      local: new Map(this.local),
      wrote: new Map(),
      lane: { last: 0 },
    } as unknown as Page & { platform: Platform };
    page.platform = this.#platform(page);
    tab.page = page;
    return page;
  }

  show(page: Page, state: Seen): void {
    this.scheduler.do(page, () => {
      for (const run of [...page.listeners]) run(state);
    });
  }

  /** The page is left, and is no more. Told beforehand, unless it `crashes`. */
  leave(page: Page, crashes = false): void {
    if (page.state === 'dead') return;
    if (!crashes) this.show(page, 'hidden');
    page.state = 'dead';
    if (page.tab.page === page) page.tab.page = undefined;
    const at = page.tab.cache.indexOf(page);
    if (at >= 0) page.tab.cache.splice(at, 1);
    for (const channel of page.channels) this.#channels.delete(channel);
    this.engine.leave(page);
    for (const lock of [...page.locks]) this.#release(lock);
  }

  freeze(page: Page): void {
    if (page.state === 'live') page.state = 'frozen';
  }

  thaw(page: Page): void {
    this.scheduler.thaw(page);
  }

  /** Puts a page into the back/forward cache; false where the browser would not: it holds a lock, or a transaction is open. */
  cache(page: Page): boolean {
    this.show(page, 'hidden');
    const busy =
      [...page.locks].some(({ held }) => held) ||
      [...this.engine.bases.values()].some(({ queue }) => queue.some(({ db }) => db.owner === page));
    if (busy || page.state !== 'live') return false;
    page.state = 'frozen';
    page.cached = true;
    page.tab.page = undefined;
    page.tab.cache.push(page);
    this.engine.cache();
    return true;
  }

  /** Brings a page back from the cache. What it hears first is that it was away. */
  restore(page: Page): void {
    page.tab.cache.splice(page.tab.cache.indexOf(page), 1);
    page.tab.page = page;
    page.cached = false;
    page.local = new Map(this.local);
    page.state = 'live';
    this.show(page, 'restored');
    page.state = 'frozen';
    this.scheduler.thaw(page);
  }

  /** All pages are gone, what was only buffered may be lost, and of local storage what was written last. */
  crash(losesLocal: boolean, losesSessions: boolean): void {
    for (const tab of this.tabs) {
      for (const page of [...tab.cache, ...(tab.page ? [tab.page] : [])]) this.leave(page, true);
      if (losesSessions) tab.session = new Map();
    }
    this.engine.crash();
    if (losesLocal) this.local = new Map(this.#localOnDisk);
  }

  /** Somebody clears the site's data: all of them, or what is in local storage alone. No page is told. */
  clear(all: boolean): void {
    this.local.clear();
    this.#localOnDisk.clear();
    for (const { page, cache, session } of this.tabs) {
      for (const one of [...cache, ...(page ? [page] : [])]) one.local.clear();
      if (all) session.clear();
    }
    if (all) this.engine.clear();
  }

  /** Something else of the site writes what is no record of ours where one stands. */
  spoil(store: Map<string, string>, suffix: string): void {
    for (const [key, text] of store)
      if (key.endsWith(suffix)) store.set(key, text.slice(0, this.chance.below(text.length)));
  }

  /** The browser comes to write what it has of local storage. */
  flushLocal(): void {
    this.#localOnDisk = new Map(this.local);
  }

  // --- what a page is given -------------------------------------------------------------------

  #platform(page: Page): Platform {
    const { scheduler, chance, engine } = this;
    const wall = () => this.wall(page);
    return {
      clock: {
        now: wall,
        after(ms, run) {
          const stop = () => {
            cancel();
            page.timers.delete(stop);
          };
          const cancel = scheduler.after(page, ms, () => {
            page.timers.delete(stop);
            run();
          });
          page.timers.add(stop);
          return stop;
        },
        // Node's `queueMicrotask` keeps more than a promise does.
        soon: (run) => void NOW.then(run),
      },
      random(bytes) {
        for (let at = 0; at < bytes.length; at += 1) bytes[at] = chance.below(256);
        return bytes;
      },
      indexedDB: {
        factory: engine.factory(page) as unknown as IDBFactory,
        keyRange: SimKeyRange as unknown as typeof IDBKeyRange,
      },
      session: keyValue(
        () => page.tab.session,
        () => this.faults.sessionFull,
      ),
      local: this.#localOf(page),
      locks: this.hasLocks ? this.#lockManager(page) : undefined,
      channel: (name) => this.#channel(page, name),
      visibility: {
        onChange(run) {
          page.listeners.add(run);
          return () => void page.listeners.delete(run);
        },
      },
      page: { name: 'A page', languages: ['en'] },
      report: (error) => void page.reported.push(error),
      warn: () => undefined,
    };
  }

  /** What `import()` is made of: code that a page has not fetched yet takes its time, or does not come. */
  code<T>(name: string, there: () => Promise<T>): Promise<T> {
    const page = this.scheduler.current as Page | undefined;
    if (!page || page.fetched.has(name)) return there();
    return new Promise((resolve, reject) => {
      this.scheduler.after(page, this.chance.next() * this.faults.slowCode, () => {
        if (this.faults.code > 0) {
          this.faults.code -= 1;
          return reject(new TypeError(`simulated: ${name} could not be fetched`));
        }
        page.fetched.add(name);
        resolve(there());
      });
    });
  }

  /** Each page has its own copy: what another writes comes a moment later, and before its messages do. */
  #localOf(page: Page): KeyValue {
    const mine = keyValue(
      () => page.local,
      () => this.faults.localFull,
    );
    const told = (key: string) => {
      const value = page.local.get(key);
      const nth = (this.#written += 1);
      page.wrote.set(key, nth);
      if (value === undefined) this.local.delete(key);
      else this.local.set(key, value);
      for (const { page: other, cache } of this.tabs)
        for (const one of [...cache, ...(other ? [other] : [])])
          if (one !== page)
            // It is the process that keeps the copy, not the page: a frozen one has it too.
            this.scheduler.soon(undefined, one.lane, this.lag, () => {
              // In the order it was written, but for what it has itself written since.
              if ((one.wrote.get(key) ?? 0) > nth) return;
              if (value === undefined) one.local.delete(key);
              else one.local.set(key, value);
            });
    };
    return {
      ...mine,
      set(key, value) {
        mine.set(key, value);
        told(key);
      },
      remove(key) {
        if (!page.local.has(key)) return;
        mine.remove(key);
        told(key);
      },
    };
  }

  #channel(page: Page, name: string): Channel {
    const channel: SimChannel = { page, name, listeners: new Set() };
    this.#channels.add(channel);
    page.channels.add(channel);
    return {
      post: (message) => {
        const text = JSON.stringify(message);
        for (const other of this.#channels) {
          if (other === channel || other.name !== name || this.chance.happens(this.faults.deaf)) continue;
          this.scheduler.soon(other.page, other.page.lane, 3, () => {
            for (const run of [...other.listeners]) run(text === undefined ? undefined : JSON.parse(text));
          });
        }
      },
      onMessage(run) {
        channel.listeners.add(run);
        return () => void channel.listeners.delete(run);
      },
      close: () => {
        this.#channels.delete(channel);
        page.channels.delete(channel);
      },
    };
  }

  #lockManager(page: Page): Locks {
    return {
      request: (name, run) =>
        new Promise((resolve, reject) => {
          const lock: Waiting = {
            page,
            name,
            held: false,
            begin: () => {
              lock.held = true;
              this.scheduler.soon(page, { last: 0 }, 1, () => {
                const done = (then: () => void) => () => {
                  this.#release(lock);
                  then();
                };
                run().then(
                  (result) => done(() => resolve(result))(),
                  (error: unknown) => done(() => reject(error as Error))(),
                );
              });
            },
          };
          const line = this.#locks.get(name) ?? [];
          this.#locks.set(name, line);
          page.locks.add(lock);
          line.push(lock);
          if (line.length === 1) lock.begin();
        }),
    };
  }

  #release(lock: Waiting): void {
    lock.page.locks.delete(lock);
    const line = this.#locks.get(lock.name) ?? [];
    const at = line.indexOf(lock);
    if (at >= 0) line.splice(at, 1);
    if (!line[0]) this.#locks.delete(lock.name);
    else if (!line[0].held) line[0].begin();
  }
}

function keyValue(map: () => Map<string, string>, full: () => boolean): KeyValue {
  return {
    get: (key) => map().get(key),
    set(key, value) {
      if (full()) throw FULL();
      map().set(key, value);
    },
    remove: (key) => void map().delete(key),
    keys: () => [...map().keys()],
  };
}
