/**
 * Lists more conversations than a memory has at hand, ten at a time; fetched where there may be more. What it has listed
 * for one person it shows to no other.
 */
import { nothing } from 'lit/html.js';
import type { RenderingElement } from '../rendering-element.js';
import type { ConversationHead, Memory } from '../../memory/types.js';
import type { Uuid } from '../../facts/entry.js';
import { button } from '../button.js';
import { RECENT } from '../recent.js';
import { surroundings } from '../surroundings.js';
import type { CenterWords } from './center.js';

/** How many conversations are listed at a time. */
const STEP = 10;

export interface Talks {
  /** Undefined until they were read. */
  readonly listed: readonly ConversationHead[] | undefined;
  /** Lists them anew; what belongs to another person is gone before the next paint, not when the new list has been read. */
  follow(memory: Memory): void;
  /** Resolves when what is listed is what is left. */
  reload(memory: Memory): Promise<void>;
  /** The button for more of them. */
  more(memory: Memory, words: CenterWords): unknown;
}

export function createTalks(element: RenderingElement): Talks {
  let listed: readonly ConversationHead[] | undefined;
  let limit = STEP;
  let turn = 0;
  let person: ReadonlySet<Uuid> = new Set();

  async function reload(memory: Memory): Promise<void> {
    const mine = (turn += 1);
    try {
      const { recent, latest } = memory.conversations;
      const found = recent.length < RECENT ? recent : await latest(limit);
      if (mine !== turn) return;
      listed = found;
      element.requestUpdate();
    } catch (error) {
      // A memory that was closed meanwhile has nothing more to say.
      if (memory.status.state !== 'closed') surroundings().report(error);
    }
  }

  async function showMore(memory: Memory): Promise<void> {
    const before = listed?.length ?? 0;
    limit += STEP;
    await reload(memory);
    await element.updateComplete;
    const buttons = element.renderRoot.querySelectorAll<HTMLElement>(
      '[part~="conversation"] [part="forget"]',
    );
    buttons[before]?.focus();
  }

  return {
    get listed() {
      return listed;
    },
    follow(memory) {
      const { recent } = memory.conversations;
      if (!recent.some(({ id }) => person.has(id))) listed = undefined;
      person = new Set(recent.map(({ id }) => id));
      void reload(memory);
    },
    reload,
    more: (memory, { say }) =>
      listed && listed.length >= limit ? button('more', say('center.more'), () => showMore(memory)) : nothing,
  };
}
