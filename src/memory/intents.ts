import { isForget } from '../facts/guard.js';
import type { Forget } from '../facts/entry.js';
import type { KeyValue } from '../platform/platform.js';

/**
 * What was asked to be forgotten and is not gone yet. A page that is closed at that moment takes the
 * open transaction with it; the next start finds the intent and finishes it before anything is shown.
 * Holds selectors and a database's name, never content; there only between the press and the commit.
 */
export type Intent = { readonly local: string; readonly done: () => void } & (
  | { readonly what: 'wipe' }
  | { readonly what: 'forget'; readonly forgets: readonly Forget[] }
);

export function readIntents(local: KeyValue | undefined, site: string): Intent[] {
  const prefix = nameOf(site, '');
  return (local?.keys() ?? [])
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const done = () => local?.remove(name);
      const parsed = parse(local?.get(name));
      if (!parsed) done();
      return parsed ? [{ ...parsed, done }] : [];
    });
}

/** Written synchronously; returns what takes it away once everything is gone. Where it cannot be written the forget goes on without. */
export function writeIntent(local: KeyValue | undefined, site: string, subject: string, what: 'wipe' | Forget): () => void {
  const name = nameOf(site, what === 'wipe' ? subject : what.id);
  try {
    local?.set(name, JSON.stringify({ local: subject, what: what === 'wipe' ? 'wipe' : 'forget', forgets: what === 'wipe' ? [] : [what] }));
  } catch {
    // QuotaExceededError: the transaction alone has to do.
  }
  return () => local?.remove(name);
}

function parse(text: string | undefined): { local: string; what: 'wipe' } | { local: string; what: 'forget'; forgets: Forget[] } | undefined {
  try {
    const { local, what, forgets } = JSON.parse(text ?? '') as { local: unknown; what: unknown; forgets: unknown };
    if (typeof local !== 'string') return undefined;
    if (what === 'wipe') return { local, what };
    if (what === 'forget' && Array.isArray(forgets) && forgets.every(isForget)) return { local, what, forgets };
  } catch {
    // SyntaxError: another script's.
  }
  return undefined;
}

function nameOf(site: string, id: string): string {
  return `customer-memory:${site}:forgetting:${id}`;
}
