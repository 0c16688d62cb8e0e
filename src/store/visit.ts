/**
 * What this visit wrote, in the tab's own session storage: the only store before a grant, after a refusal and while a
 * person's memory is closed. It knows nothing of consent or purposes, and computes no values.
 */
import { covers } from '../facts/cover.js';
import type { Draft, Entry, Fact, Forget, Held, Message, Ms, Uuid } from '../facts/entry.js';
import { isEntry } from '../facts/guard.js';
import { compact } from '../facts/history.js';
import { under } from '../facts/key.js';
import { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';
import { readVisit } from './visit-record.js';

export interface Visit {
  /** In the order they were put, those that are only in RAM included; never with what a forget among them covers. */
  readonly entries: readonly Entry[];
  /** Who this visit's entries belong to; `null` = nobody yet. */
  readonly user: string | null;
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
  /** The page has come to know whose visit this is. */
  setUser(user: string | null): void;
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
  let owner = user ?? null;
  let entries = (saved?.entries ?? []).filter(isEntry);
  let forgets = entries.flatMap((entry): Held<Forget>[] => (entry.kind === 'forget' ? [{ entry }] : []));
  const ids = new Set(entries.map(({ id }) => id));
  let overflow = false;
  let kept = session !== undefined;
  let due = false;

  if (saved && (saved.calls.length || Math.abs(clock.now() - saved.since) > REFRESH)) save();

  // Once a task, at its end: many entries of one task cost one write, and a page left right after it has written them.
  function save(): void {
    if (due) return;
    due = true;
    clock.soon(() => {
      due = false;
      compactKeys();
      kept = attempt(write);
      // What is there is older than what was said since, and may hold what was forgotten.
      if (!kept) attempt(() => session?.remove(name));
    });
  }

  function write(): void {
    if (!session) throw new Error('no session storage');
    const said = entries.filter(isSaid).map((entry) => JSON.stringify(entry));
    let room = VISIT_LENGTH;
    const fitting = said.filter((text) => (room -= text.length + 1) >= 0);
    overflow = fitting.length < said.length;
    if (fitting.length === 0) session.remove(name);
    else
      session.set(
        name,
        `{"v":1,"user":${JSON.stringify(owner)},"since":${clock.now()},"entries":[${fitting.join()}]}`,
      );
  }

  function add(draft: Draft): void {
    if (ids.has(draft.id)) return;
    if (draft.kind === 'forget') {
      const forget: Forget = { seen: 0, ...draft };
      const dropped = forgetsDroppedBy(forget, forgets);
      keep((entry) =>
        entry.kind === 'forget' ? !dropped.includes(entry.id) : !covers({ entry: forget }, { entry }),
      );
      forgets = [...forgets.filter(({ entry }) => !dropped.includes(entry.id)), { entry: forget }];
      push(forget);
    } else {
      const entry = { ...draft, ...(draft.seen === undefined && seenAndAfter(draft, 0, forgets)) } as
        Fact | Message;
      if (!forgets.some((forget) => covers(forget, { entry }))) push(entry);
    }
  }

  function push(entry: Entry): void {
    entries.push(entry);
    ids.add(entry.id);
  }

  function keep(stays: (entry: Entry) => boolean): void {
    entries = entries.filter((entry) => stays(entry) || !ids.delete(entry.id));
  }

  /** A slider that is dragged says fifty things about one key; what cannot matter any more makes room. */
  function compactKeys(): void {
    const keys = new Map<string, Held<Fact>[]>();
    for (const entry of entries) {
      if (entry.kind === 'fact') keys.set(entry.key, [...(keys.get(entry.key) ?? []), { entry }]);
    }
    for (const rows of keys.values()) {
      const remain = new Set<Entry>(compact(rows).map(({ entry }) => entry));
      if (remain.size < rows.length)
        keep((entry) => remain.has(entry) || !rows.some((row) => row.entry === entry));
    }
  }

  return {
    get entries() {
      return entries;
    },
    get user() {
      return owner;
    },
    get overflow() {
      return overflow;
    },
    get kept() {
      return kept;
    },
    put(drafts) {
      for (const draft of drafts) add(draft);
      save();
    },
    remove(removed) {
      const gone = new Set(removed);
      keep(({ id }) => !gone.has(id));
      forgets = forgets.filter(({ entry }) => !gone.has(entry.id));
      save();
    },
    clear() {
      entries = [];
      forgets = [];
      ids.clear();
      // At once: who reads it next in this task is somebody else.
      attempt(() => session?.remove(name));
    },
    calls: saved?.calls ?? [],
    setUser(to) {
      owner = to;
      save();
    },
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
