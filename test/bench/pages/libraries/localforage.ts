/**
 * localforage: values by key, an instance a kind of thing. It has neither ranges nor an order but that of the keys nor a
 * write of several keys, so the messages lie in pages of fifty and the ids of the newest conversations under a key of
 * their own. It has no option for durability.
 */
import '../strict.js';
import localforage from 'localforage';
import { answerOf, continued, messageOf, rowsOf, type Chat, type Row, type Spoken } from '../contestant.js';
import { identity, preferences, toldInBatches, type Head, type Message } from '../data.js';
import { pageOf } from '../page.js';

const PAGE = 50;
const NEWEST = 20;
const RECENT = 'recent';

const instance = (storeName: string) =>
  localforage.createInstance({ name: 'localforage', storeName, driver: localforage.INDEXEDDB });
const people = instance('people');
const heads = instance('conversations');
const pages = instance('pages');

type Paged = Head & { readonly pages: number };

const pageKey = (id: string, n: number) => `${id}.${n}`;

async function chatIn(id: string): Promise<Chat> {
  let head = (await heads.getItem<Paged>(id)) as Paged;
  let page = (await pages.getItem<Message[]>(pageKey(id, head.pages - 1))) ?? [];

  async function sayAll(all: readonly Spoken[]): Promise<void> {
    const messages = all.map((one) => messageOf(id, one));
    const written: Promise<unknown>[] = [];
    for (let from = 0; from < messages.length;) {
      if (page.length === PAGE) {
        head = { ...head, pages: head.pages + 1 };
        page = [];
      }
      const part = messages.slice(from, from + PAGE - page.length);
      page = [...page, ...part];
      written.push(pages.setItem(pageKey(id, head.pages - 1), page));
      from += part.length;
    }
    head = { ...head, ...continued(head, messages.at(-1) as Message) };
    await Promise.all([...written, heads.setItem(id, head), comesFirst(id)]);
  }

  return {
    say: (one) => sayAll([one]),
    sayAll,
    async last(count) {
      const wanted = Math.min(head.pages, Math.ceil(count / PAGE) + 1);
      const found = await Promise.all(
        Array.from({ length: wanted }, (_, i) =>
          pages.getItem<Message[]>(pageKey(id, head.pages - wanted + i)),
        ),
      );
      const messages = found.flatMap((one) => one ?? []);
      return messages.slice(-count).map(({ text }) => text);
    },
  };
}

let recent: readonly string[] = [];

async function comesFirst(id: string): Promise<void> {
  if (recent[0] === id) return;
  recent = [id, ...recent.filter((one) => one !== id)].slice(0, NEWEST);
  await people.setItem(RECENT, recent);
}

async function fill(conversations: number): Promise<void> {
  await people.setItem('identity', rowsOf(identity));
  await people.setItem('preferences', rowsOf(preferences));
  for (const batch of toldInBatches(conversations)) {
    await Promise.all(
      batch.flatMap(({ head, messages }) => {
        const parts = Math.ceil(messages.length / PAGE);
        return [
          ...Array.from({ length: parts }, (_, n) =>
            pages.setItem(pageKey(head.id, n), messages.slice(n * PAGE, (n + 1) * PAGE)),
          ),
          heads.setItem(head.id, { ...head, pages: parts }),
        ];
      }),
    );
    const ids = batch.map(({ head }) => head.id).reverse();
    recent = [...ids, ...recent].slice(0, NEWEST);
  }
  await people.setItem(RECENT, recent);
}

export const { append, last, held, answered } = pageOf({
  fill,
  async open() {
    const [who, chosen, ids] = await Promise.all([
      people.getItem<Row[]>('identity'),
      people.getItem<Row[]>('preferences'),
      people.getItem<string[]>(RECENT),
    ]);
    recent = ids ?? [];
    const newest = await Promise.all(recent.slice(0, 5).map((id) => heads.getItem<Head>(id)));
    return {
      answer: answerOf(who ?? [], chosen ?? [], newest as Head[]),
      newest: recent[0] ?? '',
      conversation: chatIn,
      // It has no way to close a database that is to be kept.
      close: () => undefined,
    };
  },
});
export { fill };
