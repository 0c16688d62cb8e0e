import type { Entry, Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';

/** A visit ends when its tab was idle for this long. */
export const VISIT_LASTS: Ms = 4 * 3_600_000;

/** What an earlier page of this tab left in its session storage. */
export interface VisitRecord {
  readonly since: Ms;
  /** Not looked at yet: another script may have written here. */
  readonly entries: readonly Entry[];
  /** `remember` calls that were made before the memory had been loaded, and not done. */
  readonly calls: readonly (readonly unknown[])[];
}

/**
 * Reads this tab's visit, or drops it unread when it was idle too long, or when it belongs to somebody
 * and this page names another, or nobody.
 *
 * @param user who the page says is signed in: `null` nobody, `undefined` it does not say.
 */
export function readVisit(
  { session, clock }: Platform,
  site: string,
  user: string | null | undefined,
): VisitRecord | undefined {
  const name = nameOf(site, 'visit');
  try {
    const text = session?.get(name);
    if (!text) return undefined;
    const { v, user: of, since, entries, calls = [] } = JSON.parse(text);
    const fresh = Math.abs(clock.now() - since) <= VISIT_LASTS;
    if (v === 1 && fresh && (of === null || of === user) && Array.isArray(entries) && Array.isArray(calls))
      return { since, entries, calls };
    session?.remove(name);
  } catch {
    // SyntaxError or TypeError: another script's, or cut short.
    try {
      session?.remove(name);
    } catch {
      // Storage was taken away; there is nothing to drop.
    }
  }
  return undefined;
}

/**
 * Notes calls beside what the visit holds, at the end of the task, for the next page to do if this one
 * is left before it can. Nothing with the digits of a card or the name of a secret is noted.
 */
export function noteCalls(
  { session, clock }: Platform,
  site: string,
  user: string | null,
  calls: readonly (readonly unknown[])[],
): void {
  const safe = calls.flatMap((call) => {
    const text = textOf(call);
    return text && !SECRET.test(text) ? [JSON.parse(text) as unknown] : [];
  });
  if (!session || !safe.length) return;
  const name = nameOf(site, 'visit');
  try {
    const before = JSON.parse(session.get(name) ?? 'null') as object | null;
    session.set(
      name,
      JSON.stringify({ v: 1, user, entries: [], ...before, since: clock.now(), calls: safe }),
    );
  } catch {
    // QuotaExceededError, or storage taken away: the calls are done when the memory is there, if the page stays.
  }
}

/** Wider than what the memory itself refuses: what is held back here is only not noted. */
const SECRET =
  /(?:\d[ -]?){12}\d|passw|passc|secret|token|cvc|cvv|csc|otp|iban|cardn|card-n|kennwort|contrase|senha|[^a-z]pin[^a-z]/i;

function textOf(call: readonly unknown[]): string | undefined {
  try {
    return JSON.stringify(call);
  } catch {
    return undefined; // A cycle or a BigInt: the memory will say so.
  }
}
