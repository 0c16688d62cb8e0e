/**
 * This visit, in the tab's own session storage, as a start needs it: what an earlier page of it left, and what has to be
 * gone or noted at once. What is said in it is put by visit-writer.ts, which is fetched when something is.
 */
import type { Draft, Entry, Forget, Ms, Uuid } from '../facts/entry.js';
import { matches } from '../facts/selector.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';
import { isStoredEntry } from './stored-entry.js';
import { notable, noteCalls, readVisit, visitIn, writeVisit } from './visit-record.js';

export interface Visit {
  /** As found by this page, in the order they were put. */
  readonly entries: readonly Entry[];
  /** What an earlier page could not do any more, to be done now. */
  readonly calls: readonly (readonly unknown[])[];
  /** Whose it is; `null` = nobody's in particular. */
  readonly owner: string | null;
  /** Name of their database, where they have one; before the database has answered as the visit has it, or else the boot record. */
  local: string | undefined;
  /** Calls that this page has noted, or found, as JSON. */
  readonly met: Set<string>;
  /** Of those that it has noted, the ones that are not done. */
  readonly notes: Set<string>;
  /** Something did not fit into session storage and is lost with the page. */
  overflow: boolean;
  /** The tab's storage was taken away, or takes nothing. */
  lost: boolean;
  /** Who it belonged to has left: nothing is written any more. */
  left: boolean;
  writer: VisitWriter | undefined;
  /** Notes a call that cannot be done yet, for the next page if this one is left before; returns what takes the note back. */
  note(call: readonly unknown[]): () => void;
  /** What a forget names is gone at once. */
  forget(forget: Draft<Forget>): void;
  drop(is: (entry: Entry) => boolean): void;
  clear(): void;
}

export interface VisitWriter {
  /** In the order they were put, those that are only in RAM included; never with what a forget among them covers. */
  readonly entries: readonly Entry[];
  /** What the tab's storage held when this page last looked or wrote. */
  readonly there: ReadonlySet<Uuid>;
  /**
   * Adds entries; one that is here already stays as it is. Each gets the `seen` and `after` of its place in this visit, by
   * which a device later tells it from one that is newly written. A forget deletes what it covers.
   */
  put(entries: readonly Draft[]): void;
  remove(is: (entry: Entry) => boolean): void;
  /** Writes at the end of the task what is to be written. */
  save(): void;
  /** Writes nothing any more: the person has left. */
  close(): void;
}

const none: ReadonlySet<string> = new Set();
/** Being seen alive is worth writing once in this time, not at each page. */
const REFRESH: Ms = 60_000;

/**
 * Opens this tab's visit. What an earlier page of it left is dropped unread when it was idle too long, or when it belongs
 * to somebody and this page names another, or nobody; what nobody in particular wrote becomes the named person's.
 *
 * @param user who the page says is signed in: `null` nobody, `undefined` it does not say.
 * @param local as for `readVisit`.
 * @param redo whether this page does what was noted; else it stays noted for the next one.
 */
export function openVisit(
  platform: Platform,
  site: string,
  user: string | null | undefined,
  local?: string,
  redo = true,
): Visit {
  const { clock } = platform;
  const name = nameOf(site, 'visit');
  const saved = readVisit(platform, site, user, local);
  const owner = user ?? null;
  const entries = (saved?.entries ?? []).filter(isStoredEntry);
  const calls = (redo && saved?.calls) || [];
  const first = new Set(entries.map(({ id }) => id));
  const unwritten = new Set<string>();

  const visit: Visit = {
    entries,
    calls,
    owner,
    local: saved?.local,
    met: new Set(calls.map((call) => JSON.stringify(call))),
    notes: new Set(),
    overflow: false,
    lost: false,
    left: false,
    writer: undefined,
    note(call) {
      const text = notable(call);
      if (!text) return () => undefined;
      visit.met.add(text);
      visit.notes.add(text);
      if (!unwritten.size)
        clock.soon(() => {
          noteCalls(platform, site, owner, visit.local, [...unwritten]);
          unwritten.clear();
        });
      unwritten.add(text);
      return () => {
        visit.notes.delete(text);
        unwritten.delete(text);
        if (visit.writer) visit.writer.save();
        else edit(() => false, new Set([text]));
      };
    },
    forget(forget) {
      if (visit.writer) visit.writer.put([forget]);
      else
        edit((entry) => entry.kind !== 'forget' && matches(forget.of, entry), none, { seen: 0, ...forget });
    },
    drop(is) {
      if (visit.writer) visit.writer.remove(is);
      else edit(is, none);
    },
    clear() {
      visit.left = true;
      unwritten.clear();
      visit.writer?.close();
      // At once: who reads it next in this task is somebody else. Whoever has begun since another page of this tab
      // cleared it is not the one who left.
      const there = visit.writer?.there ?? first;
      attempt(() => {
        const record = visitIn(platform.session?.get(name));
        const isOwn =
          record?.entries.some((entry) => there.has(entry?.id)) ||
          record?.calls.some((call) => visit.notes.has(JSON.stringify(call)));
        if (!record || !there.size || isOwn) platform.session?.remove(name);
      });
    },
  };

  /**
   * @param done calls that are noted no more.
   * @param also stands there from now on: what was noted before it comes after it to the next page, and has to be told.
   */
  function edit(is: (entry: Entry) => boolean, done: ReadonlySet<string>, also?: Entry): void {
    if (also) first.add(also.id);
    attempt(() => {
      const record = visitIn(platform.session?.get(name)) ?? { user: owner, entries: [], calls: [] };
      // Another page of this tab has named somebody else meanwhile.
      if (record.user !== null && record.user !== owner) return;
      const left = [
        ...record.entries.filter((entry) => !isStoredEntry(entry) || !is(entry)),
        ...(also ? [also] : []),
      ];
      const calls = record.calls.filter((call) => !done.has(JSON.stringify(call)));
      // Where there is no room to say it anew, what was to be gone must not stand.
      platform.session?.remove(name);
      if (left.length || calls.length)
        writeVisit(platform, site, { user: owner, local: visit.local, entries: left, calls });
    });
  }

  // What is done now is not done by another page of this tab too.
  if (calls.length || (saved && Math.abs(clock.now() - saved.since) > REFRESH)) edit(() => false, visit.met);
  return visit;
}

/** Runs what the surroundings may refuse, as a storage does that is full or was taken away; false where they do. */
export function attempt(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false; // QuotaExceededError or SecurityError: the visit goes on in RAM
  }
}
