import { html, nothing, type PropertyValues } from 'lit';
import type { ConversationHead, ForgetSelector, Memory, Remembered } from '../../memory/types.js';
import { isReserved } from '../../facts/key.js';
import { table } from '../../memory/table.js';
import { button } from '../button.js';
import { ask, tell } from '../events.js';
import { MemoryElement } from '../memory-element.js';
import { RECENT } from '../recent.js';
import { center as en } from '../strings/en/center.js';
import { surroundings } from '../surroundings.js';
import type { Acts } from './acts.js';
import type { CenterWords } from './center.js';
import { keptOf } from './kept.js';
import { layout } from './layout.js';
import { factRow, talkRow } from './rows.js';

/** How many conversations are listed at a time. */
const STEP = 10;

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
 * @csspart blocked - Said where the browser keeps nothing.
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
 * @csspart status - What has become of the last press.
 * @cssproperty [--memory-accent=inherit] - Buttons and the focus ring.
 * @cssproperty [--memory-muted] - What a value is called, and why it is known.
 * @cssproperty [--memory-border] - Lines between rows, and around a field.
 * @cssproperty [--memory-radius=3px] - Corners.
 * @cssproperty [--memory-space=8px] - The unit of space.
 */
export class MemoryCenter extends MemoryElement<typeof en> {
  static override properties = {
    open: { type: Boolean },
    pressed: { state: true },
    listed: { state: true },
    aside: { state: true },
    status: { state: true },
  };
  static override styles = [...MemoryElement.styles, layout];

  protected override readonly tables = { en };

  declare open?: boolean;
  /** The button that shows the rest was pressed. */
  declare private pressed?: boolean;
  declare private listed?: readonly ConversationHead[] | undefined;
  /** Somebody on this page was put aside. */
  declare private aside?: boolean;
  /** What has become of the last press; told in the language of the moment. */
  declare private status?: ((words: CenterWords) => unknown) | undefined;

  /** What presses do, once one was made. */
  #acts: Acts | undefined;
  #shown = STEP;
  #loaded = '';
  #turn = 0;
  #person: ReadonlySet<string> = new Set();

  override connectedCallback(): void {
    super.connectedCallback();
    table().asks = true;
    document.addEventListener('memory-person-change', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('memory-person-change', this.#left);
    this.#acts?.end();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const memory = this.client;
    const now = memory && this.#isOpen ? `${memory.site} ${memory.version}` : '';
    if (now === this.#loaded) return;
    this.#loaded = now;
    this.#clearFor(memory);
    if (memory && this.#isOpen) void this.#reload(memory);
  }

  protected override show(memory: Memory): unknown {
    const { words } = this;
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
    // Until all are listed, those at hand: what stands below must not be pushed down a moment later.
    const talks = this.listed ?? memory.conversations.recent;
    const empty = facts.length === 0 && talks.length === 0;
    return html`<slot name="before"></slot>
      ${empty ? html`<p part="empty">${words.say('center.empty')}</p>` : nothing}
      ${facts.length === 0 ? nothing : this.#facts(memory, facts, words)}
      ${talks.length === 0 ? nothing : this.#talks(memory, talks, words)}
      ${keptOf(
        memory,
        words,
        {
          grant: () => this.#grant(memory),
          withdraw: this.#press((acts) => acts.question(memory, 'withdraw')),
        },
        Boolean(this.aside),
      )}
      ${this.#acts?.askedOf(memory, words) ?? (empty ? nothing : this.#end(memory, words))}
      <slot name="after"></slot>`;
  }

  #facts(memory: Memory, facts: readonly Remembered[], words: CenterWords): unknown {
    return html`<ul part="facts">
      ${facts.map((fact, index) =>
        factRow(memory, fact, index, words, this.#acts?.formFor(memory, fact, words), {
          confirm: () => this.#confirm(memory, fact),
          edit: this.#press((acts) => acts.edit(fact)),
          forget: (event) => this.#forget(memory, { key: fact.key }, event),
        }),
      )}
    </ul>`;
  }

  #talks(memory: Memory, talks: readonly ConversationHead[], words: CenterWords): unknown {
    return html`<h3 part="heading">${words.say('center.conversations')}</h3>
      <ul part="conversations">
        ${talks.map((talk, index) =>
          talkRow(talk, index, words, (event) => this.#forget(memory, { conversation: talk.id }, event)),
        )}
      </ul>
      ${
        talks.length < this.#shown
          ? nothing
          : button('more', words.say('center.more'), () => this.#more(memory))
      }`;
  }

  #end(memory: Memory, { say }: CenterWords): unknown {
    return html`<p part="end choices">
      ${button(
        'copy',
        say('center.copy'),
        this.#press((acts) => acts.copy(memory)),
      )}
      ${button(
        'forget-all',
        say('center.forgetAll'),
        this.#press((acts) => acts.question(memory, 'forget')),
      )}
    </p>`;
  }

  #toggle(): void {
    this.pressed = !this.pressed;
    this.status = undefined;
    this.#acts?.reset();
  }

