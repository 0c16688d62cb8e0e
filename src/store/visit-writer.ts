/**
 * What this visit says, written to the tab's own session storage: the only store before a grant, after a refusal and
 * while a person's memory is closed. It knows nothing of consent, and computes no values.
 */
import { covers } from '../facts/cover.js';
import type { Draft, Entry, Fact, Forget, Held, Key, Message, Stamp, Uuid } from '../facts/entry.js';
import { compact } from '../facts/history.js';
import { isExpired } from '../facts/living.js';
import { conversationKey, isKey, under } from '../facts/key.js';
import type { Purposes } from '../facts/purpose.js';
import { purposeOf } from '../facts/purpose-of.js';
import { matches } from '../facts/selector.js';
import { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';
import { isStoredEntry } from './stored-entry.js';
import { attempt, type Visit, type VisitWriter } from './visit.js';
import { noteVisited, visitIn } from './visit-record.js';

/** Most characters of JSON a visit writes; browsers keep about 5 MB a tab for the whole origin. */
export const VISIT_LENGTH = 1_048_576;

/**
 * Goes on with what the visit holds now.
 *
 * @param purposes by which a forget finds what was noted: a call does not say its purpose.
 */
export function openVisitWriter(
  platform: Platform,
  site: string,
  visit: Visit,
  purposes?: Purposes,
): VisitWriter {
  const { clock, session } = platform;
  const { owner } = visit;
  const name = nameOf(site, 'visit');
  let entries: Entry[] = [];
  let forgets: Held<Forget>[] = [];
  const ids = new Set<Uuid>();
  /** Keys of which something was said since the last write. */
  const said = new Set<Key>();
  /** Whatever this page has ever had, so that what it has removed is told from what another page of the tab has said. */
  const known = new Set<Uuid>();
  /** What is missing in it since was removed by another page. */
  let there = new Set<Uuid>();
  let text: string | undefined;
  /** Noted by another page of this tab, for the next one. */
  let noted: readonly unknown[] = [];
  let due = false;
  let over = visit.left;

  attempt(meet);

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
    noted = isOwn ? record.calls.filter((call) => !visit.met.has(JSON.stringify(call))) : [];
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
      visit.lost = !attempt(write);
      // What is there is older than what was said since, and may hold what was forgotten.
      if (visit.lost) {
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
    visit.overflow = false;
    let room = VISIT_LENGTH;
    for (const entry of entries) {
      if (!isSaid(entry) || isExpired(entry, clock.now())) continue;
      const json = JSON.stringify(entry);
      room -= json.length + 1;
      visit.overflow = room < 0;
      if (visit.overflow) break;
      fitting.push(json);
      there.add(entry.id);
    }
    const calls = [...noted.map((call) => JSON.stringify(call)), ...visit.notes];
    text =
      fitting.length || calls.length
        ? `{"v":1,"user":${JSON.stringify(owner)}${
            visit.local === undefined ? '' : `,"local":${JSON.stringify(visit.local)}`
          },"since":${clock.now()},"entries":[${fitting.join()}]${
            calls.length ? `,"calls":[${calls.join()}]` : ''
          }}`
        : undefined;
    if (text === undefined) session.remove(name);
    else session.set(name, text);
    attempt(() => noteVisited(platform, site));
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
      // What was said before and could only be noted: once the forget is on the device nobody would tell the next page.
      noted = noted.filter((call) => !isTaken(call, forget, purposes));
      for (const note of visit.notes)
        if (isTaken(JSON.parse(note), forget, purposes)) visit.notes.delete(note);
    } else {
      // What was noted before its code was here has heard of the forgets that are older than it, as in a view.
      const heard =
        draft.seen === undefined ? forgets : forgets.filter(({ entry: forget }) => forget.at < draft.at);
      const { after = [] } = seenAndAfter(draft, 0, heard);
      const all = [...new Set([...(draft.after ?? []), ...after])];
      const entry: Fact | Message = {
        ...draft,
        seen: draft.seen ?? 0,
        ...(all.length > 0 && { after: all }),
      };
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
    get there() {
      return there;
    },
    put(drafts) {
      if (!due && !over) attempt(meet);
      for (const draft of drafts) add(draft);
      save();
    },
    remove(is) {
      if (!due && !over) attempt(meet);
      const { length } = entries;
      keep((entry) => !is(entry));
      if (entries.length < length) save();
    },
    save,
    close() {
      over = true;
      entries = [];
      forgets = [];
      ids.clear();
    },
  };
}

/** Whether the call said something, before the forget, of which that speaks. */
function isTaken(call: unknown, { at, of }: Forget, purposes: Purposes | undefined): boolean {
  const [first, , , head] = Object(call) as readonly [Key, unknown, unknown, { id: Uuid; at: Stamp }?];
  if (!head || head.at >= at) return false;
  const key = first === 'start' ? conversationKey(head.id) : first;
  return isKey(key) && matches(of, { key, purpose: purposeOf(key, purposes) } as Fact);
}

/** What the person said, and what was said to them. What a site observed or guessed is not kept without a grant. */
function isSaid(entry: Entry): boolean {
  return entry.kind !== 'fact' || entry.authority === 'stated' || under('conversations', entry.key);
}
