/** IndexedDB by hand, with a hundred messages in a row instead of one: fewer rows to write, and more to write again. */
import { answer, complete, headOf, open, pageByHand, STRICT, upTo } from './by-hand.js';
import { continued, messageOf, type Chat, type Spoken } from './contestant.js';
import type { Message } from './data.js';

const PAGE = 100;
const WRITTEN = ['conversations', 'pages'];

interface PageRow {
  readonly of: string;
  readonly n: number;
  readonly messages: readonly Message[];
}

const openPaged = () =>
  open('paged', (database) => database.createObjectStore('pages', { keyPath: ['of', 'n'] }));

async function chatIn(database: IDBDatabase, id: string): Promise<Chat> {
  const [before, pages] = await Promise.all([
    headOf(database, id),
    upTo<PageRow>(1, newestPages(database, id)),
  ]);
  let head = before;
  let page = pages[0] ?? { of: id, n: 0, messages: [] };

  function sayAll(all: readonly Spoken[]): Promise<void> {
    const transaction = database.transaction(WRITTEN, 'readwrite', STRICT);
    const rows = transaction.objectStore('pages');
    const messages = all.map((one) => messageOf(id, one));
    for (let from = 0; from < messages.length;) {
      if (page.messages.length === PAGE) page = { of: id, n: page.n + 1, messages: [] };
      const part = messages.slice(from, from + PAGE - page.messages.length);
      page = { ...page, messages: [...page.messages, ...part] };
      rows.put(page);
      from += part.length;
    }
    head = continued(head, messages.at(-1) as Message);
    transaction.objectStore('conversations').put(head);
    return complete(transaction);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const first = Math.max(0, page.n - Math.ceil(count / PAGE));
      const range = IDBKeyRange.bound([id, first], [id, page.n]);
      const found = await answer<PageRow[]>(database.transaction('pages').objectStore('pages').getAll(range));
      return found
        .flatMap(({ messages }) => messages)
        .slice(-count)
        .map(({ text }) => text);
    },
  };
}

const newestPages = (database: IDBDatabase, id: string) =>
  database
    .transaction('pages')
    .objectStore('pages')
    .openCursor(IDBKeyRange.bound([id], [id, []]), 'prev');

export const { fill, append, last, held, answered } = pageByHand({
  open: openPaged,
  written: WRITTEN,
  chatIn,
  put(transaction, id, messages) {
    for (let n = 0; n * PAGE < messages.length; n += 1)
      transaction.objectStore('pages').put({ of: id, n, messages: messages.slice(n * PAGE, (n + 1) * PAGE) });
  },
});
