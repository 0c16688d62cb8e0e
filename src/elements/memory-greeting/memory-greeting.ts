import { html, nothing } from 'lit/html.js';
import { css } from '../adopt-styles.js';
import type { ConversationHead, Memory } from '../../memory/types.js';
import { ask, tell } from '../events.js';
import { MemoryElement } from '../memory-element.js';
import { text } from '../rendering-element.js';
import { greeting } from '../strings/greeting.js';
import { quiet } from '../styles.js';
import { opened, surroundings } from '../surroundings.js';
import { isolated, when, type Words } from '../words.js';

type En = (typeof greeting)['en'];
type Say = Words<En>;

/**
 * @summary Greets a person by first name and offers to go on with the last conversation; shows its slot to strangers.
 *
 * It says "back" to who was known before this page: until then somebody who gives their name is no
 * stranger, and has not come back either. A conversation that goes on in this page is not offered.
 *
 * Unasked it shows what a stranger looking over the shoulder may read: a first name. With whom, when
 * and about what come after the press, or when the site raises it with `reveal`; never for a
 * conversation that is discreet.
 *
 * @slot - What strangers and pages without script see.
 * @attr {'name' | 'helper' | 'topic'} reveal - What is shown unasked: a first name (default), also with whom and when, or all of it.
 * @attr {'page' | 'visit'} every - Greets on each page (default), or once until the page is loaded anew.
 * @attr {string} site - Whose memory is shown; needed only when a page has several.
 * @fires {CustomEvent<{ id: string }>} memory-conversation-open - "Pick up where we left off" was pressed. Cancel it to open your own chat; else what it was about is shown here.
 * @fires {CustomEvent} memory-person-leave - "Not Ana?" was pressed. Cancel it to keep the memory in place.
 * @fires {CustomEvent} memory-person-change - The memory was put aside; another person begins.
 * @csspart base - Around everything that is said.
 * @csspart greeting - The line.
 * @csspart text - Its words.
 * @csspart name - A first name.
 * @csspart resume - The button that goes on with the last conversation.
 * @csspart not-me - The button for somebody else.
 * @csspart details - With whom, when and about what; also what is said to somebody else.
 * @csspart helper - With whom.
 * @csspart topic - About what.
 * @cssproperty [--memory-accent=inherit] - Buttons and the focus ring.
 * @cssproperty [--memory-muted] - The button for somebody else, and the details.
 * @cssproperty [--memory-space=8px] - Half of what is between the text and its buttons.
 * @cssproperty [--memory-radius=3px] - Corners.
 */
export class MemoryGreeting extends MemoryElement<En> {
  static override properties = {
    ...MemoryElement.properties,
    reveal: text,
    every: text,
    pressed: undefined,
    apology: undefined,
  };
  static override styles = [
    ...MemoryElement.styles,
    css`
      [part='greeting'] {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        column-gap: calc(2 * var(--memory-space, 8px));
      }
      [part='not-me'],
      [part='details'] {
        ${quiet}
      }
    `,
  ];

  protected override readonly tables = greeting;

  declare reveal?: 'name' | 'helper' | 'topic';
  declare every?: 'visit' | 'page';
  /** The conversation whose button was pressed. */
  declare private pressed?: string;
  /** What is said, in a language, to somebody who has said that they are another. */
  declare apology?: (language: string) => unknown;

  // The greeting is no live region: it is read in its place. What a press brings is announced.
  protected override show(memory: Memory): unknown {
    const { words } = this;
    const name = firstName(memory);
    if (!name || !this.#mayGreet(memory)) return this.apology?.(words.lang);
    const [latest] = memory.conversations.recent.filter(({ discreet }) => !discreet);
    const head = latest && latest.lastAt < opened() ? latest : undefined;
    return html`<div part="base" lang=${words.lang} dir=${words.dir}>
      <p part="greeting">
        <span part="text">${words.say('greeting.known', { name: isolated(name, 'name') })}</span>
        ${
          head
            ? html`<button part="resume" @click=${() => this.#resume(head)}>
                ${words.say('greeting.resume')}
              </button>`
            : nothing
        }
        <button part="not-me" @click=${() => this.#leave(memory)}>
          ${words.say('greeting.notMe', { name: isolated(name, 'name') })}
        </button>
      </p>
      <p part="details" role="status">${head && this.#details(head, words)}</p>
    </div>`;
  }

  #details(head: ConversationHead, { lang, say }: Say): unknown {
    const all = this.pressed === head.id || this.reveal === 'topic';
    if (!all && this.reveal !== 'helper') return nothing;
    const { name, kind } = head.with ?? {};
    const topic = isolated(head.topic, 'topic');
    return say(all && topic ? 'greeting.topic' : 'greeting.helper', {
      helper:
        kind === 'assistant' ? say('greeting.assistant') : (isolated(name, 'helper') ?? say('greeting.us')),
      when: when(lang, head.lastAt, surroundings().clock.now()),
      topic,
    });
  }

  #resume({ id }: ConversationHead): void {
    if (ask(this, 'memory-conversation-open', { id })) this.pressed = id;
  }

  async #leave(memory: Memory): Promise<void> {
    const { visitor } = memory;
    if (!ask(this, 'memory-person-leave', undefined)) return;
    // Fetched meanwhile; what cannot be had is not said.
    const coming = import('./apology.js').catch(() => undefined);
    if (!(await this.act(() => memory.notMe()))) return;
    tell(this, 'memory-person-change', undefined);
    await (await coming)?.apologise(this, visitor);
  }

  #mayGreet(memory: Memory): boolean {
    if (this.every !== 'visit') return true;
    if (!greeted.has(memory)) greeted.set(memory, this);
    return greeted.get(memory) === this;
  }
}

/** Who greeted first, where once is enough. */
const greeted = new WeakMap<Memory, MemoryGreeting>();

/** Whether who is here was known when the page was opened. */
const known = new WeakMap<Memory, boolean>();

/** The first name of who has come back. */
function firstName(memory: Memory): string | undefined {
  const { state } = memory.consent;
  // What is not kept was said in this visit; what is kept from now on, too.
  if (state === 'undecided' || state === 'refused') known.set(memory, false);
  const fact = memory.recall('identity.name');
  if (!fact || fact.discreet) return undefined;
  if (!known.has(memory)) known.set(memory, fact.at < opened());
  const { preferred, given } = Object(fact.value) as Record<string, unknown>;
  return known.get(memory) ? trimmed(preferred) || trimmed(given) : undefined;
}

/** Whatever an older version or another program has stored there. */
const trimmed = (part: unknown): string => (typeof part === 'string' ? part.trim() : '');

declare global {
  interface HTMLElementTagNameMap {
    'memory-greeting': MemoryGreeting;
  }
}
