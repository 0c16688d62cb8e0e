/**
 * An IndexedDB of the simulator's own: the part that src/store uses, with what is only buffered apart from what is
 * durable, and with the faults a browser has. Knows no page beyond an owner of tasks, and nothing of memories.
 */
import type { Chance } from './random.js';
import type { Lane, Owner, Scheduler } from './scheduler.js';

export type Key = string | number | readonly Key[];
type Value = unknown;
type Record = [key: Key, value: Value];

/** What goes wrong next; each is used up, `full` stays until it is taken away. */
export interface IndexedDbFaults {
  /** The disk is full: what puts something succeeds, and its transaction aborts at the commit. */
  full: boolean;
  /** So many characters the device has room for, if it has no more: a commit that makes it more is refused, one that makes it less is not. */
  room: number | undefined;
  /** So many commits of what was written fail. */
  commits: number;
  /** So many requests of writing transactions fail. */
  requests: number;
  /** So many commits are done, and their page is told that they were not: the connection went meanwhile. */
  unheard: number;
  /** So many attempts to open fail. */
  opens: number;
}

/** What a writing transaction has done to a database, or would have. */
export interface Ended {
  readonly name: string;
  readonly base: Base;
  readonly owner: Owner;
  /** `no room`: refused for want of it, and nothing has changed. */
  readonly how: 'done' | 'no room';
  /** It is done, and its page believes that it is not. */
  readonly unheard: boolean;
  readonly changes: readonly Change[];
  /** The records that it has read, as they were then. */
  readonly read: ReadonlySet<Record>;
}

/** One record, as it was and as it is. */
export interface Change {
  readonly store: string;
  readonly key: Key;
  readonly before?: Record;
  readonly after?: Record;
}

export const NO_FAULTS: IndexedDbFaults = {
  full: false,
  room: undefined,
  commits: 0,
  requests: 0,
  unheard: 0,
  opens: 0,
};

export class Engine {
  readonly bases = new Map<string, Base>();
  readonly faults: IndexedDbFaults = { ...NO_FAULTS };
  /** Is told of every writing transaction, when it is done or refused. */
  watch: (ended: Ended) => void = () => undefined;
  /** Records that the browser cannot give any more, and the error with which it does not. */
  readonly unreadable = new WeakMap<Record, string>();
  /** Whether this browser reads an index backwards in one request (Chromium 141). */
  records = false;
  /** Whether making a database is buffered, as other relaxed transactions are. */
  buffersNew = false;
  readonly #waiting = new Map<string, Asked[]>();

  constructor(readonly scheduler: Scheduler) {}

  get chance(): Chance {
    return this.scheduler.chance;
  }

  /** The `IDBFactory` of one page. */
  factory(owner: Owner): SimFactory {
    return new SimFactory(this, owner);
  }

