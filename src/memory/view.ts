/**
 * What one person's memory shows on this page: what the device has, and over it what was said here
 * and is not (or not yet) on the device. Knows nothing of databases, of consent or of who is asking;
 * two pages with the same entries show the same. What only follows from saying is in view-changes.ts.
 */
import { covers } from '../facts/cover.js';
import type { Draft, Entry, Fact, Forget, Held, Key, Ms, Prefix, Uuid } from '../facts/entry.js';
import { conversationIdOf, isReserved, under } from '../facts/key.js';
import { matches } from '../facts/selector.js';
import { resolveKey } from '../facts/value.js';
import { uncovered, type Hand, type KnownConversation } from './hand.js';
import { headsOf, newestHeads } from './heads.js';
import { rememberedOf } from './remembered.js';
import type { ConversationHead, Remembered } from './types.js';

/** What the device has, as far as it has been read: from the database, or at first from the boot record. */
export interface Base {
  readonly facts: readonly Held<Fact>[];
  readonly forgets?: readonly Held<Forget>[];
  readonly conversations?: readonly KnownConversation[];
}

export interface View extends Hand {
  recall(key: Key): Remembered | undefined;
  /** Keys with a value, in no order; those of conversations are not among them. */
  keys(under?: Prefix): Key[];
  /** The newest five conversations; the same array until one of them changes. */
  recent(): readonly ConversationHead[];
  /** What was said here and is not on the device, in the order it was said. */
  said(): Entry[];
  /** The same as they are to be stored: what was said on this page is new, what came from elsewhere was said before. */
  drafts(): Draft[];
  put(entries: readonly Draft[]): void;
  drop(ids: Iterable<Uuid>): void;
  /** Returns ids of what was said here and is forgotten there. */
  reset(base: Base): Uuid[];
  /** The last object of each key, so that what did not change stays the same object. */
  readonly shown: Map<Key, Remembered | undefined>;
  /** The schemas have changed: every value is looked at again. */
  refit(): void;
  /** How many stored values met so far do not fit today's schemas. */
  readonly unfit: number;
}

/**
 * @param now endpoint time, in milliseconds.
 * @param fits whether today's schema takes a stored value; asked once a fact.
 */
export function createView(now: () => Ms, fits: (key: Key, value: Fact['value']) => boolean): View {
  /** Said on this page, and not before something that the device has since been found to hold. */
  const fresh = new Set<Uuid>();
  let read = false;
  const shown: View['shown'] = new Map();
  /** Until when it need not be looked at again. */
  const looked = new Map<Key, Ms>();
  const fitting = new Map<Uuid, boolean>();
  let recent: readonly ConversationHead[] | undefined;

  const view: View = {
    facts: new Map(),
    forgets: [],
    conversations: new Map(),
    pending: new Map(),
    shown,
    recall(key) {
      const time = now();
      if ((looked.get(key) ?? -Infinity) > time) return shown.get(key);
      const rows = uncovered(view, view.facts.get(key) ?? []);
      looked.set(
        key,
        Math.min(...rows.flatMap(({ entry: { until = time } }) => (until > time ? until : []))),
      );
      try {
        const found = resolveKey(rows, time);
        const fact = found && isFit(found.held.entry) ? rememberedOf(found.held, found.reconfirm) : undefined;
        // Not by the id alone: another script may have written something else into the boot record.
        if (JSON.stringify(fact) !== JSON.stringify(shown.get(key))) shown.set(key, fact);
      } catch {
        // RangeError: it can be said as JSON, and is too deep to be compared or copied.
        shown.delete(key);
      }
      return shown.get(key);
    },
    keys: (prefix) =>
      [...view.facts.keys()].filter(
        (key) =>
          !conversationIdOf(key) && !isReserved(key) && (!prefix || under(prefix, key)) && view.recall(key),
      ),
    recent: () => (recent ??= newestHeads(headsOf(view, [], now()))),
    said: () => [...view.pending.values()].map(({ entry }) => entry),
    drafts: () => view.said().map((entry) => (fresh.has(entry.id) ? asNew(entry) : entry)),
    put(entries) {
      entries.forEach(say);
      changed();
    },
    drop(ids) {
      for (const id of ids) unsay(id);
      changed();
    },
    reset({ facts, forgets, conversations = [] }) {
      // What was said before this was read for the first time was said after its forgets, whatever the clock was then; later it goes by time.
      const entries = read ? view.said() : view.drafts();
      read ||= !!forgets;
      view.pending.clear();
      fresh.clear();
      fitting.clear();
      view.facts = new Map();
      view.forgets = [...(forgets ?? [])];
      view.conversations = new Map(conversations.map((one) => [one.id, one]));
      facts.forEach(add);
      view.put(entries);
      return entries.flatMap(({ id }) => (view.pending.has(id) ? [] : id));
    },
    refit() {
      fitting.clear();
      changed();
    },
    get unfit() {
      return [...fitting.values()].filter((fit) => !fit).length;
    },
  };
  return view;

  function isFit({ id, key, value }: Fact): boolean {
    const fit = fitting.get(id) ?? fits(key, value);
    fitting.set(id, fit);
    return fit;
  }

  function changed(): void {
    looked.clear();
    recent = undefined;
  }

  function say(entry: Draft): void {
    const { at, seen, after } = entry;
    if (entry.kind === 'forget') {
      const row = { entry: { ...entry, seen: 0 } };
      // Deleted, not hidden: what it covers is nowhere on this page any more.
      for (const one of view.pending.values())
        if (one.entry.kind !== 'forget' && covers(row, one as Held<Fact>)) unsay(one.entry.id);
      hold(row, seen);
      view.forgets.push(row);
      return;
    }
    const heard = new Set(after);
    // What was said before it came here, or before its code had been fetched, has heard of those forgets that are older.
    for (const { entry: forget } of view.forgets)
      if (
        ((seen === undefined && !view.pending.has(forget.id)) || forget.at < at) &&
        matches(forget.of, entry as Fact)
      )
        heard.add(forget.id);
    const row = { entry: { ...entry, seen: 0, ...(heard.size && { after: [...heard] }) } } as Held<Fact>;
    if (!uncovered(view, [row]).length) return;
    hold(row, seen);
    if (entry.kind === 'fact') add(row);
  }

  function hold(row: Held, seen: number | undefined): void {
    const { id } = row.entry;
    // The visit brings what was said for the device again when somebody else begins.
    unsay(id);
    if (seen === undefined) fresh.add(id);
    view.pending.set(id, row);
  }

  function add(row: Held<Fact>): void {
    const { key } = row.entry;
    view.facts.set(key, [...(view.facts.get(key) ?? []), row]);
  }

  function unsay(id: Uuid): void {
    const row = view.pending.get(id);
    view.pending.delete(id);
    const others = (one: Held) => one !== row;
    if (row?.entry.kind === 'forget') view.forgets = view.forgets.filter(others);
    else if (row?.entry.kind === 'fact')
      view.facts.set(row.entry.key, (view.facts.get(row.entry.key) ?? []).filter(others));
  }
}

/** Whoever stores it fills in what it has seen. */
function asNew(entry: Entry): Draft {
  const { seen, after, ...rest } = entry;
  void seen;
  void after;
  return rest as Draft;
}
