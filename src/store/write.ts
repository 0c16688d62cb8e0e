import { covers } from '../facts/cover.js';
import type { Draft, Fact, Forget, Held, Json, Key, Message, Stamp, Uuid } from '../facts/entry.js';
import { equalJson } from '../facts/equal.js';
import { compact } from '../facts/history.js';
import { conversationIdOf, conversationKey } from '../facts/key.js';
import { includes } from '../facts/includes.js';
import { matches } from '../facts/selector.js';
import { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
import { applyForget, dropSetAside } from './forget.js';
import { appendMessage, newestPages, type NewestPages } from './pages.js';
import { readMeta } from './read-start.js';
import { FORGET, rowKey, startingWith } from './row-key.js';
import { StoreError } from './store-error.js';
import type { ConsentRecord, Written } from './store.js';
import { META, ofKind, type Meta, type Page, type Ranges, type SubjectTx } from './subject-database.js';
import { result } from './transaction.js';

/** A page that was left asks again at the next start, when few others have been asked for. */
const MOST_INSTEAD = 30;

/** What a write leaves in RAM so that the next one need not read it first: good as long as `meta` stands as it is there. */
export interface Memo {
  readonly meta: Meta;
  readonly forgets: readonly Held<Forget>[];
  /** The newest page of the conversation written to last. */
  readonly page: Page | undefined;
}

/**
 * Stores entries in the order given, inside one transaction. Facts and pages are held back until the end of it, or until
 * the next forget, so that a thousand messages are ten requests.
 *
 * @param memo of the write before; used up, whether or not this one succeeds. Where it is not good any more, nothing is
 *   stored and this rejects with `stale`: it is taken for good until it has been asked, so that nobody waits for the answer
 *   before writing.
 */
export async function writeEntries(
  tx: SubjectTx,
  ranges: Ranges,
  drafts: readonly Draft[],
  memo: Memo | undefined,
  consent: ConsentRecord | undefined,
): Promise<Written & { readonly memo: Memo }> {
  const pages = newestPages(tx, ranges);
  const asked = readMeta(tx);
  asked.catch(() => undefined); // where something else fails first
  const { found, forgets } = memo
    ? takeOver(pages, memo)
    : await readBefore(tx, ranges, drafts, pages, asked);
  const writing: Writing = {
    tx,
    ranges,
    pages,
    head: found.cursor,
    before: found.greatest,
    forgets,
    keys: new Map(),
    aside: { ...(found.lost && { lost: found.lost }) },
  };
  const stored: Held[] = [];
  const inThisCall = new Map<Uuid, Held>();
  const deleted = { facts: 0, messages: 0, conversations: 0 };
  let { greatest } = found;
  let changed = false;
  let touched = false;

  for (const draft of drafts) {
    const twice = inThisCall.get(draft.id);
    const { held, fresh = false }: Added = twice
      ? { held: twice }
      : draft.kind === 'forget'
        ? await addForget(writing, draft, deleted)
        : draft.kind === 'message'
          ? await addMessage(writing, draft)
          : await addFact(writing, draft);
    if (held) stored.push(held);
    if (!held || !fresh) continue;
    inThisCall.set(draft.id, held);
    touched = true;
    if (!greatest || draft.at > greatest) greatest = draft.at;
    changed ||= draft.kind !== 'forget';
  }
  const page = pages.latest;
  flush(writing);

  changed ||= !!consent || deleted.facts + deleted.messages + deleted.conversations > 0;
  const rev = found.rev + (changed ? 1 : 0);
  const changes = found.changes + (touched ? 1 : 0);
  const meta: Meta = {
    ...found,
    ...writing.aside,
    rev,
    changes,
    ...(greatest && { greatest }),
  };
  // Everything begins with a consent: the first day is noted with it.
  if (consent) Object.assign(meta, { consent, days: found.days.length > 0 ? found.days : [consent.at] });
  if (touched || consent) tx.objectStore('meta').put(meta, META);
  if (memo && !equalJson((await asked) as unknown as Json, found as unknown as Json))
    throw new StoreError('stale', 'Another page has written since');
  // Nothing is asked any more: the browser need not wait to see.
  tx.commit();
  return { rev, greatest, days: meta.days, stored, deleted, memo: { meta, forgets: writing.forgets, page } };
}

function takeOver(pages: NewestPages, { meta, forgets, page }: Memo): Before {
  if (page) pages.know(page);
  return { found: meta, forgets };
}

interface Before {
  readonly found: Meta;
  readonly forgets: readonly Held<Forget>[];
}

async function readBefore(
  tx: SubjectTx,
  ranges: Ranges,
  drafts: readonly Draft[],
  pages: NewestPages,
  asked: Promise<Meta>,
): Promise<Before> {
  const [first] = drafts;
  if (first?.kind === 'message') pages.prefetch(conversationIdOf(first.key) as Uuid);
  const forgotten = result(tx.objectStore('rows').getAll(startingWith(ranges, FORGET)));
  const [found, forgets] = await Promise.all([asked, forgotten]);
  return { found, forgets: ofKind(forgets, 'forget') };
}

interface Writing {
  readonly tx: SubjectTx;
  readonly ranges: Ranges;
  readonly pages: NewestPages;
  readonly head: number;
  /** The greatest stamp stored before: what is later than that cannot be here yet. */
  readonly before: Stamp | undefined;
  forgets: readonly Held<Forget>[];
  readonly keys: Map<Key, KeyRows>;
  readonly aside: Pick<Meta, 'lost'>;
}

interface KeyRows {
  rows: Held<Fact>[];
  readonly fresh: Set<Held<Fact>>;
}

interface Added {
  /** Undefined: a forget has taken it, or what it was said in, and it is not stored. */
  readonly held?: Held;
  readonly fresh?: boolean;
}

async function addFact(writing: Writing, draft: Draft<Fact>): Promise<Added> {
  const { tx, ranges, keys } = writing;
  const known = keys.get(draft.key) ?? {
    rows: ofKind(await result(tx.objectStore('rows').getAll(startingWith(ranges, draft.key))), 'fact'),
    fresh: new Set(),
  };
  keys.set(draft.key, known);
  const there = known.rows.find(({ entry }) => entry.id === draft.id);
  if (there) return { held: there };
  const held: Held<Fact> = { entry: { ...draft, ...seenBy(writing, draft) } };
  if (await isForgotten(writing, held)) return {};
  known.rows.push(held);
  known.fresh.add(held);
  const cid = conversationIdOf(draft.key);
  if (cid !== undefined) await writing.pages.begin(cid, draft.at);
  return { held, fresh: true };
}

async function addMessage(writing: Writing, draft: Draft<Message>): Promise<Added> {
  const there = await writing.pages.find(draft, writing.before);
  if (there) return { held: there };
  const held: Held<Message> = { entry: { ...draft, ...seenBy(writing, draft) } };
  if (await isForgotten(writing, held)) return {};
  await appendMessage(writing.pages, held);
  return { held, fresh: true };
}

/**
 * Itself, or all of the conversation that it is about, which may have gone to make room too: it may have been said after
 * that, and nobody could read it there.
 */
async function isForgotten({ forgets, pages, aside }: Writing, held: Held<Fact | Message>): Promise<boolean> {
  const { entry } = held;
  const cid = conversationIdOf(entry.key);
  if (forgets.some((forget) => covers(forget, held))) return true;
  if (cid === undefined || entry.key === conversationKey(cid)) return false;
  const mayBeGone = !!aside.lost || forgets.some((forget) => matches(forget.entry.of, entry));
  return mayBeGone && !(await pages.newest(cid));
}

async function addForget(writing: Writing, draft: Draft<Forget>, deleted: Deleted): Promise<Added> {
  const { tx, ranges, forgets } = writing;
  const there = forgets.find(({ entry }) => entry.id === draft.id);
  if (there) return { held: there };
  // Done, and made needless since: it has no say over what was written after that.
  if (forgets.some(({ instead }) => instead?.includes(draft.id))) return {};
  const held: Held<Forget> = { entry: { seen: writing.head, ...draft } };
  // Moved here a second time, after a later forget had made it needless: it has no say over what was written since.
  if (draft.seen !== undefined && forgets.some(({ entry }) => entry.at > draft.at && dropsFor(entry, held)))
    return {};
  flush(writing);
  const rows = tx.objectStore('rows');
  const taken = await applyForget(tx, ranges, held);
  Object.assign(
    writing.aside,
    await dropSetAside(tx, writing.aside, (entry) => matches(draft.of, entry as Fact)),
  );
  deleted.facts += taken.facts;
  deleted.messages += taken.messages;
  deleted.conversations += taken.conversations;
  const dropped = forgetsDroppedBy(held.entry, forgets);
  const left: Held<Forget>[] = [];
  const instead: Uuid[] = [];
  for (const one of forgets) {
    const { id } = one.entry;
    if (!dropped.includes(id)) left.push(one);
    else {
      rows.delete(rowKey(one.entry));
      instead.push(...(one.instead ?? []), id);
    }
  }
  const kept = { ...held, ...(dropped.length && { instead: instead.slice(-MOST_INSTEAD) }) };
  rows.put(kept, rowKey(kept.entry));
  writing.forgets = [...left, kept];
  return { held: kept, fresh: true };
}

type Deleted = { -readonly [Name in keyof Written['deleted']]: number };

function dropsFor(later: Forget, earlier: Held<Forget>): boolean {
  return includes(later.of, earlier.entry.of) && forgetsDroppedBy(later, [earlier]).length > 0;
}

/**
 * A new entry was written after everything this transaction sees. One that was stored before, in a visit or an export,
 * says `seen`: it is after those forgets that were asked earlier than it was said, so that bringing it here a second
 * time, from a duplicated tab for example, does not bring back what was forgotten in between.
 */
function seenBy(
  { head, forgets }: Writing,
  draft: Draft<Fact> | Draft<Message>,
): { seen: number; after?: readonly Uuid[] } {
  if (draft.seen === undefined) return seenAndAfter(draft, head, forgets);
  const earlier = forgets.filter(({ entry }) => entry.at < draft.at);
  const { seen, after = [] } = seenAndAfter(draft, Math.min(draft.seen, head), earlier);
  const heard = [...new Set([...(draft.after ?? []), ...after])];
  return heard.length > 0 ? { seen, after: heard } : { seen };
}

/** Writes what was held back. What cannot matter any more to its key goes with it. */
function flush({ tx, keys, pages }: Writing): void {
  const store = tx.objectStore('rows');
  for (const { rows, fresh } of keys.values()) {
    const kept = new Set(compact(rows));
    for (const row of rows) {
      if (fresh.has(row) && kept.has(row)) store.put(row, rowKey(row.entry));
      else if (!fresh.has(row) && !kept.has(row)) store.delete(rowKey(row.entry));
    }
  }
  keys.clear();
  pages.flush();
}
