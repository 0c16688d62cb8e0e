import { html, nothing } from 'lit/html.js';
import type { Memory } from '../../memory/types.js';
import { isReserved } from '../../facts/key.js';
import { table } from '../../memory/table.js';
import { button } from '../button.js';
import { MemoryElement } from '../memory-element.js';
import { RECENT } from '../recent.js';
import type { en } from '../strings/center/en.js';
import type { CenterWords } from './center.js';
import { endOf } from './end.js';
import { keptOf } from './kept.js';
import { layout } from './layout.js';
import { createPresses } from './presses.js';
import { flag } from '../rendering-element.js';
import { factList, talkList } from './rows.js';

/**
 * @summary What is remembered about the visitor, in words, with why, and a way to correct and to forget each and all of it.
 *
 * What it shows is nobody else's business: until it is pressed, or where the page has `open`, it is
 * one button.
 *
 * @slot before - Above the list, once it is open.
 * @slot after - Below everything, once it is open.
 * @attr {boolean} open - Shows all of it without a press: for a page that is visited to see it.
 * @attr {string} site - Whose memory is shown; needed only when a page has several.
 * @fires {CustomEvent<{ selector: ForgetSelector }>} memory-forget - Something is to be forgotten. Cancel it to keep it.
 * @fires {CustomEvent<{ selector: ForgetSelector, receipt: Receipt }>} memory-forgotten - It is forgotten.
 * @fires {CustomEvent<{ key: string, value: Json }>} memory-fact-correct - A value is to be corrected or confirmed. Cancel it to keep the old one.
 * @fires {CustomEvent<{ grant: Grant }>} memory-consent-grant - "Remember me on this device" was pressed. Cancel it to keep nothing.
 * @fires {CustomEvent} memory-consent-refuse - Remembering on this device is to end. Cancel it to go on.
 * @csspart base - Around everything.
 * @csspart title - The heading.
 * @csspart toggle - The button that shows the rest.
 * @csspart empty - Said when nothing is remembered.
 * @csspart facts - The list of facts.
 * @csspart conversations - The list of conversations.
 * @csspart row - One of a list.
 * @csspart fact - One of the facts.
 * @csspart conversation - One of the conversations.
 * @csspart words - What is said about it.
 * @csspart name - What it is.
 * @csspart called - What the visitor calls an address.
 * @csspart value - What was said.
 * @csspart topic - What a conversation is about.
 * @csspart why - How it came to be known.
 * @csspart page - The page it was said on.
 * @csspart helper - Who wrote it down, or talked.
 * @csspart because - The reason given with it.
 * @csspart reason - That reason.
 * @csspart until - Until when it is kept.
 * @csspart reconfirm - Whether it is still right.
 * @csspart acts - What may be done with it.
 * @csspart right - The button that confirms it.
 * @csspart correct - The button that changes it.
 * @csspart forget - The button that forgets it.
 * @csspart correction - The form that changes it.
 * @csspart label - Its field, and what that is called.
 * @csspart caption - What that is called.
 * @csspart field - Its field.
 * @csspart option - One of two answers.
 * @csspart save - Its button.
 * @csspart cancel - The button that leaves things as they are.
 * @csspart unfit - Said when a new value does not fit.
 * @csspart more - The button for more conversations.
 * @csspart kept - What this browser keeps.
 * @csspart heading - A heading within.
 * @csspart keeps - How long.
 * @csspart aside - Said when somebody else was put aside on this page.
 * @csspart refused - When the visitor said no.
 * @csspart grant - The button that has it remembered on this device.
 * @csspart withdraw - The button that ends that.
 * @csspart end - What may be done with all of it.
 * @csspart copy - The button for a copy.
 * @csspart forget-all - The button that forgets all of it.
 * @csspart confirm - The question before all of it is forgotten.
 * @csspart question - Its words.
 * @csspart sure - The button that does it.
 * @csspart keep - The button that does not.
 * @csspart choices - Buttons in a line.
 * @csspart status - What has become of the last press; stands over the list at the end of the window, on a background of its own.
 * @cssproperty [--memory-accent=inherit] - Buttons and the focus ring.
 * @cssproperty [--memory-muted] - What a value is called, and why it is known.
 * @cssproperty [--memory-border] - Lines between rows, and around a field.
 * @cssproperty [--memory-radius=3px] - Corners.
 * @cssproperty [--memory-space=8px] - The unit of space.
 */
