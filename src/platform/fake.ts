import type { Channel, KeyValue, Platform } from './platform.js';

/**
 * A platform for tests: a clock that moves only when told, a seeded random source, stores in memory,
 * locks and channels shared by the platforms made from one `world`. Give `overrides` for what a test
 * wants real (IndexedDB) or broken.
 */
export interface FakePlatform extends Platform {
  /** Moves the clock on and runs what came due, in order. */
  advance(ms: number): void;
  /** Sets the clock, forwards or back, without running anything. */
  setTime(now: number): void;
  setVisibility(state: 'hidden' | 'shown' | 'restored'): void;
  readonly warnings: readonly string[];
  readonly reported: readonly unknown[];
  readonly world: FakeWorld;
}

/** What several tabs of one browser share. */
export interface FakeWorld {
  readonly local: KeyValue;
  readonly locks: Map<string, Promise<unknown>>;
  readonly channels: Map<string, Set<{ receive(message: unknown): void }>>;
}

export interface FakeOptions {
  /** Default 1: the same seed gives the same bytes. */
  seed?: number;
  /** Default 2026-01-01T00:00:00Z. */
  now?: number;
  world?: FakeWorld;
  overrides?: Partial<Platform>;
}

export function fakeWorld(): FakeWorld {
  return { local: fakeKeyValue(), locks: new Map(), channels: new Map() };
}

export function fakePlatform({
  seed = 1,
  now = Date.UTC(2026, 0, 1),
  world = fakeWorld(),
  overrides = {},
}: FakeOptions = {}): FakePlatform {
  const timers = new Set<{ due: number; run: () => void }>();
  const visibilityListeners = new Set<(state: 'hidden' | 'shown' | 'restored') => void>();
  const warnings: string[] = [];
  const reported: unknown[] = [];
  const next = splitmix32(seed);
  let time = now;

  return {
    clock: {
      now: () => time,
      after(ms, run) {
        const timer = { due: time + ms, run };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
      soon: (run) => queueMicrotask(run),
    },
    random(bytes) {
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = next() & 255;
      return bytes;
    },
    indexedDB: undefined,
    session: fakeKeyValue(),
    local: world.local,
    locks: {
      request: (name, run) => inTurn(world.locks, name, run),
    },
    channel: (name) => fakeChannel(world, name),
    visibility: {
      onChange(run) {
        visibilityListeners.add(run);
        return () => void visibilityListeners.delete(run);
      },
    },
    page: { name: 'A page', languages: ['en'] },
    report: (error) => void reported.push(error),
    warn: (message) => void warnings.push(message),
    ...overrides,
    world,
    warnings,
    reported,
    advance(ms) {
      const end = time + ms;
      for (let timer = nextDue(timers, end); timer; timer = nextDue(timers, end)) {
        timers.delete(timer);
        time = Math.max(time, timer.due);
        timer.run();
      }
      time = end;
    },
    setTime(to) {
      time = to;
    },
    setVisibility(state) {
      for (const run of [...visibilityListeners]) run(state);
    },
  };
}

export function fakeKeyValue(entries: Iterable<readonly [string, string]> = []): KeyValue {
  const map = new Map(entries);
  return {
    get: (key) => map.get(key),
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
    keys: () => [...map.keys()],
  };
}

function nextDue(timers: ReadonlySet<{ due: number; run: () => void }>, end: number) {
  return [...timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
}

async function inTurn<T>(
  held: Map<string, Promise<unknown>>,
  name: string,
  run: () => Promise<T>,
): Promise<T> {
  const before = held.get(name) ?? Promise.resolve();
  const mine = before.then(run, run);
  const settled = mine.catch(() => undefined);
  held.set(name, settled);
  try {
    return await mine;
  } finally {
    if (held.get(name) === settled) held.delete(name);
  }
}

function fakeChannel(world: FakeWorld, name: string): Channel {
  const members = world.channels.get(name) ?? new Set();
  world.channels.set(name, members);
  const me = { receive: (_: unknown): void => undefined };
  members.add(me);
  return {
    post(message) {
      const copy: unknown = structuredClone(message);
      queueMicrotask(() => {
        for (const member of [...members]) if (member !== me) member.receive(copy);
      });
    },
    onMessage(run) {
      me.receive = run;
    },
    close() {
      members.delete(me);
    },
  };
}

/** Small and well spread; the seed decides everything that a history does. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
