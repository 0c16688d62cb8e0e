import type { Entry, Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { textOf } from '../platform/snapshot.js';
import { nameOf } from './names.js';

/** A visit ends when its tab was idle for this long. */
export const VISIT_LASTS: Ms = 4 * 3_600_000;

/** What an earlier page of this tab left in its session storage. */
export interface VisitRecord {
  /** Whose it is; `null` = nobody's in particular. */
  readonly user: string | null;
  /** Name of that person's database, where they had one. */
  readonly local?: string | undefined;
  readonly since: Ms;
  /** Not looked at yet: another script may have written here. */
  readonly entries: readonly Entry[];
  /** Calls that were made before the code for them was here, and not done. */
  readonly calls: readonly (readonly unknown[])[];
}

/**
 * Reads this tab's visit, or drops it unread when it was idle too long, or when it belongs to somebody
 * and this page names another, or nobody, or shows another.
 *
 * @param user who the page says is signed in: `null` nobody, `undefined` it does not say.
 * @param local name of the database of whoever was last shown, if that is known at once.
 * @param later whether it can wait: a page that has something to show without it looks after its first answer, where no
 *   tab of the browser has written to its visit for as long as one lasts. The first look into a storage takes a tenth of
 *   a start.
 */
export function readVisit(
  platform: Platform,
  site: string,
  user: string | null | undefined,
  local: string | undefined,
  later = !!local,
): VisitRecord | undefined {
  const { clock } = platform;
  const name = nameOf(site, 'visit');
  if (later && clock.now() - Number(platform.local?.get(nameOf(site, 'visited')) || NaN) > VISIT_LASTS) {
    clock.soon(() => void readVisit(platform, site, user, local, false));
    return undefined;
  }
  try {
    const text = platform.session?.get(name);
    const record = visitIn(text);
    const owner = user ?? null;
    const isOwn = record?.user === owner;
    if (
      record &&
      Math.abs(clock.now() - record.since) <= VISIT_LASTS &&
      (isOwn || record.user === null) &&
      (!record.local || record.local === local || (!local && isOwn))
    ) {
      if (isOwn) return record;
      // What nobody in particular wrote becomes the named person's, and nobody else's after them; but what was to be
      // forgotten of one database is not to be forgotten of another.
      const theirs = { ...record, user: owner, local: undefined };
      if (record.local) {
        theirs.entries = record.entries.filter((entry) => entry?.kind !== 'forget');
        theirs.calls = record.calls.filter((call) => call[0] !== 'forget');
      }
      writeVisit(platform, site, theirs);
      return theirs;
    }
    if (text) platform.session?.remove(name);
  } catch {
    // Storage was taken away; there is nothing to drop.
  }
  return undefined;
}

/** The record as it stands, whoever's it is; undefined when it is another script's, or cut short. */
export function visitIn(text: string | undefined): VisitRecord | undefined {
  try {
    const { v, user, local, since, entries, calls = [] } = JSON.parse(text ?? '0');
    return v === 1 && Array.isArray(entries)
      ? { user, local, since, entries, calls: calls.filter(Array.isArray) }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Notes calls, as `notable` gives them, beside what the visit holds, for the next page to do if this one is left before it can.
 */
export function noteCalls(
  platform: Platform,
  site: string,
  user: string | null,
  local: string | undefined,
  texts: readonly string[],
): void {
  const name = nameOf(site, 'visit');
  // Taken back meanwhile.
  if (!texts.length) return;
  try {
    // As at a start: what somebody else has left is dropped, what nobody in particular wrote becomes this person's.
    // However long the page was open: what it has said in this visit it shows.
    const found = visitIn(platform.session?.get(name));
    const before = found && (found.user === null || found.user === user) ? found : undefined;
    const calls = [...(before?.calls ?? []), ...texts.map((text) => JSON.parse(text) as unknown[])];
    // Whose the words before were said to be they stay: only the database can say whether it is the one who is here.
    writeVisit(platform, site, {
      user,
      local: before?.local ?? local,
      entries: before?.entries ?? [],
      calls,
    });
  } catch {
    // QuotaExceededError, or storage taken away: the calls are done when the memory is there, if the page stays.
  }
}

/** Throws where there is no room. */
export function writeVisit(platform: Platform, site: string, record: Omit<VisitRecord, 'since'>): void {
  platform.session?.set(
    nameOf(site, 'visit'),
    JSON.stringify({ ...record, v: 1, since: platform.clock.now() }),
  );
  noteVisited(platform, site);
}

/** Notes in the browser that some tab has written to its visit; from a grant on, before it nothing is left in local storage. */
export function noteVisited({ local, clock }: Platform, site: string): void {
  const name = nameOf(site, 'visited');
  if (local?.get(name)) local.set(name, `${clock.now()}`);
}

/**
 * What is held back here is only not noted, so in English it is wider than what the memory refuses. Of names in other languages
 * it has a few: the memory, which has more, refuses the rest a moment later.
 */
const SECRET =
  /(\d\W{0,3}){13}|pass[wce]|secret|token|csc|cv[cv]|otp|iban|card|kennwort|contrase|senha|[^a-z]pin[^a-z]/i;

const ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g;

/**
 * A call as the next page may find it; undefined for one that has to wait in RAM: nothing with the digits of a card or
 * the name of a secret is noted.
 */
export function notable(call: readonly unknown[]): string | undefined {
  // When it was made, and the ids in it, are full of digits.
  const said = (textOf(call.slice(0, 3)) ?? '').replace(ID, '');
  return SECRET.test(said) ? undefined : textOf(call);
}
