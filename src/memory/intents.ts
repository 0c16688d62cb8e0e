import type { Forget, Uuid } from '../facts/entry.js';
import { isObject } from '../facts/shape.js';
import type { KeyValue } from '../platform/platform.js';
import { nameOf } from '../store/names.js';
import { isStoredEntry } from '../store/stored-entry.js';

/** What is to be done on the device: a person wiped or put aside, one forget, or a device preference removed. */
export type What = 'wipe' | 'aside' | Forget | { readonly device: string };

export interface Intent {
  readonly id: Uuid;
  /** Name of the person's database; '' when the page did not know it yet. */
  readonly local: string;
  readonly user?: string;
  readonly what: What;
}

/**
 * What was asked to be taken away and is not gone yet. A page that is closed at that moment takes the
 * open transaction with it; the next start finds the intent and finishes it before anything is shown.
 * Holds selectors and names, never content; there only between the press and the commit.
 */
export interface Intents {
  /** @param write also for the next page, not for this one alone. */
  add(intent: Intent, write: boolean): void;
  all(): Intent[];
  done(id: Uuid): void;
  drop(): void;
}

export function createIntents(local: KeyValue | undefined, site: string): Intents {
  /** Where there is no local storage, this page alone has to do. */
  const mine = new Map<Uuid, Intent>();
  const prefix = nameOf(site, 'forgetting:');
  const names = () => (local?.keys() ?? []).filter((name) => name.startsWith(prefix));

  return {
    add(intent, write) {
      mine.set(intent.id, intent);
      try {
        if (write) local?.set(prefix + intent.id, JSON.stringify(intent));
      } catch {
        // QuotaExceededError: as without local storage.
      }
    },
    all() {
      const found = new Map(mine);
      for (const name of names()) {
        const intent = parse(local?.get(name));
        if (intent) found.set(intent.id, intent);
        else local?.remove(name);
      }
      return [...found.values()];
    },
    done(id) {
      mine.delete(id);
      local?.remove(prefix + id);
    },
    drop() {
      mine.clear();
      for (const name of names()) local?.remove(name);
    },
  };
}

function parse(text: string | undefined): Intent | undefined {
  try {
    const intent: unknown = JSON.parse(text ?? '');
    if (!isObject(intent) || typeof intent['id'] !== 'string' || typeof intent['local'] !== 'string')
      return undefined;
    const { what } = intent;
    const known =
      what === 'wipe' ||
      what === 'aside' ||
      isStoredEntry(what) ||
      (isObject(what) && typeof what['device'] === 'string');
    return known ? (intent as unknown as Intent) : undefined;
  } catch {
    return undefined; // SyntaxError: another script's.
  }
}