  /** The page is gone: what it had not asked to be committed never was. */
  leave(owner: Owner): void {
    for (const base of this.bases.values())
      for (const connection of [...base.connections])
        if (connection.owner === owner) {
          for (const tx of [...base.queue])
            if (tx.db === connection && tx.state !== 'committing') tx.undo('AbortError', false);
          connection.end();
        }
    for (const asked of [...this.#waiting.values()].flat()) if (asked.owner === owner) asked.dead = true;
    for (const name of this.#waiting.keys()) this.next(name);
  }

  /** The browser is gone: of what is only buffered the newest part is lost. */
  crash(): void {
    for (const base of [...this.bases.values()]) {
      for (const tx of [...base.queue].reverse()) tx.undo('AbortError', false);
      base.queue.length = 0;
      base.connections.clear();
      const kept = this.chance.below(base.buffered.length + 1);
      for (const undo of base.buffered.splice(kept).reverse()) undo();
      base.buffered.length = 0;
    }
    this.#waiting.clear();
  }

  /** The browser closes the connections of a database. With `told` they hear of it; else each use of one fails from now on. */
  lose(base: Base, told: boolean): void {
    for (const connection of [...base.connections]) {
      for (const tx of [...base.queue])
        if (tx.db === connection && tx.state !== 'committing') tx.undo(told ? 'AbortError' : 'UnknownError');
      if (told) connection.lose();
      else connection.lost = true;
    }
  }

  /** The databases that are to be deleted, and that somebody holds open. */
  held(): string[] {
    return [...this.#waiting].flatMap(([name, [asked]]) => (asked?.begun && asked.retry ? name : []));
  }

  /** A page goes into the back/forward cache: what waits for a connection of its is asked again. */
  cache(): void {
    for (const name of this.#waiting.keys()) this.next(name);
  }

  /** Site data are cleared: each database is gone, and every handle to one is dead. Whether a page hears of it is chance. */
  clear(): void {
    for (const [name, base] of [...this.bases]) {
      for (const connection of base.connections) connection.gone = true;
      for (const tx of [...base.queue]) tx.undo('AbortError');
      this.lose(base, this.chance.happens(0.5));
      for (const connection of [...base.connections]) connection.end();
      this.bases.delete(name);
      base.buffered.length = 0;
    }
  }

  /** Everything in it, or in one database, as text. */
  text(one?: string): string {
    const bases = [...this.bases].filter(([name]) => one === undefined || name === one);
    return JSON.stringify(
      bases.map(([name, { stores }]) => [name, [...stores].map(([store, { records }]) => [store, records])]),
    );
  }

  /** One record is not what it should be: it is there and cannot be read, or `value` stands where it was. Gives it as it is now. */
  spoil(data: StoreData, record: Record, how: { error: string } | { value: Value }): Record {
    const spoilt: Record = [record[0], 'value' in how ? how.value : record[1]];
    data.records[data.records.indexOf(record)] = spoilt;
    if ('error' in how) this.unreadable.set(spoilt, how.error);
    return spoilt;
  }

  /** The value of a record, if the browser can give it. */
  read(record: Record): Value {
    const error = this.unreadable.get(record);
    if (error !== undefined) throw failure(error);
    return copy(record[1]);
  }

  ask(asked: Asked): void {
    const line = this.#waiting.get(asked.name) ?? [];
    this.#waiting.set(asked.name, line);
    line.push(asked);
    if (line.length === 1) this.next(asked.name);
  }

  next(name: string): void {
    const line = this.#waiting.get(name);
    while (line?.[0]?.dead) line.shift();
    const asked = line?.[0];
    if (!line || !asked) return void this.#waiting.delete(name);
    if (asked.begun) return asked.retry?.();
    asked.begun = true;
    this.scheduler.soon(undefined, asked.lane, 3, () => {
      if (line[0] !== asked || asked.dead) return this.next(name);
      asked.run(() => {
        if (line[0] === asked) line.shift();
        this.next(name);
      });
    });
  }
}

interface Asked {
  readonly name: string;
  readonly owner: Owner;
  readonly lane: Lane;
  begun?: boolean;
  dead?: boolean;
  run(done: () => void): void;
  /** Called when a connection to the database has ended. */
  retry?(): void;
}

/** One database. */
class Base {
  version = 0;
  readonly stores = new Map<string, StoreData>();
  readonly connections = new Set<SimDatabase>();
  /** Transactions that have not ended, in the order they were begun. */
  readonly queue: SimTransaction[] = [];
  /** What takes back each commit that is not durable yet, oldest first. */
  buffered: (() => void)[] = [];
}

class StoreData {
  records: Record[] = [];
  nextKey = 1;
  readonly indexes = new Map<string, { path: Key; unique: boolean }>();
  constructor(
    readonly name: string,
    readonly keyPath: Key | undefined,
    readonly autoIncrement: boolean,
  ) {}
}

// --- events -----------------------------------------------------------------------------------

interface SimEvent {
  readonly type: string;
  readonly target: Emitter;
  prevented: boolean;
  preventDefault(): void;
}
type Listener = (event: SimEvent) => void;

class Emitter {
  readonly #listeners = new Map<string, Set<Listener>>();

  addEventListener(type: string, run: Listener): void {
    const all = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, all.add(run));
  }

  removeEventListener(type: string, run: Listener): void {
    this.#listeners.get(type)?.delete(run);
  }

  /** True when nobody has prevented what follows from it. */
  fire(type: string, target: Emitter = this): boolean {
    const event: SimEvent = {
      type,
      target,
      prevented: false,
      preventDefault() {
        event.prevented = true;
      },
    };
    (this as unknown as { [on: string]: Listener | null | undefined })[`on${type}`]?.(event);
    for (const run of [...(this.#listeners.get(type) ?? [])]) run(event);
    return !event.prevented;
  }
}

const failure = (name: string) => new DOMException(`simulated ${name}`, name);

// --- requests ---------------------------------------------------------------------------------

export class SimRequest extends Emitter {
  result: unknown = undefined;
  error: DOMException | null = null;
  onsuccess: Listener | null = null;
  onerror: Listener | null = null;
  constructor(public transaction: SimTransaction | null = null) {
    super();
  }
}

export class SimOpenRequest extends SimRequest {
  onupgradeneeded: Listener | null = null;
  onblocked: Listener | null = null;
}

class SimFactory {
  readonly #lane: Lane = { last: 0 };
  constructor(
    readonly engine: Engine,
    readonly owner: Owner,
  ) {}

  open(name: string, version?: number): SimOpenRequest {
    const { engine, owner } = this;
    const { scheduler, faults, bases } = engine;
    const request = new SimOpenRequest();
    const lane = { last: 0 };
    const fail = (error: string, done: () => void) => {
      // The next in line waits for no page.
      done();
      scheduler.soon(owner, lane, 1, () => {
        request.error = failure(error);
        request.fire('error');
      });
    };
    engine.ask({
      name,
      owner,
      lane,
      run: (done) => {
        if (faults.opens > 0) {
          faults.opens -= 1;
          return fail('UnknownError', done);
        }
        const there = bases.get(name);
        if (there) {
          if (version !== undefined && version < there.version) return fail('VersionError', done);
          const database = new SimDatabase(engine, there, name, owner, lane);
          request.result = database;
          done();
          return scheduler.soon(owner, lane, 2, () => request.fire('success'));
        }
        // Nor for one in the back/forward cache to say what is to be in it (README, L4).
        if (owner.cached) return fail('AbortError', done);
        const base = new Base();
        base.version = version ?? 1;
        bases.set(name, base);
        const database = new SimDatabase(engine, base, name, owner, lane);
        const tx = new SimTransaction(database, 'versionchange', 'default');
        tx.removesBase = name;
        request.result = database;
        request.transaction = tx;
        tx.addEventListener('complete', () => {
          request.transaction = null;
          scheduler.soon(owner, lane, 1, () => {
            if (!database.closing) request.fire('success');
            else {
              request.error = failure('AbortError');
              request.fire('error');
            }
          });
          done();
        });
        const aborted = () => {
          request.transaction = null;
          request.result = undefined;
          fail('AbortError', () => undefined);
          database.end();
          done();
        };
        tx.addEventListener('abort', aborted);
        tx.whenLeft = done;
        scheduler.soon(owner, lane, 2, () => tx.run(() => request.fire('upgradeneeded')));
      },
    });
    return request;
  }

  deleteDatabase(name: string): SimOpenRequest {
    const { engine, owner } = this;
    const { scheduler, bases } = engine;
    const request = new SimOpenRequest();
    const lane = { last: 0 };
    engine.ask({
      name,
      // Once asked for it is the browser's, whatever becomes of the page.
      owner: { state: 'live', held: [] },
      lane,
      run(done) {
        const base = bases.get(name);
        const finish = () => {
          bases.delete(name);
          scheduler.soon(owner, lane, 1, () => request.fire('success'));
          done();
        };
        if (!base) return finish();
        for (const connection of base.connections)
          scheduler.soon(connection.owner, connection.lane, 2, () => {
            if (!connection.closing) connection.fire('versionchange');
          });
        this.retry = () => {
          // No browser lets a page in the back/forward cache hold it (README, L4). Ending one asks again.
          for (const connection of base.connections) if (connection.owner.cached) return connection.lose();
          if (base.connections.size === 0) finish();
        };
        this.retry();
      },
    });
    return request;
  }

  databases(): Promise<{ name: string; version: number }[]> {
    const { engine, owner } = this;
    return new Promise((resolve) =>
      engine.scheduler.soon(owner, this.#lane, 2, () =>
        resolve([...engine.bases].map(([name, { version }]) => ({ name, version }))),
      ),
    );
  }
}

export class SimDatabase extends Emitter {
  onversionchange: Listener | null = null;
  onclose: Listener | null = null;
  closing = false;
  /** The browser does not serve it any more and has not said so. */
  lost = false;
  /** What it was of is there no more. */
  gone = false;
  readonly version: number;

  constructor(
    readonly engine: Engine,
    readonly base: Base,
    readonly name: string,
    readonly owner: Owner,
    /** That of the request that opened it: nothing is told of it before it is there. */
    readonly lane: Lane,
  ) {
    super();
    this.version = base.version;
    base.connections.add(this);
  }

  get objectStoreNames() {
    return names(this.base);
  }

  createObjectStore(name: string, options: { keyPath?: Key; autoIncrement?: boolean } = {}): SimStore {
    this.base.stores.set(name, new StoreData(name, options.keyPath, options.autoIncrement ?? false));
    return (this.base.queue.at(-1) as SimTransaction).objectStore(name);
  }

  transaction(_: unknown, mode: Mode, options?: { durability?: string }): SimTransaction {
    if (this.closing || this.gone) throw failure('InvalidStateError');
    return new SimTransaction(this, mode, options?.durability ?? 'default');
  }

  close(): void {
    this.closing = true;
    if (!this.base.queue.some(({ db }) => db === this)) this.end();
  }

  /** The browser closes it, and says so. */
  lose(): void {
    this.end();
    this.engine.scheduler.soon(this.owner, this.lane, 2, () => this.fire('close'));
  }

  /** It is closed, and whoever waits for that goes on. */
  end(): void {
    this.closing = true;
    if (this.base.connections.delete(this)) this.engine.next(this.name);
  }
}

function names({ stores }: Base): string[] & { contains(name: string): boolean } {
  return Object.assign([...stores.keys()].sort(), { contains: (name: string) => stores.has(name) });
}

// --- transactions -----------------------------------------------------------------------------

type Mode = 'readonly' | 'readwrite' | 'versionchange';

export class SimTransaction extends Emitter {
  oncomplete: Listener | null = null;
  onabort: Listener | null = null;
  onerror: Listener | null = null;
  error: DOMException | null = null;
  state: 'open' | 'committing' | 'done' = 'open';
  /** A new database that goes with the transaction that was to make it. */
  removesBase: string | undefined;
  whenLeft: () => void = () => undefined;
  #active = true;
  #closed = false;
  #puts = false;
  #requests: { serve: () => void; request: SimRequest }[] = [];
  #busy = false;
  #undo: (() => void)[] = [];
  #changes: Change[] = [];
  readonly #read = new Set<Record>();

  constructor(
    readonly db: SimDatabase,
    readonly mode: Mode,
    readonly durability: string,
  ) {
    super();
    db.base.queue.push(this);
    // That of a new database begins when its page is told.
    if (mode !== 'versionchange') this.#pauseAtEnd();
  }

  get objectStoreNames() {
    return names(this.db.base);
  }

  objectStore(name: string): SimStore {
    const data = this.db.base.stores.get(name);
    if (!data) throw failure('NotFoundError');
    return new SimStore(this, name, data);
  }

  abort(): void {
    if (this.state !== 'open') throw failure('InvalidStateError');
    this.undo(undefined);
  }

  /** Nothing more is asked. A page that leaves before it is done still takes it with it: the worse of what browsers do. */
  commit(): void {
    if (!this.#active || this.state !== 'open') throw failure('InvalidStateError');
    this.#active = false;
    this.#closed = true;
  }

  /** Runs what its requests' listeners do while it is active. */
  run(work: () => void): void {
    if (this.state !== 'open') return;
    this.#active = !this.#closed;
    this.#pauseAtEnd();
    work();
  }

  /** Asks for something; `work` gives the result when its turn has come. */
  ask(work: () => unknown, request = new SimRequest(this)): SimRequest {
    if (!this.#active || this.state !== 'open') throw failure('TransactionInactiveError');
    const serve = () => {
      const { faults } = this.db.engine;
      const fails = this.db.lost || (this.mode === 'readwrite' && faults.requests > 0);
      if (fails && !this.db.lost) faults.requests -= 1;
      let error = fails ? failure('UnknownError') : null;
      if (!error)
        try {
          request.result = work();
        } catch (thrown) {
          if (!(thrown instanceof DOMException)) throw thrown;
          error = thrown;
        }
      request.error = error;
      this.run(() => {
        if (!error) request.fire('success');
        else if (request.fire('error') && this.fire('error', request)) this.undo(error.name);
      });
    };
    this.#requests.push({ serve, request });
    this.pump();
    return request;
  }

  /** Serves the next request when all that stands in its way has ended. */
  pump(): void {
    if (this.#busy || this.state !== 'open' || !this.#requests.length || !this.#isFirst()) return;
    this.#busy = true;
    const { owner, lane, engine } = this.db;
    engine.scheduler.soon(owner, lane, 0.6, () => {
      this.#busy = false;
      if (this.state === 'open') this.#requests.shift()?.serve();
    });
  }

  #isFirst(): boolean {
    for (const one of this.db.base.queue) {
      if (one === this) return true;
      if (one.mode !== 'readonly' || this.mode !== 'readonly') return false;
    }
    return true;
  }

  #pauseAtEnd(): void {
    this.db.engine.scheduler.atEnd(() => {
      this.#active = false;
      if (this.state !== 'open') return;
      if (this.#requests.length) this.pump();
      else this.#commit();
    });
  }

  #commit(): void {
    const { engine, base, owner, lane } = this.db;
    const { faults, scheduler } = engine;
    if (this.mode === 'readonly') {
      this.#end();
      return this.#tell('complete');
    }
    this.state = 'committing';
    scheduler.soon(undefined, { last: 0 }, 2, () => {
      if (this.state !== 'committing') return;
      const fails = faults.commits > 0 && this.#undo.length > 0;
      if (fails) faults.commits -= 1;
      const tooMuch = this.#puts && (faults.full || engine.text().length > (faults.room ?? Infinity));
      if (fails || tooMuch) {
        const error = fails && engine.chance.happens(0.5) ? 'UnknownError' : 'QuotaExceededError';
        if (error === 'QuotaExceededError') this.#watched('no room', false);
        this.state = 'open';
        return this.undo(error);
      }
      const undo = this.#undo;
      const buffered = this.mode === 'versionchange' ? engine.buffersNew : this.durability !== 'strict';
      if (!buffered) base.buffered.length = 0;
      else
        base.buffered.push(() => {
          for (const back of undo.reverse()) back();
          if (this.removesBase !== undefined) engine.bases.delete(this.removesBase);
        });
      const unheard = this.mode === 'readwrite' && faults.unheard > 0 && undo.length > 0;
      this.#end();
      this.#watched('done', unheard);
      if (owner.state === 'dead') this.whenLeft();
      if (!unheard) return this.#tell('complete');
      faults.unheard -= 1;
      this.error = failure('UnknownError');
      this.#tell('abort');
    });
    void lane;
  }

  #watched(how: Ended['how'], unheard: boolean): void {
    const { engine, name, base, owner } = this.db;
    engine.watch({ name, base, owner, how, unheard, changes: this.#changes, read: this.#read });
  }

  /** Takes back all it has done. */
  undo(error: string | undefined, told = true): void {
    if (this.state === 'done') return;
    this.error = error === undefined ? null : failure(error);
    for (const back of this.#undo.reverse()) back();
    this.#undo = [];
    const unserved = this.#requests.splice(0);
    this.#active = false;
    const { engine, owner, lane } = this.db;
    if (told)
      for (const { request } of unserved)
        engine.scheduler.soon(owner, lane, 0.5, () => {
          request.error = failure('AbortError');
          request.fire('error');
        });
    if (this.removesBase !== undefined) engine.bases.delete(this.removesBase);
    this.#end();
    if (told) this.#tell('abort');
    else this.whenLeft();
  }

  #end(): void {
    const { base } = this.db;
    this.state = 'done';
    base.queue.splice(base.queue.indexOf(this), 1);
    if (this.db.closing && !base.queue.some(({ db }) => db === this.db)) this.db.end();
    for (const one of [...base.queue]) one.pump();
  }

  #tell(type: 'complete' | 'abort'): void {
    const { owner, lane, engine } = this.db;
    engine.scheduler.soon(owner, lane, 0.5, () => this.fire(type));
  }

  /** The value of a record, if the browser can give it. */
  read(record: Record): Value {
    const value = this.db.engine.read(record);
    if (this.mode === 'readwrite') this.#read.add(record);
    return value;
  }

  // What changes a store goes through these two, which know how to take it back.

  put(data: StoreData, key: Key, value: Value): void {
    this.#puts = true;
    const { records } = data;
    const at = place(records, key);
    const before = records[at];
    const after: Record = [key, value];
    if (before && compareKeys(before[0], key) === 0) {
      records[at] = after;
      this.#changes.push({ store: data.name, key, before, after });
      this.#undo.push(() => (data.records[place(data.records, key)] = before));
    } else {
      records.splice(at, 0, after);
      this.#changes.push({ store: data.name, key, after });
      this.#undo.push(() => data.records.splice(place(data.records, key), 1));
    }
  }

  remove(data: StoreData, range: SimKeyRange): void {
    const [from, to] = span(data.records, range);
    if (from === to) return;
    const gone = data.records.splice(from, to - from);
    this.#changes.push(...gone.map((before) => ({ store: data.name, key: before[0], before })));
    this.#undo.push(() => data.records.splice(place(data.records, (gone[0] as Record)[0]), 0, ...gone));
  }
}

// --- stores, indexes, cursors -----------------------------------------------------------------

type Query = Key | SimKeyRange | null | undefined;

export class SimStore {
  constructor(
    readonly transaction: SimTransaction,
    readonly name: string,
    readonly data: StoreData,
  ) {}

  createIndex(name: string, path: Key, { unique = false } = {}): void {
    this.data.indexes.set(name, { path, unique });
  }

  index(name: string): SimIndex {
    const index = this.data.indexes.get(name);
    if (!index) throw failure('NotFoundError');
    return new SimIndex(this, index.path);
  }

  get(query: Query) {
    return this.transaction.ask(() => this.found(query).slice(0, 1).map(this.#read)[0]);
  }
  getKey(query: Query) {
    return this.transaction.ask(() => this.found(query)[0]?.[0]);
  }
  getAll(query?: Query, count?: number) {
    return this.transaction.ask(() => this.found(query, count).map(this.#read));
  }
  getAllKeys(query?: Query, count?: number) {
    return this.transaction.ask(() => this.found(query, count).map(([key]) => key));
  }
  count(query?: Query) {
    return this.transaction.ask(() => this.found(query).length);
  }
  put(value: Value, key?: Key) {
    const { data, transaction } = this;
    if (transaction.mode === 'readonly') throw failure('ReadOnlyError');
    const stored = copy(value);
    const at = key ?? (data.keyPath === undefined ? undefined : keyAt(stored, data.keyPath));
    if (at === undefined && !data.autoIncrement) throw failure('DataError');
    return transaction.ask(() => {
      const where = at ?? data.nextKey++;
      for (const { path, unique } of data.indexes.values()) {
        const own = keyAt(stored, path);
        const other =
          unique && own !== undefined && data.records.find(([, one]) => same(keyAt(one, path), own));
        if (other && compareKeys(other[0], where) !== 0) throw failure('ConstraintError');
      }
      transaction.put(data, where, stored);
      return where;
    });
  }
  delete(query: Key | SimKeyRange) {
    const { data, transaction } = this;
    if (transaction.mode === 'readonly') throw failure('ReadOnlyError');
    return transaction.ask(() => transaction.remove(data, rangeOf(query)));
  }
  clear() {
    return this.delete(everything);
  }
  openCursor(query?: Query, direction: IDBCursorDirection = 'next') {
    return openCursor(this.transaction, () => this.found(query), direction);
  }

  readonly #read = (record: Record) => this.transaction.read(record);

  found(query: Query, count = Infinity): Record[] {
    const [from, to] = span(this.data.records, rangeOf(query));
    return this.data.records.slice(from, Math.min(to, from + count));
  }
}

export class SimIndex {
  constructor(
    readonly store: SimStore,
    readonly path: Key,
  ) {
    if (store.transaction.db.engine.records)
      Object.assign(this, { getAllRecords: () => store.transaction.ask(() => []) });
  }

  getAll(query?: Query | { direction: string; count: number }, count?: number) {
    const { transaction } = this.store;
    if (query && typeof query === 'object' && 'direction' in query)
      return transaction.ask(() =>
        this.#found(undefined)
          .reverse()
          .slice(0, query.count)
          .map(({ record }) => transaction.read(record)),
      );
    return transaction.ask(() =>
      this.#found(query as Query)
        .slice(0, count)
        .map(({ record }) => transaction.read(record)),
    );
  }
  getKey(query: Query) {
    return this.store.transaction.ask(() => this.#found(query)[0]?.record[0]);
  }
  getAllKeys(query?: Query) {
    return this.store.transaction.ask(() => this.#found(query).map(({ record }) => record[0]));
  }
  count(query?: Query) {
    return this.store.transaction.ask(() => this.#found(query).length);
  }
  openCursor(query?: Query, direction: IDBCursorDirection = 'next') {
    return openCursor(
      this.store.transaction,
      () => this.#found(query).map(({ record }) => record),
      direction,
    );
  }

  #found(query: Query) {
    const range = rangeOf(query);
    return this.store.data.records
      .flatMap((record) => {
        const key = keyAt(record[1], this.path);
        return key !== undefined && range.includes(key) ? { key, record } : [];
      })
      .sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.record[0], b.record[0]));
  }
}

export class SimCursor {
  key: Key = '';
  primaryKey: Key = '';
  value: unknown;
  constructor(
    readonly request: SimRequest,
    readonly transaction: SimTransaction,
    private readonly left: Record[],
  ) {}

  advance(count: number): void {
    this.transaction.ask(() => this.step(count), this.request);
  }
  continue(): void {
    this.advance(1);
  }
  continuePrimaryKey(): void {
    throw failure('InvalidAccessError');
  }
  step(count: number): SimCursor | null {
    this.left.splice(0, count - 1);
    const next = this.left.shift();
    if (!next) return null;
    this.key = this.primaryKey = next[0];
    this.value = this.transaction.read(next);
    return this;
  }
}

function openCursor(tx: SimTransaction, find: () => Record[], direction: IDBCursorDirection): SimRequest {
  const request = new SimRequest(tx);
  return tx.ask(() => {
    const found = [...find()];
    if (direction.startsWith('prev')) found.reverse();
    return new SimCursor(request, tx, found).step(1);
  }, request);
}

// --- keys -------------------------------------------------------------------------------------

export class SimKeyRange {
  constructor(
    readonly lower: Key | undefined,
    readonly upper: Key | undefined,
    readonly lowerOpen = false,
    readonly upperOpen = false,
  ) {}
  static only(key: Key) {
    return new SimKeyRange(key, key);
  }
  static bound(lower: Key, upper: Key, lowerOpen = false, upperOpen = false) {
    return new SimKeyRange(lower, upper, lowerOpen, upperOpen);
  }
  static lowerBound(lower: Key, open = false) {
    return new SimKeyRange(lower, undefined, open);
  }
  static upperBound(upper: Key, open = false) {
    return new SimKeyRange(undefined, upper, false, open);
  }
  includes(key: Key): boolean {
    const low = this.lower === undefined ? 1 : compareKeys(key, this.lower);
    const high = this.upper === undefined ? -1 : compareKeys(key, this.upper);
    return (low > 0 || (low === 0 && !this.lowerOpen)) && (high < 0 || (high === 0 && !this.upperOpen));
  }
}

const everything = new SimKeyRange(undefined, undefined);

function rangeOf(query: Query): SimKeyRange {
  if (query === undefined || query === null) return everything;
  return query instanceof SimKeyRange ? query : SimKeyRange.only(query);
}

/** Where in a sorted list the key is, or would be. */
function place(records: readonly Record[], key: Key, after = false): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compareKeys((records[middle] as Record)[0], key);
    if (order < 0 || (after && order === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function span(records: readonly Record[], range: SimKeyRange): [number, number] {
  const from = range.lower === undefined ? 0 : place(records, range.lower, range.lowerOpen);
  const to = range.upper === undefined ? records.length : place(records, range.upper, !range.upperOpen);
  return [from, Math.max(from, to)];
}

function compareKeys(a: Key, b: Key): number {
  const rank = (key: Key) => (typeof key === 'number' ? 0 : typeof key === 'string' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (!Array.isArray(a) || !Array.isArray(b)) return a < b ? -1 : Number(a > b);
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareKeys(a[at] as Key, b[at] as Key);
    if (order) return order;
  }
  return a.length - b.length;
}

const same = (a: Key | undefined, b: Key) => a !== undefined && compareKeys(a, b) === 0;

/** The key at a path of a value; undefined where there is none. */
function keyAt(value: unknown, path: Key): Key | undefined {
  if (Array.isArray(path)) {
    const parts = path.map((part) => keyAt(value, part as Key));
    return parts.includes(undefined) ? undefined : (parts as Key[]);
  }
  let at: unknown = value;
  for (const name of String(path).split('.')) at = (at as { [name: string]: unknown } | undefined)?.[name];
  return typeof at === 'string' || typeof at === 'number' || Array.isArray(at) ? (at as Key) : undefined;
}

/** As a structured clone of JSON and `undefined`; what is stored here is nothing else. */
export function copy<T>(value: T): T {
  if (typeof value === 'function' || typeof value === 'symbol') throw failure('DataCloneError');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  const made: { [name: string]: unknown } = {};
  for (const name of Object.keys(value)) made[name] = copy((value as { [name: string]: unknown })[name]);
  return made as T;
}

/** What `idb` tells the browser's objects by. */
export const globals = {
  IDBRequest: SimRequest,
  IDBDatabase: SimDatabase,
  IDBObjectStore: SimStore,
  IDBIndex: SimIndex,
  IDBCursor: SimCursor,
  IDBTransaction: SimTransaction,
  IDBKeyRange: SimKeyRange,
};

export type { Base, Record, StoreData };
