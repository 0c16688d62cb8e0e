import type { Draft, Held, Message, Ms, Stamp, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { PAGE_SIZE } from './page-size.js';
import { startingWith } from './row-key.js';
import { isPage } from './sound-page.js';
import { must, type Page, type Ranges, type SubjectTx } from './subject-database.js';
import { result } from './transaction.js';

/** Each message that is said writes its page again: the fewer there are on it, the less of what was said before is written with it. */
const PAGE_MESSAGES = 25;

/** The newest page of each conversation that a write touches, read once and written once. */
export interface NewestPages {
  /** Asks for it early, beside other requests. */
  prefetch(cid: Uuid): void;
  newest(cid: Uuid): Promise<Page | undefined>;
  /** Makes the first page of a conversation that has none. */
  begin(cid: Uuid, at: Stamp): Promise<void>;
  /** The message as it is stored already. `before`: the greatest stamp stored so far. */
  find(draft: Draft<Message>, before: Stamp | undefined): Promise<Held<Message> | undefined>;
  write(page: Page): void;
  /** Takes the word of somebody who knows it. */
  know(page: Page): void;
  /** Of those that it was told or has written, the last; undefined after a flush. */
  readonly latest: Page | undefined;
  flush(): void;
}

export function newestPages(tx: SubjectTx, ranges: Ranges): NewestPages {
  const store = tx.objectStore('pages');
  const pages = new Map<Uuid, Promise<Page | undefined>>();
  const dirty = new Map<string, Page>();
  let latest: Page | undefined;
  const everything = new Map<Uuid, Map<Uuid, Held<Message>>>();

  function newest(cid: Uuid): Promise<Page | undefined> {
    const known = pages.get(cid);
    if (known) return known;
    const asked = result(store.openCursor(startingWith(ranges, cid), 'prev')).then((cursor) => {
      must(!cursor || isPage(cursor.value));
      return cursor?.value;
    });
    asked.catch(() => undefined); // where something else fails first
    pages.set(cid, asked);
    return asked;
  }

  function write(page: Page): void {
    if (page.last !== undefined) know(page);
    dirty.set(`${page.cid} ${page.n}`, page);
  }

  function know(page: Page): void {
    pages.set(page.cid, Promise.resolve(page));
    latest = page;
  }

  /** Every message of one conversation: only for what may have been stored before. */
  async function all(cid: Uuid): Promise<Map<Uuid, Held<Message>>> {
    const known = everything.get(cid);
    if (known) return known;
    const found = await result(store.getAll(startingWith(ranges, cid)));
    const byId = new Map(
      found.flatMap(({ messages }) => messages.map((held) => [held.entry.id, held] as const)),
    );
    everything.set(cid, byId);
    return byId;
  }

  return {
    prefetch: (cid) => void newest(cid),
    newest,
    async begin(cid, at) {
      if (
        pages.has(cid)
          ? await newest(cid)
          : (await result(store.getKey(startingWith(ranges, cid)))) !== undefined
      )
        return;
      write(firstPage(cid, at));
    },
    async find({ id, at, key }, before) {
      const cid = conversationIdOf(key) as Uuid;
      const here = (await newest(cid))?.messages.findLast(({ entry }) => entry.id === id);
      if (here || before === undefined || at > before) return here;
      return (await all(cid)).get(id);
    },
    write,
    know,
    get latest() {
      return latest;
    },
    flush() {
      latest = undefined;
      for (const page of dirty.values()) store.put(page);
      dirty.clear();
      pages.clear();
      everything.clear();
    },
  };
}

/** Adds a message to the newest page of its conversation, or to a new one when that is full. */
export async function appendMessage(pages: NewestPages, held: Held<Message>): Promise<void> {
  const { at, key } = held.entry;
  const cid = conversationIdOf(key) as Uuid;
  let page = (await pages.newest(cid)) ?? firstPage(cid, at);
  const size = sizeOf(held);
  if (page.messages.length > 0 && (page.messages.length >= PAGE_MESSAGES || page.size + size > PAGE_SIZE)) {
    const { last, earlier = 0, ...full } = page;
    pages.write(full);
    page = { ...firstPage(cid, last ?? at), n: page.n + 1, earlier: earlier + page.messages.length };
  }
  page.messages.push(held);
  page.size += size;
  if (page.last === undefined || at > page.last) page.last = at;
  const until = Math.min(page.until ?? Infinity, held.entry.until ?? Infinity);
  if (until < Infinity) page.until = until;
  pages.write(page);
}

/** The page without the messages for which `gone` is true; what was counted wrong is counted again. */
export function pageWithout(page: Page, gone: (held: Held<Message>) => boolean): Page {
  const messages = page.messages.filter((held) => !gone(held));
  if (messages.length === page.messages.length && isPage(page)) return page;
  const left = earliest(messages);
  return {
    cid: page.cid,
    n: page.n,
    messages,
    size: messages.reduce((sum, held) => sum + sizeOf(held), 0),
    ...(left !== undefined && { until: left }),
  };
}

function firstPage(cid: Uuid, at: Stamp): Page {
  return { cid, n: 0, messages: [], size: 0, last: at, earlier: 0 };
}

function sizeOf({ entry: { value } }: Held<Message>): number {
  return value.text.length + (value.data === undefined ? 0 : JSON.stringify(value.data).length);
}

function earliest(messages: readonly Held<Message>[]): Ms | undefined {
  const untils = messages.flatMap(({ entry }) => entry.until ?? []);
  return untils.length > 0 ? Math.min(...untils) : undefined;
}
