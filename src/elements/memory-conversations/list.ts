/**
 * The list of conversations, and the one of them that is read; fetched when the button is pressed, or one is asked for.
 * It knows what is listed and read, and where the focus belongs; how many there are in all its host knows.
 */
import { html, nothing } from 'lit/html.js';
import { adoptStyles } from '../adopt-styles.js';
import { isText } from '../../facts/shape.js';
import type { RenderingElement } from '../rendering-element.js';
import type { Conversation, ConversationHead, Memory, SaidMessage } from '../../memory/types.js';
import { ask } from '../events.js';
import { list as tables } from '../strings/list.js';
import { isolated, wordsFor } from '../words.js';
import { layout } from './layout.js';
import { about, said, type ListWords } from './texts.js';

/** How many messages are read at a time. */
const PAGE = 20;

/** The element, as its list knows it. */
export interface Host {
  readonly element: RenderingElement;
  /** How many are listed at a time. */
  readonly step: () => number;
  /** Those of its channel that are earlier ones. */
  readonly chosen: <T extends ConversationHead>(heads: readonly T[]) => readonly T[];
  /** Reads something, and says so when that fails; resolves when it is shown. */
  readonly load: (run: () => Promise<void>) => Promise<void>;
  /** Reads anew whatever is shown. */
  readonly reload: (memory: Memory) => Promise<void>;
}

export interface List {
  /** The one that is read. */
  readonly reading: Conversation | undefined;
  show(memory: Memory, language: string, total: number | undefined): unknown;
  /** Begins with the list. */
  begin(): void;
  read(one: Conversation): Promise<void>;
  /** Reads what is shown as it is now; shows it when what it resolves with is called. */
  renew(memory: Memory): Promise<() => void>;
  clear(): void;
}

export function createList({ element, step, chosen, load, reload }: Host): List {
  let listed: readonly Conversation[] = [];
  /** How many the list may show. */
  let most = step();
  let reading: Conversation | undefined;
  let messages: readonly SaidMessage[] | undefined;
  /** Whether there are messages before the first one shown. */
  let earlier = false;

  adoptStyles(element.renderRoot, [layout]);

  return {
    get reading() {
      return reading;
    },
    show(memory, language, total) {
      const words = wordsFor(tables, language);
      return reading ? readingOf(reading, words) : listOf(memory, words, total);
    },
    begin() {
      reading = undefined;
      most = step();
    },
    read,
    async renew(memory) {
      const found = await latest(memory);
      const one = reading && (await memory.conversations.get(reading.id));
      const last = Math.max(PAGE, messages?.length ?? 0);
      const renewed = await one?.messages({ last });
      return () => {
        listed = found;
        if (!reading) return;
        reading = one;
        if (renewed) take(renewed, last);
      };
    },
    clear() {
      listed = [];
      reading = messages = undefined;
      earlier = false;
    },
  };

  // --- shown ---------------------------------------------------------------------------------

  function listOf(memory: Memory, words: ListWords, total: number | undefined): unknown {
    const more = listed.length === most && (total === undefined || total > listed.length);
    return html`<ul part="list">
        ${listed.map(
          (one) =>
            html`<li part="item">
              <button part="open" data-id=${one.id} @click=${() => open(one)}>
                ${isolated(one.topic, 'name') ?? words.say('conversations.untitled')}
              </button>
              ${about(one, words)}
            </li>`,
        )}
      </ul>
      ${more ? html`<button part="more" @click=${() => showMore(memory)}>${words.say('conversations.more')}</button>` : nothing}`;
  }

  function readingOf(one: Conversation, words: ListWords): unknown {
    const { say } = words;
    return html`<section part="reading" aria-labelledby="topic">
      <button part="back" @click=${() => back(one)}>${say('conversations.back')}</button>
      <h3 part="topic" id="topic" tabindex="-1">
        ${isText(one.topic) ? html`<bdi part="name">${one.topic}</bdi>` : say('conversations.untitled')}
      </h3>
      ${about(one, words)}
      ${isText(one.summary) ? html`<p part="summary" dir="auto">${one.summary}</p>` : nothing}
      ${
        earlier
          ? html`<button part="earlier" @click=${() => readEarlier(one)}>
              ${say('conversations.earlier')}
            </button>`
          : nothing
      }
      <ol part="messages">
        ${messages?.map((message, index) => said(message, messages?.[index - 1], one, words))}
      </ol>
      ${messages?.length === 0 ? html`<p part="about">${say('conversations.silent')}</p>` : nothing}
    </section>`;
  }

  // --- pressed -------------------------------------------------------------------------------

  async function open(one: Conversation): Promise<void> {
    if (ask(element, 'memory-conversation-open', { id: one.id })) await read(one);
  }

  async function read(one: Conversation): Promise<void> {
    messages = undefined;
    reading = one;
    element.requestUpdate();
    await load(async () => take(await one.messages({ last: PAGE }), PAGE));
    focus('[part="topic"]');
  }

  async function back({ id }: Conversation): Promise<void> {
    reading = undefined;
    await load(async () => undefined);
    focus(`[data-id="${id}"]`);
  }

  async function showMore(memory: Memory): Promise<void> {
    const first = most;
    most += step();
    await reload(memory);
    focus('[part="open"]', first);
  }

  async function readEarlier(one: Conversation): Promise<void> {
    const before = messages ?? [];
    const [first] = before;
    await load(async () => {
      const found = await one.messages({ last: PAGE, ...(first && { before: first.id }) });
      take([...found, ...before], before.length + PAGE);
    });
    if (!earlier) focus('[part="topic"]');
  }

  // --- read ----------------------------------------------------------------------------------

  /** One channel's are looked for among all, a step at a time. */
  async function latest(memory: Memory): Promise<readonly Conversation[]> {
    for (let asked = most; ; asked *= 2) {
      const all = await memory.conversations.latest(asked);
      const found = chosen(all).slice(0, most);
      if (found.length === most || all.length < asked) return found;
    }
  }

  function take(found: readonly SaidMessage[], asked: number): void {
    messages = found;
    earlier = found.length >= asked;
  }

  function focus(selector: string, nth = 0): void {
    element.renderRoot.querySelectorAll<HTMLElement>(selector)[nth]?.focus();
  }
}
