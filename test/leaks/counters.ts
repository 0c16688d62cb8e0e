/** What a page holds on to, counted from outside: by DevTools where it can see it, else by what the page was given. */
import type { CDPSession, Page } from 'puppeteer-core';

export interface Counts {
  readonly nodes: number;
  readonly listeners: number;
  /** Milliseconds of each that runs. */
  readonly timers: readonly number[];
  readonly connections: number;
  readonly channels: number;
  readonly locks: number;
}

/** In the page, before its scripts: what DevTools cannot count. */
export function count(): void {
  const held = { timers: new Map<number, number>(), connections: 0, channels: 0 };
  const { setTimeout, clearTimeout } = globalThis;
  const scope = globalThis as unknown as {
    held: typeof held;
    setTimeout: (run: () => void, ms?: number) => number;
    clearTimeout: (timer: number) => void;
  };
  scope.held = held;
  scope.setTimeout = (run, ms = 0) => {
    const timer = setTimeout(() => {
      held.timers.delete(timer);
      run();
    }, ms) as unknown as number;
    held.timers.set(timer, ms);
    return timer;
  };
  scope.clearTimeout = (timer) => {
    held.timers.delete(timer);
    clearTimeout(timer);
  };

  const { open } = IDBFactory.prototype;
  const { close } = IDBDatabase.prototype;
  const connected = new WeakSet<IDBDatabase>();
  const leave = (database: IDBDatabase) => {
    if (connected.delete(database)) held.connections -= 1;
  };
  IDBFactory.prototype.open = function (...given) {
    const request = open.apply(this, given);
    request.addEventListener(
      'success',
      () => {
        connected.add(request.result);
        held.connections += 1;
        request.result.addEventListener('close', () => leave(request.result));
      },
      { once: true },
    );
    return request;
  };
  IDBDatabase.prototype.close = function () {
    leave(this);
    close.call(this);
  };

  const Channel = BroadcastChannel;
  globalThis.BroadcastChannel = class extends Channel {
    constructor(name: string) {
      super(name);
      held.channels += 1;
    }
    override close(): void {
      held.channels -= 1;
      super.close();
    }
  };
}

/** After a collection of all that nobody holds. */
export async function countsOf(page: Page, devtools: CDPSession): Promise<Counts> {
  // What a first collection has let go is collected by the second.
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners: listeners } = await devtools.send('Memory.getDOMCounters');
  const rest = await page.evaluate(async () => {
    const { held } = globalThis as unknown as {
      held: { timers: Map<number, number>; connections: number; channels: number };
    };
    const { held: holding = [], pending = [] } = await navigator.locks.query();
    return {
      timers: [...held.timers.values()],
      connections: held.connections,
      channels: held.channels,
      locks: holding.length + pending.length,
    };
  });
  return { nodes, listeners, ...rest };
}

/** How many objects of a class are still held, detached elements for example. */
export async function instancesOf(page: Page, className: string): Promise<number> {
  const prototype = await page.evaluateHandle(
    (name) => (customElements.get(name) ?? (globalThis as Record<string, unknown>)[name]) as object,
    className,
  );
  const own = await prototype.evaluateHandle((one) => (one as { prototype: object }).prototype);
  const found = await page.queryObjects(own);
  const number = await found.evaluate((all) => (all as unknown as unknown[]).length);
  for (const handle of [found, own, prototype]) await handle.dispose();
  return number;
}
