import { html, nothing, type PropertyValues } from 'lit';
import type { ConversationHead, ForgetSelector, Json, Memory, Remembered } from '../../memory/types.js';
import { isReserved } from '../../facts/key.js';
import { table } from '../../memory/table.js';
import { button } from '../button.js';
import { count } from '../count.js';
import { clock, day } from '../dates.js';
import { ask, tell } from '../events.js';
import { MemoryElement } from '../memory-element.js';
import { RECENT } from '../recent.js';
import { center as en } from '../strings/en.js';
import { surroundings } from '../surroundings.js';
import { isolated, type Words } from '../words.js';
import { bringCorrection } from './bring-correction.js';
import type { correctionOf } from './correction.js';
import { download } from './download.js';
import { asksForYes, isCorrectable, titleOf, whyOf } from './fact.js';
import { keptOf } from './kept.js';
import { layout } from './layout.js';

type W = Words<typeof en>;

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
    correcting: { state: true },
    unfit: { state: true },
    asking: { state: true },
    aside: { state: true },
    status: { state: true },
  };
  static override styles = [...MemoryElement.styles, layout];

  protected override readonly tables = { en };

  declare open?: boolean;
  /** The button that shows the rest was pressed. */
  declare private pressed?: boolean;
  declare private listed?: readonly ConversationHead[] | undefined;
  /** The key whose value is being changed. */
  declare private correcting?: string | undefined;
  declare private unfit?: boolean;
  /** The question before all of it goes, and how much that is. */
  declare private asking?:
    { readonly end: End; readonly facts: number; readonly conversations: number } | undefined;
  /** Somebody on this page was put aside. */
  declare private aside?: boolean;
  /** What has become of the last press; told in the language of the moment. */
  declare private status?: ((words: W) => unknown) | undefined;

  /** The form for a change, once one was asked for. */
  #form: typeof correctionOf | undefined;
  #shown = STEP;
  #loaded = '';
  #turn = 0;
  #person: ReadonlySet<string> = new Set();
  #release: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    table().asks = true;
    document.addEventListener('memory-person-change', this.#left);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('memory-person-change', this.#left);
    this.#release?.();
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

  #all(memory: Memory, words: W): unknown {
    const facts = memory.facts().filter(({ key }) => !isReserved(key));
    // Until all are listed, those at hand: what stands below must not be pushed down a moment later.
    const talks = this.listed ?? memory.conversations.recent;
    const empty = facts.length === 0 && talks.length === 0;
    return html`<slot name="before"></slot>
      ${empty ? html`<p part="empty">${words.say('center.empty')}</p>` : nothing}
      ${
        facts.length === 0
          ? nothing
          : html`<ul part="facts">
              ${facts.map((fact, index) => this.#fact(memory, fact, index, words))}
            </ul>`
      }
      ${
        talks.length === 0
          ? nothing
          : html`<h3 part="heading">${words.say('center.conversations')}</h3>
              <ul part="conversations">
                ${talks.map((talk, index) => this.#talk(memory, talk, index, words))}
              </ul>
              ${
                talks.length < this.#shown
                  ? nothing
                  : button('more', words.say('center.more'), () => this.#more(memory))
              }`
      }
      ${keptOf(
        memory,
        words,
        {
          grant: () => void this.#grant(memory),
          withdraw: () => void this.#question(memory, 'withdraw'),
        },
        Boolean(this.aside),
      )}
      ${this.asking ? this.#confirm(memory, words) : empty ? nothing : this.#end(memory, words)}
      <slot name="after"></slot>`;
  }

  #fact(memory: Memory, fact: Remembered, index: number, words: W): unknown {
    const { say, lang } = words;
    const id = `fact-${index}`;
    const correcting = this.correcting === fact.key;
    const save = (value: Json) => void this.#correct(memory, fact.key, value, 'center.corrected');
    return html`<li part="row fact" data-key=${fact.key}>
      <div part="words">
        <p part="name" id=${id}>${titleOf(fact, memory, words)}</p>
        ${
          correcting
            ? this.#form?.(fact, memory, words.lang, {
                save,
                cancel: () => this.#leave(fact.key),
                unfit: Boolean(this.unfit),
              })
            : html`<p part="value" dir="auto">${memory.describe(fact).value}</p>`
        }
        <p part="why">
          ${whyOf(fact, words)}
          ${fact.why ? html`<span part="because">${say('center.because', { why: isolated(fact.why, 'reason') })}</span>` : nothing}
          ${
            fact.until === undefined
              ? nothing
              : html`<span part="until">${say('center.until', { date: day(lang, fact.until) })}</span>`
          }
          ${fact.reconfirm ? html`<span part="reconfirm">${say('center.reconfirm')}</span>` : nothing}
        </p>
      </div>
      <p part="acts">
        ${
          asksForYes(fact) && !correcting
            ? button(
                'right',
                say('center.right'),
                () => this.#correct(memory, fact.key, fact.value, 'center.confirmed'),
                id,
              )
            : nothing
        }
        ${
          isCorrectable(fact, memory) && !correcting
            ? button('correct', say('center.correct'), () => this.#edit(fact.key), id)
            : nothing
        }
        ${this.#forgetting(memory, { key: fact.key }, words, id)}
      </p>
    </li>`;
  }

  #talk(memory: Memory, talk: ConversationHead, index: number, words: W): unknown {
    const { lang, say } = words;
    const id = `talk-${index}`;
    const { name, kind } = talk.with ?? {};
    const helper =
      kind === 'assistant' ? say('greeting.assistant') : name ? isolated(name, 'helper') : say('greeting.us');
    return html`<li part="row conversation">
      <div part="words">
        <p part="topic" dir="auto" id=${id}>${talk.topic ?? say('center.untitled')}</p>
        <p part="why">${say('center.with', { helper, date: day(lang, talk.lastAt) })}</p>
      </div>
      <p part="acts">${this.#forgetting(memory, { conversation: talk.id }, words, id)}</p>
    </li>`;
  }

  #forgetting(memory: Memory, selector: ForgetSelector, { say }: W, of: string): unknown {
    return button(
      'forget',
      say('center.forgetOne'),
      (event) => this.#forget(memory, selector, event.currentTarget),
      of,
    );
  }

  #end(memory: Memory, { say }: W): unknown {
    return html`<p part="end choices">
      ${button('copy', say('center.copy'), () => this.#copy(memory))}
      ${button('forget-all', say('center.forgetAll'), () => this.#question(memory, 'forget'))}
    </p>`;
  }

  #confirm(memory: Memory, words: W): unknown {
    const { say } = words;
    const withdraw = this.asking?.end === 'withdraw';
    const sure = () => void (withdraw ? this.#withdraw(memory) : this.#forget(memory, 'everything'));
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') this.#keep();
    };
    return html`<div part="end confirm" role="group" aria-labelledby="question" @keydown=${escape}>
      <p part="question" id="question" tabindex="-1">
        ${say(withdraw ? 'withdraw.confirm' : 'forgetAll.confirm', { list: this.#amount(words) })}
      </p>
      <p part="choices">
        ${button('sure', say(withdraw ? 'kept.withdraw' : 'center.forgetAll'), sure)}
        ${button('keep', say('center.keep'), () => this.#keep())}
        ${button('copy', say('center.copyFirst'), () => this.#copy(memory))}
      </p>
    </div>`;
  }

  /** "12 things and 3 conversations", without what there is none of. */
  #amount({ lang, text }: W): string {
    const { facts = 0, conversations = 0 } = this.asking ?? {};
    const things = count(lang, text('center.things'), facts).join('');
    const talks = count(lang, text('center.talks'), conversations).join('');
    return new Intl.ListFormat(lang).format([
      ...(facts || !conversations ? [things] : []),
      ...(conversations ? [talks] : []),
    ]);
  }

  #toggle(): void {
    this.pressed = !this.pressed;
    this.asking = this.correcting = this.status = undefined;
  }

  async #forget(memory: Memory, selector: ForgetSelector, button?: EventTarget | null): Promise<void> {
    if (!ask(this, 'memory-forget', { selector })) return;
    const place = this.#rows.indexOf(button as HTMLElement);
    await this.#do(async () => {
      const receipt = await memory.forget(selector);
      this.asking = undefined;
      this.status = ({ lang, say }) => say('receipt.device', { time: clock(lang, receipt.at) });
      await this.#settled(memory);
      this.#focusNear(place);
      tell(this, 'memory-forgotten', { selector, receipt });
    });
  }

  async #correct(
    memory: Memory,
    key: string,
    value: Json,
    said: 'center.corrected' | 'center.confirmed',
  ): Promise<void> {
    if (!ask(this, 'memory-fact-correct', { key, value })) return;
    this.unfit = false;
    await this.#do(async () => {
      try {
        const fact = await memory.remember(key as `preferences.${string}`, value);
        this.correcting = undefined;
        this.status = ({ lang, say }) => say(said, { time: clock(lang, fact.at) });
        this.#focus(`[data-key="${key}"] [part="correct"], [data-key="${key}"] [part="forget"]`);
      } catch (error) {
        // The memory says what fits: a value that it refuses is the person's to change.
        if (!this.correcting || (error as Error).name !== 'MemoryError') throw error;
        this.unfit = true;
        this.#focus('[part="field"]');
      }
    });
  }

  async #edit(key: string): Promise<void> {
    await this.#do(async () => {
      this.#form = (await bringCorrection()).correctionOf;
      this.correcting = key;
      this.unfit = false;
      this.#focus('[part="field"]');
    });
  }

  #leave(key: string): void {
    this.correcting = undefined;
    this.#focus(`[data-key="${key}"] [part="correct"]`);
  }

  async #question(memory: Memory, end: End): Promise<void> {
    await this.#do(async () => {
      const { facts, conversations } = await memory.count();
      this.asking = { end, facts, conversations };
      this.#focus('[part="question"]');
    });
  }

  #keep(): void {
    const { end } = this.asking ?? {};
    this.asking = undefined;
    this.#focus(end === 'withdraw' ? '[part="withdraw"]' : '[part="forget-all"]');
  }

  async #grant(memory: Memory): Promise<void> {
    const grant = { device: true };
    if (!ask(this, 'memory-consent-grant', { grant })) return;
    await this.#do(async () => {
      await memory.consent.grant(grant);
      this.#focus('[part="withdraw"]');
    });
  }

  async #withdraw(memory: Memory): Promise<void> {
    if (!ask(this, 'memory-consent-refuse', undefined)) return;
    await this.#do(async () => {
      await memory.consent.withdraw();
      const at = memory.consent.refusedAt ?? surroundings().clock.now();
      this.asking = undefined;
      this.status = ({ lang, say }) => say('receipt.device', { time: clock(lang, at) });
      await this.#settled(memory);
      this.#focusNear(-1);
    });
  }

  async #copy(memory: Memory): Promise<void> {
    await this.#do(async () => {
      this.#release?.();
      this.#release = download(`${memory.site}-memory.json`, await memory.export());
      this.status = ({ say }) => say('center.copied');
    });
  }

  async #more(memory: Memory): Promise<void> {
    const before = this.listed?.length ?? 0;
    this.#shown += STEP;
    await this.#reload(memory);
    await this.updateComplete;
    this.renderRoot.querySelectorAll<HTMLElement>('[part~="conversation"] [part="forget"]')[before]?.focus();
  }

  async #do(run: () => Promise<void>): Promise<void> {
    if ((await this.act(run)) === false) this.status = ({ say }) => say('center.failed');
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

  /** The buttons that forget one thing, in order. */
  get #rows(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[part="forget"]')];
  }

  /** The same button of the next row, of the last one, or what was said about it. */
  #focusNear(place: number): void {
    const near = place < 0 ? undefined : (this.#rows[place] ?? this.#rows.at(-1));
    (near ?? this.renderRoot.querySelector<HTMLElement>('[part="status"]'))?.focus();
  }

  #focus(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }
}

type End = 'forget' | 'withdraw';

declare global {
  interface HTMLElementTagNameMap {
    'memory-center': MemoryCenter;
  }
}
