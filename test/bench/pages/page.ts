/** What the bench asks of a page, done with any contestant. */
import { asked, began } from './began.js';
import type { Chat, Contestant, Opened, Spoken } from './contestant.js';
import { byOf, LONG, textOf, type Answer, type Recalled } from './data.js';

export interface Page {
  fill: Contestant['fill'];
  /** Of the start, where this page was opened for that. */
  readonly answered: Promise<Recalled> | undefined;
  /** The start, and all stays open. */
  readonly held: Promise<Answer> | undefined;
  append(count: number, how: 'one by one' | 'in a batch'): Promise<Appended>;
  last(count: number): Promise<Read>;
}

export interface Appended {
  readonly took: number;
  /** How many of them were there afterwards, in their order, when it was opened again. */
  readonly kept: number;
}

export interface Read {
  readonly took: number;
  readonly texts: readonly string[];
}

/** The number of no conversation that is stored already. */
const NEW = 999_999;

export function pageOf({ fill, open, recall }: Contestant): Page {
  // What is let go is not what is measured.
  let holding: Opened | undefined;
  return {
    fill,
    answered: asked.startsWith('?recall') ? (recall ?? recallByOpening)() : undefined,
    held: asked === '?hold' ? hold() : undefined,
    async append(count, how) {
      const said = Array.from({ length: count }, (_, m) => ({ by: byOf(m), text: textOf(NEW, m) }));
      const { newest, ...opened } = await open();
      const chat = await opened.conversation(newest);
      const began = performance.now();
      await (how === 'in a batch' ? chat.sayAll(said) : sayEach(chat, said));
      const took = performance.now() - began;
      await opened.close();
      return { took, kept: await keptOf(newest, said) };
    },
    async last(count) {
      const opened = await open();
      const began = performance.now();
      const texts = await (await opened.conversation(LONG)).last(count);
      const took = performance.now() - began;
      await opened.close();
      return { took, texts };
    },
  };

  async function recallByOpening(): Promise<Recalled> {
    const { answer, close } = await open();
    const took = performance.now() - began;
    await close();
    return { took, ...answer };
  }

  async function hold(): Promise<Answer> {
    holding = await open();
    Object.assign(globalThis, { holding });
    return holding.answer;
  }

  async function keptOf(id: string, said: readonly Spoken[]): Promise<number> {
    const opened = await open();
    const texts = await (await opened.conversation(id)).last(said.length);
    await opened.close();
    return said.filter(({ text }, m) => texts[m] === text).length;
  }
}

async function sayEach(chat: Chat, said: readonly Spoken[]): Promise<void> {
  for (const one of said) await chat.say(one);
}
