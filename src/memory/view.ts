/**
 * What one person's memory shows on this page: what the device has, and over it what was said here
 * and is not (or not yet) on the device. Knows nothing of databases, of consent or of who is asking;
 * two pages with the same entries show the same.
 */
import { covers } from '../facts/cover.js';
import type { Draft, Entry, Fact, Forget, Held, Key, Message, Ms, Prefix, Uuid } from '../facts/entry.js';
import { compact } from '../facts/history.js';
import { conversationIdOf, conversationKey, isReserved, under } from '../facts/key.js';
import { matches } from '../facts/selector.js';
import { isExpired } from '../facts/living.js';
import { compareHeld } from '../facts/order.js';
import { resolveKey } from '../facts/value.js';
import { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
import type { StoredConversation } from '../store/store.js';
import { headOfStored, newestHeads, withSaid } from './heads.js';
import { rememberedOf } from './remembered.js';
import type { ConversationHead, Remembered } from './types.js';

/** What the device has, as far as it has been read: from the database, or at first from the boot record. */
export interface Base {
  readonly facts: readonly Held<Fact>[];
  readonly forgets?: readonly Held<Forget>[];
  readonly conversations?: readonly StoredConversation[];
  /** Heads of conversations whose facts have not been read. */
  readonly heads?: readonly ConversationHead[];
}

export interface View {
  recall(key: Key): Remembered | undefined;
  /** Keys with a value, in order; those of conversations are not among them. */
  keys(under?: Prefix): Key[];
  /** The newest five conversations; the same array until one of them changes. */
  recent(): readonly ConversationHead[];
  /** Heads of all conversations that are at hand, and of `more` that the device has; in no order, undefined where nothing is left of one. */
  heads(more: readonly StoredConversation[]): (ConversationHead | undefined)[];
  /** What was said here and is not on the device, in the order it was said. */
  said(): Entry[];
  isSaid(id: Uuid): boolean;
  /** The same as they are to be stored: what was said on this page is new, what came from elsewhere was said before. */
  drafts(): Draft[];
  /** The newest conversations as the device has them. */
  stored(): StoredConversation[];
  /** Living facts and messages of a conversation that are not on the device. */
  saidIn(conversation: Uuid): { facts: Held<Fact>[]; messages: Held<Message>[] };
  /** Those that no forget said here takes away; the others are still on the device for a moment. */
  uncovered<E extends Fact | Message>(rows: readonly Held<E>[]): Held<E>[];
  put(entries: readonly Draft[]): void;
  /** These reached the device and are its own from now on. `conversations`: those of the newest that they touched. */
  commit(stored: readonly Held[], conversations: readonly StoredConversation[]): void;
  drop(ids: Iterable<Uuid>): void;
  /** The device's facts that decide what is shown, for the boot record. */
  deciding(): Fact[];
  /** Returns ids of what was said here and is forgotten there. */
  reset(base: Base): Uuid[];
  /** Objects that were handed out before for the same facts, to be handed out again. */
  keepObjects(shown: ReadonlyMap<Key, Remembered>): void;
  /** The schemas have changed: every value is looked at again. */
  refit(): void;
  /** How many stored values met so far do not fit today's schemas. */
  readonly unfit: number;
}

interface Slot {
  readonly fact: Remembered | undefined;
  /** When it has to be looked at again: something expires, or at once. */
  readonly expires: Ms;
}

/** More facts of one key than this are compacted as they are said, so that a loop does not grow without end. */
const SAID_A_KEY = 16;

/**
 * @param now endpoint time, in milliseconds.
 * @param fits whether today's schema takes a stored value; asked once a fact.
 */
export function createView(now: () => Ms, fits: (key: Key, value: Fact['value']) => boolean): View {
  let base = new Map<Key, Held<Fact>[]>();
  let baseForgets: readonly Held<Forget>[] = [];
  let conversations = new Map<Uuid, StoredConversation>();
  let heads: readonly ConversationHead[] = [];
  const said = new Map<Uuid, Held>();
  /** Said on this page, and not before something that the device has since been found to hold. */
  const fresh = new Set<Uuid>();
  let read = false;
  const saidFacts = new Map<Key, Held<Fact>[]>();
  let saidForgets: Held<Forget>[] = [];
  const slots = new Map<Key, Slot>();
  const fitting = new Map<Uuid, boolean>();
  let recent: readonly ConversationHead[] | undefined;

  function uncovered<E extends Fact | Message>(rows: readonly Held<E>[]): Held<E>[] {
    const forgets = [...baseForgets, ...saidForgets];
    return rows.filter((row) => !forgets.some((forget) => covers(forget, row)));
  }

  function look(key: Key): Slot {
    const time = now();
    const before = slots.get(key);
    if (before && before.expires > time) return before;
    const rows = uncovered([...(base.get(key) ?? []), ...(saidFacts.get(key) ?? [])]);
    const found = resolveKey(rows, time);
    const old = before?.fact;
    const same = found && old?.id === found.held.entry.id && (old.reconfirm ?? false) === found.reconfirm;
    const fact =
      !found || !isFit(found.held.entry) ? undefined : same ? old : rememberedOf(found.held, found.reconfirm);
    const slot = {
      fact,
      expires: Math.min(...rows.map(({ entry: { until = Infinity } }) => (until > time ? until : Infinity))),
    };
    slots.set(key, slot);
    return slot;
  }

  function headsAmong(stored: ReadonlyMap<Uuid, StoredConversation>): (ConversationHead | undefined)[] {
    const time = now();
    const known = [...stored.values()].map((one) =>
      headOfStored({ ...one, facts: uncovered(one.facts) }, time),
    );
    const early = heads.filter(({ id }) => !stored.has(id) && !isForgotten(id));
    return withSaid([...early, ...known], [...said.values()], {
      conversations: stored,
      uncovered,
      now: time,
    });
  }

  /** A head out of the boot record has no facts that a forget could cover. */
  function isForgotten(id: Uuid): boolean {
    const root = { key: conversationKey(id), purpose: 'conversations' };
    return saidForgets.some(({ entry }) => matches(entry.of, root as Fact));
  }

  function isFit({ id, key, value }: Fact): boolean {
    const fit = fitting.get(id) ?? fits(key, value);
    fitting.set(id, fit);
    return fit;
  }

  /** Keeps the last object of each key, so that what did not change stays the same object. */
  function stale(keys: Iterable<Key>): void {
    for (const key of keys) {
      const slot = slots.get(key);
      if (slot) slots.set(key, { fact: slot.fact, expires: -Infinity });
    }
  }

  function say(entry: Draft): void {
    if (entry.kind === 'forget') {
      const row = { entry: { ...entry, seen: 0 } };
      // Deleted, not hidden: what it covers is nowhere on this page any more.
      unsay(
        new Set(
          [...said.values()]
            .filter((one) => one.entry.kind !== 'forget' && covers(row, one as Held<Fact>))
            .map((one) => one.entry.id),
        ),
      );
      said.set(entry.id, row);
      saidForgets.push(row);
      return stale([...slots.keys()]);
    }
    const forgets = [...baseForgets, ...saidForgets];
    const isNew = entry.seen === undefined;
    const isOlder = (forget: Held<Forget>) => forget.entry.at < entry.at;
    // What was said before it came here, or before its code had been fetched, has heard of those forgets that are older.
    const heard = isNew ? [...baseForgets, ...saidForgets.filter(isOlder)] : forgets.filter(isOlder);
    const after = [...(entry.after ?? []), ...(seenAndAfter(entry, 0, heard).after ?? [])];
    const row = { entry: { ...entry, seen: 0, ...(after.length && { after: [...new Set(after)] }) } } as
      Held<Fact> | Held<Message>;
    if (forgets.some((forget) => covers(forget, row))) return;
    if (isNew) fresh.add(entry.id);
    said.set(entry.id, row);
    if (row.entry.kind === 'message') return;
    const { key } = entry;
    const ofKey = [...(saidFacts.get(key) ?? []), row as Held<Fact>];
    const kept = ofKey.length > SAID_A_KEY ? compact(ofKey) : ofKey;
    for (const fact of ofKey) if (!kept.includes(fact)) said.delete(fact.entry.id);
    saidFacts.set(key, kept);
    stale([key]);
  }

  function unsay(ids: ReadonlySet<Uuid>): void {
    const keys = new Set<Key>();
    for (const id of ids) {
      const row = said.get(id)?.entry;
      said.delete(id);
      if (row?.kind === 'fact') keys.add(row.key);
    }
    for (const key of keys) {
      const left = (saidFacts.get(key) ?? []).filter(({ entry }) => !ids.has(entry.id));
      if (left.length) saidFacts.set(key, left);
      else saidFacts.delete(key);
    }
    if (saidForgets.some(({ entry }) => ids.has(entry.id)))
      saidForgets = saidForgets.filter(({ entry }) => !ids.has(entry.id));
  }

  return {
    recall: (key) => look(key).fact,
    keys: (prefix) =>
      [...new Set([...base.keys(), ...saidFacts.keys()])]
        .filter(
          (key) =>
            !conversationIdOf(key) && !isReserved(key) && (!prefix || under(prefix, key)) && look(key).fact,
        )
        .sort(),
    recent() {
      return (recent ??= newestHeads(headsAmong(conversations)));
    },
    heads: (more) => headsAmong(new Map([...more, ...conversations.values()].map((one) => [one.id, one]))),
    said: () => [...said.values()].map(({ entry }) => entry),
    isSaid: (id) => said.has(id),
    drafts: () =>
      [...said.values()].map(({ entry }) =>
        fresh.has(entry.id) || entry.kind === 'forget' ? asNew(entry) : entry,
      ),
    stored: () => [...conversations.values()],
    saidIn(conversation) {
      const rows = [...said.values()].filter(
        ({ entry }) => entry.kind !== 'forget' && conversationIdOf(entry.key) === conversation,
      );
      return {
        facts: uncovered(rows.filter((row): row is Held<Fact> => row.entry.kind === 'fact')),
        messages: uncovered(rows.filter((row): row is Held<Message> => row.entry.kind === 'message')),
      };
    },
    uncovered,
    put(entries) {
      entries.forEach(say);
      recent = undefined;
    },
    commit(stored, touched) {
      unsay(new Set(stored.map(({ entry }) => entry.id)));
      const forgets = stored.filter((row): row is Held<Forget> => row.entry.kind === 'forget');
      for (const { entry } of stored) {
        if (entry.kind !== 'fact' || conversationIdOf(entry.key)) continue;
        const rows = base.get(entry.key) ?? [];
        if (!rows.some((row) => row.entry.id === entry.id))
          base.set(entry.key, compact([...rows, { entry }]));
        stale([entry.key]);
      }
      if (forgets.length) {
        for (const forget of forgets) {
          // The device has dropped those that this one makes needless; what is said from now on does not name them.
          const needless = forgetsDroppedBy(forget.entry, baseForgets);
          baseForgets = [...baseForgets.filter(({ entry }) => !needless.includes(entry.id)), forget];
        }
        for (const [key, rows] of base) base.set(key, uncovered(rows));
        stale(slots.keys());
      }
      for (const one of touched) conversations.set(one.id, one);
      recent = undefined;
    },
    drop(ids) {
      unsay(new Set(ids));
      stale([...slots.keys()]);
      recent = undefined;
    },
    reset(next) {
      base = new Map();
      for (const row of next.facts) base.set(row.entry.key, [...(base.get(row.entry.key) ?? []), row]);
      baseForgets = next.forgets ?? [];
      conversations = new Map((next.conversations ?? []).map((one) => [one.id, one]));
      heads = next.heads ?? [];
      // What was said before this was read for the first time was said after its forgets, whatever the clock was then; later it goes by time.
      const entries: Draft[] = [...said.values()].map(({ entry }) =>
        !read && fresh.has(entry.id) ? asNew(entry) : entry,
      );
      read ||= next.forgets !== undefined;
      said.clear();
      fresh.clear();
      saidFacts.clear();
      saidForgets = [];
      entries.forEach(say);
      stale([...slots.keys()]);
      recent = undefined;
      return entries.flatMap(({ id }) => (said.has(id) ? [] : id));
    },
    keepObjects(shown) {
      for (const [key, fact] of shown) slots.set(key, { fact, expires: -Infinity });
    },
    refit() {
      fitting.clear();
      stale([...slots.keys()]);
    },
    deciding() {
      const time = now();
      return [...base.values()].flatMap((stored) => {
        // What is being forgotten is still stored for a moment, and no page may begin with it.
        const rows = uncovered(stored);
        const found = resolveKey(rows, time);
        if (!found) return [];
        return found.reconfirm ? [found.held.entry, newestOf(rows, time)] : [found.held.entry];
      });
    },
    get unfit() {
      return [...fitting.values()].filter((fit) => !fit).length;
    },
  };
}

/** Whoever stores it fills in what it has seen. */
function asNew(entry: Entry): Draft {
  const { seen, after, ...rest } = entry;
  void seen;
  void after;
  return rest as Draft;
}

function newestOf(rows: readonly Held<Fact>[], time: Ms): Fact {
  const living = rows.filter(({ entry }) => !isExpired(entry, time)).sort(compareHeld);
  return (living.at(-1) as Held<Fact>).entry;
}
