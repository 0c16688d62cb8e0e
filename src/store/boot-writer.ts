import type { Platform } from '../platform/platform.js';
import { removeBootRecord, type BootRecord } from './boot-record.js';
import { readGeneration } from './generation.js';
import { nameOf } from './names.js';

export interface BootWriter {
  /** Something in the record has changed: it is written within 250 ms, or earlier when the page is hidden. */
  touch(): void;
  /** Writes now what was touched; resolves when it is written, or must not be, or when a tab that is frozen has the lock. */
  flush(): Promise<void>;
  /** As `flush`, and then writes nothing more. */
  close(): Promise<void>;
}

const EVERY = 250;
/** How long a flush waits for another tab. */
const PATIENCE = 1000;

/**
 * Keeps the boot record up to date, one writer among the tabs at a time. A write that is missed costs freshness, never
 * truth. Without Web Locks (an insecure page) it never writes.
 *
 * @param record what to write at the moment of writing; undefined: nothing may be written now.
 */
export function bootWriter(
  platform: Platform,
  site: string,
  record: () => BootRecord | undefined,
): BootWriter {
  const { clock, local, locks, visibility } = platform;
  let turn: Turn | undefined;

  const unsubscribe = visibility.onChange((state) => {
    // Not to be waited for any more: a page that is being left writes only if it is its turn already.
    if (state === 'hidden' && turn?.held) write(turn);
  });

  function begin(request: NonNullable<typeof locks>['request']): Turn {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const cancel = clock.after(EVERY, end);
    const mine: Turn = { held: false, dirty: true, end, done: Promise.resolve() };
    mine.done = request(nameOf(site, 'boot'), async () => {
      mine.held = true;
      await ended;
      cancel();
      if (turn === mine) turn = undefined;
      write(mine);
    }).catch(() => {
      // InvalidStateError or SecurityError: this page is going or has no locks after all. As without Web Locks.
      if (turn === mine) turn = undefined;
    });
    return mine;
  }

  function write(mine: Turn): void {
    if (!mine.dirty) return;
    mine.dirty = false;
    const now = record();
    // Another tab has taken something away since: what this page knows is older than that.
    if (!now || readGeneration(local, site) !== now.gen) return;
    try {
      local?.set(nameOf(site, 'boot'), JSON.stringify(now));
    } catch {
      // QuotaExceededError: without a boot record the next start waits for the database; with the old one it would show what was.
      removeBootRecord(local, site);
    }
  }

  async function flush(): Promise<void> {
    const mine = turn;
    if (!mine) return;
    mine.end();
    await new Promise<void>((resolve) => {
      const stop = clock.after(PATIENCE, resolve);
      void mine.done.then(stop).then(resolve);
    });
  }

  return {
    touch() {
      if (!locks || !local) return;
      turn ??= begin((name, run) => locks.request(name, run));
      turn.dirty = true;
    },
    flush,
    async close() {
      await flush();
      unsubscribe();
      if (!turn) return;
      turn.dirty = false;
      turn.end();
      turn = undefined;
    },
  };
}

/** From the first touch until the write: one timer and one request for the lock. */
interface Turn {
  held: boolean;
  dirty: boolean;
  end: () => void;
  done: Promise<void>;
}
