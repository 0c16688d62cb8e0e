/**
 * The least that a page can wait for what outlived the browser and is read at once: one text in local storage, with
 * nothing around it. Nobody could keep a memory so; it says how much of our time is the browser's own.
 */
import { asked, began } from './began.js';
import { identity, preferences, topicOf, type Recalled } from './data.js';

const NAME = 'floor';

function recall(): Recalled {
  const { who, chosen, heads } = JSON.parse(localStorage.getItem(NAME) as string) as Stored;
  const name = who.name.given;
  const size = chosen.frameSize;
  const topics = heads.map(({ topic }) => topic);
  return { took: performance.now() - began, name, size, topics };
}

interface Stored {
  readonly who: typeof identity;
  readonly chosen: typeof preferences;
  readonly heads: readonly { readonly topic: string }[];
}

export function fill(conversations: number): void {
  const heads = Array.from({ length: 5 }, (_, n) => ({ topic: topicOf(conversations - 1 - n) }));
  const stored: Stored = { who: identity, chosen: preferences, heads };
  localStorage.setItem(NAME, JSON.stringify(stored));
}

/** The answer, where this page was opened for one. */
export const answered = asked === '?recall' ? recall() : undefined;
