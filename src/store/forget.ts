import { covers } from '../facts/cover.js';
import type { Forget, Held, Message, Selector, Uuid } from '../facts/entry.js';
import { conversationIdOf, conversationKey, under } from '../facts/key.js';
import { isBy } from '../facts/selector.js';
import { pageWithout } from './pages.js';
import { factsOf } from './read-start.js';
import { FORGET, rowKey, startingWith } from './row-key.js';
import type { SetAside, Written } from './store.js';
import { ofKind, rowsUnder, type Meta, type Page, type Ranges, type SubjectTx } from './subject-database.js';
import { sound } from './sound.js';
import { result } from './transaction.js';

/** Deletes what a forget covers: facts, messages inside pages, and conversations of which nothing is left. */
export async function applyForget(
  tx: SubjectTx,
  ranges: Ranges,
  forget: Held<Forget>,
): Promise<Written['deleted']> {
  const { of } = forget.entry;
  const facts = await removeFacts(tx, factRange(ranges, of), forget);
  const within = pageRange(ranges, of);
  if (within === undefined) return { facts, messages: 0, conversations: 0 };
  return { facts, ...(await removeMessages(tx, ranges, within, (held) => covers(forget, held))) };
}

async function removeFacts(tx: SubjectTx, range: IDBKeyRange, forget: Held<Forget>): Promise<number> {
  const store = tx.objectStore('rows');
  const rows = ofKind(await result(store.getAll(range)), 'fact');
  const covered = rows.filter((held) => covers(forget, held));
  if (covered.length > 0 && covered.length === rows.length) store.delete(range);
  else for (const { entry } of covered) store.delete(rowKey(entry));
  return covered.length;
}

function factRange(ranges: Ranges, of: Selector): IDBKeyRange {
  if (isBy(of, 'key')) return startingWith(ranges, of.key);
  return isBy(of, 'under') ? rowsUnder(ranges, of.under) : ranges.lowerBound([FORGET, []]);
}

/** Which pages may hold a message that the selector matches, or belong to a conversation that loses its facts; `null` = all. */
function pageRange(ranges: Ranges, of: Selector): IDBKeyRange | null | undefined {
  if (isBy(of, 'purpose')) return null;
  const name = isBy(of, 'key') ? of.key : of.under;
  if (!under('conversations', name)) return undefined;
  const cid = conversationIdOf(name);
  return cid === undefined ? null : startingWith(ranges, cid);
}

/**
 * Removes messages from pages, conversation by conversation. One of which neither a message nor a fact is left loses
 * its pages too; facts to be removed with it have to be removed before.
 *
 * @param within a range of pages; `null` = all of them.
 * @param look at what is on a page before `gone` is asked about it.
 */
export async function removeMessages(
  tx: SubjectTx,
  ranges: Ranges,
  within: IDBKeyRange | null,
  gone: (held: Held<Message>) => boolean,
  look: Look = sound,
): Promise<{ messages: number; conversations: number }> {
  const removed = { messages: 0, conversations: 0 };
  let group: Page[] = [];
  const request = tx.objectStore('pages').openCursor(within);
  for (let cursor = await result(request); cursor; cursor.continue(), cursor = await result(request)) {
    const page = cursor.value;
    if (group[0] && group[0].cid !== page.cid) {
      await rewrite(tx, ranges, group, gone, look, removed);
      group = [];
    }
    group.push(page);
  }
  if (group.length > 0) await rewrite(tx, ranges, group, gone, look, removed);
  return removed;
}

type Look = (messages: readonly Held<Message>[]) => unknown;

/** @param pages all pages of one conversation, in order. */
async function rewrite(
  tx: SubjectTx,
  ranges: Ranges,
  pages: readonly Page[],
  gone: (held: Held<Message>) => boolean,
  look: Look,
  removed: { messages: number; conversations: number },
): Promise<void> {
  const store = tx.objectStore('pages');
  const cid = pages[0]?.cid as Uuid;
  for (const { messages } of pages) look(messages);
  const after = pages.map((page) => pageWithout(page, gone));
  const lost = count(pages) - count(after);
  const nonEmpty = after.filter(({ messages }) => messages.length > 0);
  const newest = nonEmpty.at(-1);
  const earlier = count(nonEmpty) - (newest?.messages.length ?? 0);
  if (after.every((page) => pages.includes(page)) && newest?.earlier === earlier) return;
  removed.messages += lost;
  if (newest) {
    newest.last = newestStamp(newest);
    newest.earlier = earlier;
    for (const page of nonEmpty) if (page === newest || !pages.includes(page)) store.put(page);
    for (const { n } of after.filter((page) => !nonEmpty.includes(page))) store.delete([cid, n]);
    return;
  }
  const facts = await factsOf(tx, ranges, cid);
  const began = facts.find(({ entry }) => entry.key === conversationKey(cid)) ?? facts[0];
  // Nothing was ever said in it, and it has lost nothing.
  if (began && lost === 0 && pages.at(-1)?.last) return;
  store.delete(startingWith(ranges, cid));
  if (!began) removed.conversations += 1;
  else store.put({ cid, n: 0, messages: [], size: 0, last: began.entry.at, earlier: 0 });
}

/** Deletes of what is set aside that of which it is true; gives what `meta` says of how much is left. */
export async function dropSetAside(
  tx: SubjectTx,
  { lost }: Pick<Meta, 'lost'>,
  gone: (entry: SetAside['entry']) => boolean,
): Promise<Pick<Meta, 'lost'>> {
  if (!lost?.unreadable) return {};
  const store = tx.objectStore('quarantine');
  const all = (await result(store.getAll())).map(({ entry }) => entry);
  const going = all.filter(gone);
  for (const { id } of going) store.delete(id);
  return { lost: { ...lost, unreadable: all.length - going.length } };
}

function count(pages: readonly Page[]): number {
  return pages.reduce((sum, { messages }) => sum + messages.length, 0);
}

function newestStamp({ messages }: Page): string {
  return messages.reduce((newest, { entry }) => (entry.at > newest ? entry.at : newest), '');
}