export class MemoryCenter extends MemoryElement<typeof en> {
  static override properties = {
    ...MemoryElement.properties,
    open: flag,
    pressed: undefined,
    aside: undefined,
    status: undefined,
  };
  static override styles = [...MemoryElement.styles, layout];

  protected override readonly tables = {};

  declare open?: boolean;
  /** The button that shows the rest was pressed. */
  declare private pressed?: boolean;
  /** Somebody on this page was put aside. */
  declare private aside?: boolean;
  /** What has become of the last press; told in the language of the moment. */
  declare private status?: ((words: CenterWords) => unknown) | undefined;

  /** Whose memory is shown, and which version of it. */
  #shown = '';

  #presses = createPresses({
    element: this,
    press: (run, unkept) =>
      this.act(async () => {
        this.status = undefined;
        try {
          await run();
        } catch (error) {
          this.status = ({ say }) => say('center.failed');
          await this.#presses.failed(error, unkept);
        }
      }),
    say: (status) => (this.status = status),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    table().asks = true;
    document.addEventListener('memory-person-change', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('memory-person-change', this.#left);
    this.#presses.acts?.end();
  }

  protected override meet(memory: Memory | undefined): void {
    const now = memory && this.#isOpen ? `${memory.site} ${memory.version}` : '';
    if (now === this.#shown) return;
    if (memory && now) this.#presses.acts?.follow(memory);
    this.#shown = now;
  }

  protected override show(memory: Memory): unknown {
    const { words } = this;
    // Its words could be had in no language.
    if (!words.text('center.title')) return undefined;
    return html`<div part="base" lang=${words.lang} dir=${words.dir}>
      ${
        this.open
          ? html`<h2 part="title" tabindex="-1">${words.say('center.title')}</h2>`
          : html`<button
              part="toggle"
              aria-expanded=${this.pressed ? 'true' : 'false'}
              @click=${() => this.#toggle()}
            >
              ${words.say('center.title')}
            </button>`
      }
      ${this.#isOpen ? this.#all(memory, words) : nothing}
      <p part="status" role="status" tabindex="-1">${this.status?.(words)}</p>
    </div>`;
  }

  #left = (): void => {
    this.aside = true;
  };

  get #isOpen(): boolean {
    return Boolean(this.open || this.pressed);
  }

  #all(memory: Memory, words: CenterWords): unknown {
    const facts = memory.facts().filter(({ key }) => !isReserved(key));
    const presses = this.#presses;
    const { recent } = memory.conversations;
    // Nothing is read for more than a start has at hand before somebody asks for it.
    const { heads: talks, more } = presses.acts?.listed ?? { heads: recent, more: recent.length === RECENT };
    const empty = facts.length === 0 && talks.length === 0;
    return html`<slot name="before"></slot>
      ${empty ? html`<p part="empty">${words.say('center.empty')}</p>` : nothing}
      ${facts.length === 0 ? nothing : factList(memory, facts, words, presses)}
      ${talks.length === 0 ? nothing : talkList(memory, talks, words, presses)}
      ${
        more
          ? button(
              'more',
              words.say('center.more'),
              presses.later((acts) => acts.showMore(memory)),
            )
          : nothing
      }
      ${keptOf(memory, words, presses, this.aside)}
      ${presses.acts?.askedOf(memory, words) ?? (empty ? nothing : endOf(memory, words, presses))}
      <slot name="after"></slot>`;
  }

  #toggle(): void {
    this.pressed = !this.pressed;
    this.status = undefined;
    this.#presses.acts?.reset();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'memory-center': MemoryCenter;
  }
}
