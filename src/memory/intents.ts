import type { Uuid } from '../facts/entry.js';
import type { KeyValue } from '../platform/platform.js';
import { intentName, writeIntent, type Intent } from './intent.js';

/**
 * What was asked to be taken away and is not gone yet. A page that is closed at that moment takes the
 * open transaction with it; the next start finds the intent and finishes it before anything is shown.
 * Holds selectors and names, never content; there only between the press and the commit.
 */
export interface Intents {
  /** @param write also for the next page, not for this one alone. */
  add(intent: Intent, write: boolean): void;
  /** All that there are, by id, as JSON: another script may have written there. */
  texts(): ReadonlyMap<Uuid, string>;
  done(id: Uuid): void;
  drop(): void;
}

export function createIntents(local: KeyValue | undefined, site: string): Intents {
  /** Where there is no local storage, this page alone has to do. */
  const mine = new Map<Uuid, string>();
  const prefix = intentName(site, '');
  const written = () =>
    (local?.keys() ?? []).filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));

  const texts = (): ReadonlyMap<Uuid, string> =>
    new Map([...mine, ...written().map((id) => [id, local?.get(prefix + id) ?? ''] as const)]);

  function done(id: Uuid): void {
    mine.delete(id);
    local?.remove(prefix + id);
  }

  return {
    add(intent, write) {
      mine.set(intent.id, JSON.stringify(intent));
      if (write) writeIntent(local, site, intent);
    },
    texts,
    done,
    drop: () => [...texts().keys()].forEach(done),
  };
}
