import type { Uuid } from '../facts/entry.js';
import { isObject } from '../facts/shape.js';
import type { KeyValue } from '../platform/platform.js';
import { isStoredEntry } from '../store/stored-entry.js';
import { intentName, writeIntent, type Intent } from './intent.js';

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
  const prefix = intentName(site, '');
  const names = () => (local?.keys() ?? []).filter((name) => name.startsWith(prefix));

  return {
    add(intent, write) {
      mine.set(intent.id, intent);
      if (write) writeIntent(local, site, intent);
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
