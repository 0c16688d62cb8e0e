/**
 * Lists more conversations than a memory has at hand, ten more a press; fetched with the first press. What it has listed
 * for one person it shows to no other.
 */
import type { ConversationHead, Memory } from '../../memory/types.js';
import type { Uuid } from '../../facts/entry.js';
import { isFaultless } from './faultless.js';
import { surroundings } from '../surroundings.js';
import type { Center } from './center.js';
import { furtherWords } from './further-words.js';

/** How many more conversations are listed at a time. */
const STEP = 10;

/** Conversations, newest first, and whether there are more of them. */
export interface Listed {
  readonly heads: readonly ConversationHead[];
  readonly more: boolean;
}

export interface Talks {
  /** Undefined while those at hand are all that was asked for. */
  readonly listed: Listed | undefined;
  /** Lists more of them, and begins to read there. */
  showMore(memory: Memory): Promise<void>;
  /** Lists them anew; what belongs to another person is gone before the next paint, not when the new list has been read. */
  follow(memory: Memory): void;
  /** Resolves when what is listed is what is left. */
  reload(memory: Memory): Promise<void>;
  /** Leaves those at hand. */
  end(): void;
}

export function createTalks({ element, say }: Center): Talks {
  let listed: Listed | undefined;
  /** How many are listed at most; 0 before more of them were asked for. */
  let limit = 0;
  let turn = 0;
  let coming: Promise<void> | undefined;
  let person: ReadonlySet<Uuid> = new Set();

  async function reload(memory: Memory): Promise<void> {
    if (limit) await (coming = read(memory, (turn += 1)));
  }

  async function read(memory: Memory, mine: number): Promise<void> {
    // One more tells whether there are more.
    const found = await memory.conversations.latest(limit + 1);
    // Whoever waits for this waits for what was asked since.
    if (mine !== turn) return coming;
    listed = { heads: found.slice(0, limit), more: found.length > limit };
    element.requestUpdate();
  }

  async function showMore(memory: Memory): Promise<void> {
    const { recent } = memory.conversations;
    const shown = (listed?.heads ?? recent).length;
    const before = limit;
    limit = shown + STEP;
    person = idsOf(recent);
    try {
      await reload(memory);
    } catch (error) {
      limit = before;
      throw error;
    }
    await element.updateComplete;
    if (!listed) return;
    const next = listed.heads.length > shown;
    if (!next) say((words) => furtherWords(words).say('center.all'));
    // Not to its button: with the next press of the same key it would be forgotten.
    const { renderRoot } = element;
    const topics = renderRoot.querySelectorAll<HTMLElement>('[part="topic"]');
    (next ? topics[shown] : renderRoot.querySelector<HTMLElement>('[part="status"]'))?.focus();
  }

  function end(): void {
    listed = coming = undefined;
    limit = 0;
    turn += 1;
  }

  return {
    get listed() {
      return listed;
    },
    showMore,
    follow(memory) {
      const { recent } = memory.conversations;
      if (!recent.some(({ id }) => person.has(id))) end();
      person = idsOf(recent);
      reload(memory).catch((error: unknown) => {
        // A memory that was closed meanwhile has nothing more to say; what is nobody’s mistake is said with a press.
        if (memory.status.state !== 'closed' && !isFaultless(error)) surroundings().report(error);
      });
    },
    reload,
    end,
  };
}

const idsOf = (heads: readonly ConversationHead[]): ReadonlySet<Uuid> => new Set(heads.map(({ id }) => id));
