import type { Channel, IndexedDb, KeyValue, Locks, Platform, Visibility } from './platform.js';

/**
 * The platform of a browser page, and of a worker or a server as far as they go: what is not there is
 * undefined. Reads a global only when asked for it, never at import.
 */
export function browserPlatform(): Platform {
  const scope = globalThis;
  return {
    clock: {
      now: () => Date.now(),
      after(ms, run) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      soon: (run) => queueMicrotask(run),
    },
    random: (bytes) => scope.crypto.getRandomValues(bytes),
    // Looked for when they are needed: a start answers before that, and looking is not free.
    get indexedDB() {
      return had(indexedDb);
    },
    get locks() {
      return had((): Locks | undefined => scope.navigator.locks);
    },
    get session() {
      return had(() => keyValue(scope.sessionStorage));
    },
    local: had(() => keyValue(scope.localStorage)),
    channel: (name) => had(() => channel(new scope.BroadcastChannel(name))),
    visibility,
    page: {
      get name() {
        return (scope.document as Document | undefined)?.title.trim().slice(0, 100) || undefined;
      },
      get languages() {
        const page = (scope.document as Document | undefined)?.documentElement.lang ?? '';
        return [page, ...((scope.navigator as Navigator | undefined)?.languages ?? [])];
      },
    },
    // `reportError` raises the page's own error event, as if the listener had thrown by itself.
    report: (error) => ((scope.reportError as typeof reportError | undefined) ?? scope.console.error)(error),
    warn: (message) => scope.console.warn(message),
  };
}

/** Whatever a getter throws (SecurityError in a sandboxed frame, TypeError where it is missing) means "not there". */
function had<T>(read: () => T | null | undefined): T | undefined {
  try {
    return read() ?? undefined;
  } catch {
    return undefined;
  }
}

function indexedDb(): IndexedDb | undefined {
  // A page without an origin has no databases, and Chromium leaves a rejection of its own behind when it is asked for them.
  if (globalThis.origin === 'null') return undefined;
  const { indexedDB: factory, IDBKeyRange: keyRange } = globalThis;
  return (factory as IDBFactory | undefined) && { factory, keyRange };
}

function keyValue(storage: Storage | undefined): KeyValue | undefined {
  return (
    storage && {
      // Access can be taken away while the page is open; then there is nothing to read and nothing to remove.
      get: (key) => had(() => storage.getItem(key)),
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => void had(() => storage.removeItem(key)),
      keys: () => had(() => Object.keys(storage)) ?? [],
    }
  );
}

function channel(broadcast: BroadcastChannel): Channel {
  return {
    post: (message) => broadcast.postMessage(message),
    onMessage(run) {
      broadcast.onmessage = ({ data }) => run(data);
    },
    close: () => broadcast.close(),
  };
}

const visibility: Visibility = {
  onChange(run) {
    const document = globalThis.document as Document | undefined;
    if (!document) return () => undefined;
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener('visibilitychange', () => run(document.hidden ? 'hidden' : 'shown'), {
      signal,
    });
    // Leaving does not always hide first; `unload` would keep the page out of the back/forward cache.
    addEventListener('pagehide', () => run('hidden'), { signal });
    addEventListener('pageshow', (event) => event.persisted && run('restored'), { signal });
    return () => stop.abort();
  },
};