  #forget(memory: Memory, selector: ForgetSelector, { currentTarget }: Event): void {
    if (!ask(this, 'memory-forget', { selector })) return;
    const place = [...this.renderRoot.querySelectorAll('[part="forget"]')].indexOf(currentTarget as Element);
    this.#begin(
      () => memory.forget(selector),
      async (acts, receipt) => {
        await acts?.forgotten(memory, receipt.at, place);
        tell(this, 'memory-forgotten', { selector, receipt });
      },
    );
  }

  #confirm(memory: Memory, { key, value }: Remembered): void {
    if (!ask(this, 'memory-fact-correct', { key, value })) return;
    this.#begin(
      () => memory.remember(key as `preferences.${string}`, value),
      (acts, fact) => acts?.confirmed(fact),
    );
  }

  #grant(memory: Memory): void {
    const grant = { device: true };
    if (!ask(this, 'memory-consent-grant', { grant })) return;
    this.#begin(
      () => memory.consent.grant(grant),
      (acts) => acts?.granted(),
    );
  }

  /** Does at the press what must be done even if the page is left at once; what is said of it comes when it can be had. */
  #begin<T>(begin: () => Promise<T>, then: (acts: Acts | undefined, done: T) => unknown): void {
    void this.#do(async () => {
      const [done, acts] = await Promise.all([begin(), this.#fetchActs().catch(() => undefined)]);
      await then(acts, done);
    });
  }

  /** Does what can wait until its code has come. */
  #press(run: (acts: Acts) => unknown) {
    return (): void => void this.#do(async () => run(await this.#fetchActs()));
  }

  async #fetchActs(): Promise<Acts> {
    if (this.#acts) return this.#acts;
    const { createActs } = await import('./acts.js');
    return (this.#acts = createActs({
      element: this,
      press: (act) => void this.#do(act),
      say: (status) => (this.status = status),
      settled: (memory) => this.#settled(memory),
    }));
  }

  async #do(run: () => Promise<unknown>): Promise<void> {
    if ((await this.act(run)) === false) this.status = ({ say }) => say('center.failed');
  }

  async #more(memory: Memory): Promise<void> {
    const before = this.listed?.length ?? 0;
    this.#shown += STEP;
    await this.#settled(memory);
    this.renderRoot.querySelectorAll<HTMLElement>('[part~="conversation"] [part="forget"]')[before]?.focus();
  }

  async #reload(memory: Memory): Promise<void> {
    const turn = (this.#turn += 1);
    try {
      const { recent, latest } = memory.conversations;
      const listed = recent.length < RECENT ? recent : await latest(this.#shown);
      if (turn === this.#turn) this.listed = listed;
    } catch (error) {
      // A memory that was closed meanwhile has nothing more to say.
      if (this.client) surroundings().report(error);
    }
  }

  /** Until what is shown is what is left. */
  async #settled(memory: Memory): Promise<void> {
    await this.#reload(memory);
    await this.updateComplete;
  }

  /** What belongs to another person is gone before the next paint, not when the new list has been read. */
  #clearFor(memory: Memory | undefined): void {
    const recent = memory?.conversations.recent ?? [];
    if (!recent.some(({ id }) => this.#person.has(id))) this.listed = undefined;
    this.#person = new Set(recent.map(({ id }) => id));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'memory-center': MemoryCenter;
  }
}
