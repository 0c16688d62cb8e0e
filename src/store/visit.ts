/**
 * What this visit wrote, in the tab's own session storage: the only store before a grant, after a refusal and while a
 * person's memory is closed. It knows nothing of consent or purposes, and computes no values.
 */
import { covers } from '../facts/cover.js';
import type { Draft, Entry, Fact, Forget, Held, Key, Message, Ms, Uuid } from '../facts/entry.js';
import { compact } from '../facts/history.js';
import { under } from '../facts/key.js';
import { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';
import { isStoredEntry } from './stored-entry.js';
import { notable, readVisit, visitIn } from './visit-record.js';

export interface Visit {
  /** In the order they were put, those that are only in RAM included; never with what a forget among them covers. */
  readonly entries: readonly Entry[];
  /** Something did not fit into session storage and is lost with the page. */
  readonly overflow: boolean;
  /** Whether what is here outlives the page at all. */
  readonly kept: boolean;
  /**
   * Adds entries; one that is here already stays as it is. Each gets the `seen` and `after` of its place in this visit, by
   * which a device later tells it from one that is newly written. A forget deletes what it covers.
   */
  put(entries: readonly Draft[]): void;
  remove(ids: readonly Uuid[]): void;
  clear(): void;
  /** Notes a call that cannot be done yet, for the next page if this one is left before; returns what takes the note back. */
  note(call: readonly unknown[]): () => void;
  /** What an earlier page could not do any more; to be done now. */
  readonly calls: readonly (readonly unknown[])[];
}

/** Most characters of JSON a visit writes; browsers keep about 5 MB a tab for the whole origin. */
export const VISIT_LENGTH = 1_048_576;
/** Being seen alive is worth writing once in this time, not at each page. */
const REFRESH: Ms = 60_000;

/**
 * Opens this tab's visit. What an earlier page of it left is dropped unread when it was idle too long, or when it belongs
 * to somebody and this page names another, or nobody; what nobody in particular wrote becomes the named person's.
 *
 * @param user who the page says is signed in: `null` nobody, `undefined` it does not say.
 */
export function openVisit(platform: Platform, site: string, user: string | null | undefined): Visit {
  const { clock, session } = platform;
  const name = nameOf(site, 'visit');
  const saved = readVisit(platform, site, user);
  const owner = user ?? null;
  let entries: Entry[] = [];
  let forgets: Held<Forget>[] = [];
  const ids = new Set<Uuid>();
  /** Keys of which something was said since the last write. */
  const said = new Set<Key>();
  /** Whatever this page has ever had, so that what it has removed is told from what another page of the tab has said. */
  const known = new Set<Uuid>();
  /** What the tab's storage held when this page last looked or wrote; what is missing since was removed by another. */
  let there = new Set<Uuid>();
  let text: string | undefined;
  /** Noted by another page of this tab, for the next one. */
  let noted: readonly unknown[] = [];
  /** Noted by this page, as JSON. */
  const notes = new Set<string>();
  const mine = new Set(saved?.calls.map((call) => JSON.stringify(call)));
  let overflow = false;
  let kept = session !== undefined;
  let due = false;
  let over = false;

  if (saved) {
    meet();
    if (saved.calls.length || Math.abs(clock.now() - saved.since) > REFRESH) save();
  }

  /** Other pages of this tab write here too: takes over what they have said, and lets go of what they have removed. */
  function meet(): void {
    const found = session?.get(name);
    if (found === text) return;
    text = found;
    const record = visitIn(found);
    const isOwn = record !== undefined && (record.user === null || record.user === owner);
    const foreign = isOwn ? record.entries.filter(isStoredEntry) : [];
    const before = there;
    there = new Set(foreign.map(({ id }) => id));
    noted = isOwn ? record.calls.filter((call) => !mine.has(JSON.stringify(call))) : [];
    // A tab that was emptied has been left by the person: nothing of theirs is written again.
    if (found === undefined) keep(() => before.size === 0);
    else if (record?.user === owner) keep(({ id }) => !before.has(id) || there.has(id));
    for (const entry of foreign) if (!known.has(entry.id)) add(entry);
  }

  // Once a task, at its end: many entries of one task cost one write, and a page left right after it has written them.
  function save(): void {
    if (due || over) return;
    due = true;
    clock.soon(() => {
      due = false;
      if (over) return;
      kept = attempt(write);
      // What is there is older than what was said since, and may hold what was forgotten.
      if (!kept) {
        attempt(() => session?.remove(name));
        text = undefined;
        there.clear();
      }
    });
  }

  function write(): void {
    if (!session) throw new Error('no session storage');
    meet();
    compactKeys();
    const fitting: string[] = [];
    there = new Set();
    overflow = false;
    let room = VISIT_LENGTH;
    for (const entry of entries) {
      if (!isSaid(entry)) continue;
      const json = JSON.stringify(entry);
      room -= json.length + 1;
      overflow = room < 0;
      if (overflow) break;
      fitting.push(json);
      there.add(entry.id);
    }
    const calls = [...noted.map((call) => JSON.stringify(call)), ...notes];
    text =
      fitting.length || calls.length
        ? `{"v":1,"user":${JSON.stringify(owner)},"since":${clock.now()},"entries":[${fitting.join()}]${
            calls.length ? `,"calls":[${calls.join()}]` : ''
          }}`
        : undefined;
    if (text === undefined) session.remove(name);
    else session.set(name, text);
  }

  function add(draft: Draft): void {
    if (ids.has(draft.id)) return;
    if (draft.kind === 'forget') {
      const forget: Forget = { seen: 0, ...draft };
      const dropped = forgetsDroppedBy(forget, forgets);
      keep((entry) =>
        entry.kind === 'forget' ? !dropped.includes(entry.id) : !covers({ entry: forget }, { entry }),
      );
      push(forget);
      forgets.push({ entry: forget });
    } else {
      const entry = { ...draft, ...(draft.seen === undefined && seenAndAfter(draft, 0, forgets)) } as
        Fact | Message;
      if (!forgets.some((forget) => covers(forget, { entry }))) push(entry);
    }
  }

  function push(entry: Entry): void {
    entries.push(entry);
    ids.add(entry.id);
    known.add(entry.id);
    if (entry.kind === 'fact') said.add(entry.key);
  }

  function keep(stays: (entry: Entry) => boolean): void {
    entries = entries.filter((entry) => stays(entry) || !ids.delete(entry.id));
    forgets = forgets.filter(({ entry }) => ids.has(entry.id));
  }

  /** A slider that is dragged says fifty things about one key; what cannot matter any more makes room. */
  function compactKeys(): void {
    const keys = new Map<string, Held<Fact>[]>();
    for (const entry of entries) {
      if (entry.kind !== 'fact' || !said.has(entry.key)) continue;
      const rows = keys.get(entry.key);
      if (rows) rows.push({ entry });
      else keys.set(entry.key, [{ entry }]);
    }
    said.clear();
    const needless = new Set<Entry>();
    for (const rows of keys.values()) {
      const needed = new Set(compact(rows));
      for (const row of rows) if (!needed.has(row)) needless.add(row.entry);
    }
    if (needless.size) keep((entry) => !needless.has(entry));
  }

  return {
    get entries() {
      return entries;
    },
    get overflow() {
      return overflow;
    },
    get kept() {
      return kept;
    },
    put(drafts) {
      if (!due && !over) attempt(meet);
      for (const draft of drafts) add(draft);
      save();
    },
    remove(removed) {
      const gone = new Set(removed);
      for (const id of gone) known.add(id);
      keep(({ id }) => !gone.has(id));
      save();
    },
    clear() {
      over = true;
      notes.clear();
      entries = [];
      forgets = [];
      ids.clear();
      // At once: who reads it next in this task is somebody else. Whoever has begun since another page of this tab
      // cleared it is not the one who left.
      attempt(() => {
        const record = visitIn(session?.get(name));
        if (!record || !there.size || record.entries.some(({ id }) => there.has(id))) session?.remove(name);
      });
    },
    note(call) {
      const note = notable(call);
      if (note === undefined) return () => undefined;
      notes.add(note);
      mine.add(note);
      save();
      return () => {
        notes.delete(note);
        save();
      };
    },
    calls: saved?.calls ?? [],
  };
}

/** What the person said, and what was said to them. What a site observed or guessed is not kept without a grant. */
function isSaid(entry: Entry): boolean {
  return entry.kind !== 'fact' || entry.authority === 'stated' || under('conversations', entry.key);
}

function attempt(run: () => void): boolean {
  try {
    run();
    return true;
  } catch {
    return false; // QuotaExceededError, or storage taken away while the page was open: the visit goes on in RAM
  }
}
