import { html, nothing } from 'lit/html.js';
import { css } from '../adopt-styles.js';
import { table } from '../../memory/table.js';
import type { Grant, Memory } from '../../memory/types.js';
import { ask } from '../events.js';
import { MemoryElement } from '../memory-element.js';
import { text } from '../rendering-element.js';
import { consent } from '../strings/consent.js';
import { quiet } from '../styles.js';
import type { Words } from '../words.js';

type Said = (typeof consent)['en'];

/**
 * @summary Asks whether to remember the visitor on this device: an unticked box and a way to say no, beside the first thing worth keeping.
 *
 * It decides nothing by itself and is nothing where the site asks in its own way. Once answered it
 * says what follows, and on later visits nothing. It stands in the page where you put it: never a
 * banner, never over anything. Unticking takes the answer back.
 *
 * @slot hint - What is kept and why, in the site's own words.
 * @attr {string} for - What is asked for: `device` (default). A copy at an endpoint is asked for once there is one.
 * @attr {string} purposes - Names of purposes, with spaces between: asks for these only, and names them. Default: all.
 * @attr {'useful' | 'now'} when - Asks when something worth keeping was said (default), or at once.
 * @attr {string} site - Whose memory is meant; needed only when a page has several.
 * @fires {CustomEvent<{ grant: Grant }>} memory-consent-grant - The box was ticked. Cancel it to keep nothing.
 * @fires {CustomEvent} memory-consent-refuse - "No thanks" was pressed, or the box unticked. Cancel it to leave things as they are.
 * @csspart base - Around everything.
 * @csspart choice - The box and the button, in a line.
 * @csspart label - The box with its words.
 * @csspart box - The box.
 * @csspart text - Its words.
 * @csspart refuse - The button that says no.
 * @csspart hint - What is kept and why; after an answer what follows from it.
 * @csspart purposes - The purposes asked for.
 * @csspart blocked - Said instead where the browser keeps nothing at the moment.
 * @cssproperty [--memory-accent=inherit] - The box, the button and the focus ring.
 * @cssproperty [--memory-muted] - The hint.
 * @cssproperty [--memory-space=8px] - The unit of space.
 */
export class MemoryConsent extends MemoryElement<Said> {
  static override properties = {
    ...MemoryElement.properties,
    for: text,
    purposes: text,
    when: text,
    answer: undefined,
  };
  static override styles = [
    ...MemoryElement.styles,
    css`
      [part='choice'] {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: calc(var(--memory-space, 8px) / 2) calc(3 * var(--memory-space, 8px));
      }
      [part='label'] {
        display: flex;
        gap: var(--memory-space, 8px);
        cursor: pointer;
      }
      /* The line stands on the words', not on the box's. */
      [part='text'] {
        align-self: baseline;
      }
      [part='box'] {
        flex: none;
        inline-size: 24px;
        block-size: 24px;
        /* The height of a line is the words', not the box's own. */
        font: inherit;
        margin: calc((1lh - 24px) / 2) 0;
        accent-color: var(--memory-accent, auto);
        cursor: pointer;
      }
      [part~='hint'] {
        ${quiet}
        max-inline-size: 60ch;
        margin-block-start: calc(var(--memory-space, 8px) / 2);
      }
      @media (pointer: coarse) {
        [part='label'] {
          min-block-size: 44px;
          align-items: center;
        }
        [part='text'] {
          align-self: center;
        }
        [part='choice'] {
          align-items: center;
        }
      }
    `,
  ];

  protected override readonly tables = consent;

  declare for?: string;
  declare purposes?: string;
  declare when?: 'useful' | 'now';
  /** What was answered here, in this page view. */
  declare private answer?: 'granted' | 'refused' | 'later' | 'failed' | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    table().asks = true;
  }

  protected override show(memory: Memory): unknown {
    const { consent, status } = memory;
    if (consent.by === 'host' || consent.state === 'unknown') return nothing;
    const { words } = this;
    const later = this.answer === 'later';
    const answered = later || this.answer === consent.state;
    if (consent.state !== 'undecided' && !answered) return nothing;
    if (!later && /blocked|failed/.test(status.storage.device))
      return this.#wanted(memory)
        ? frame(words, html`<p part="blocked hint">${words.say('storage.blocked')}</p>`)
        : nothing;
    if (!answered && !consent.useful && this.when !== 'now') return nothing;
    return frame(words, consent.state === 'refused' ? this.#refused(words) : this.#box(memory, words));
  }

  #box(memory: Memory, { say }: Words<Said>): unknown {
    const granted = memory.consent.state === 'granted';
    return html`<p part="choice">
        <label part="label">
          <input
            part="box"
            type="checkbox"
            aria-describedby="hint"
            .checked=${granted}
            @change=${(event: Event) => this.#tick(memory, event.target as HTMLInputElement)}
          />
          <span part="text">${say('consent.device')}</span>
        </label>
        ${granted ? nothing : html`<button part="refuse" @click=${() => this.#refuse(memory)}>${say('consent.refuse')}</button>`}
      </p>
      <p part="hint" id="hint" role="status">
        ${
          this.answer === 'failed'
            ? say('consent.failed')
            : granted
              ? say('consent.granted')
              : html`<slot name="hint">${say('consent.device.hint')}</slot> ${this.#named(memory, say)}`
        }
      </p>`;
  }

  #named(memory: Memory, say: Words<Said>['say']): unknown {
    const names = this.#purposes();
    if (!names) return nothing;
    // One that was not declared is the page's mistake: it throws the line to add, and nothing is asked.
    const titles = names.map((name) => memory.for(name) && memory.title(name));
    const list = new Intl.ListFormat(memory.language).format(titles);
    return html`<span part="purposes">${say('consent.purposes', { purposes: list })}</span>`;
  }

  #refused({ say }: Words<Said>): unknown {
    return html`<p part="hint" tabindex="-1">
      ${say(this.answer === 'later' ? 'consent.later' : 'consent.refused')}
    </p>`;
  }

  async #tick(memory: Memory, box: HTMLInputElement): Promise<void> {
    if (!box.checked) await this.#refuse(memory);
    else {
      const purposes = this.#purposes();
      const grant: Grant = { device: true, ...(purposes && { purposes }) };
      if (ask(this, 'memory-consent-grant', { grant }))
        await this.#settle('granted', () => memory.consent.grant(grant));
    }
    // Whatever became of it, the box says what is so.
    box.checked = memory.consent.state === 'granted';
  }

  async #refuse(memory: Memory): Promise<void> {
    const { consent } = memory;
    if (!ask(this, 'memory-consent-refuse', undefined)) return;
    await this.#settle('refused', () =>
      consent.state === 'granted' ? consent.withdraw() : consent.refuse(),
    );
    await this.updateComplete;
    // What had the focus is gone.
    this.renderRoot.querySelector<HTMLElement>('[tabindex]')?.focus();
  }

  async #settle(answer: 'granted' | 'refused', run: () => Promise<void>): Promise<void> {
    const before = this.answer;
    this.answer = answer;
    if ((await this.act(run)) !== false) return;
    // Taken back it is all the same, and the device is told when it can be.
    if (this.client?.consent.state === 'refused') this.answer = 'later';
    else this.answer = before === 'granted' ? before : 'failed';
  }

  #purposes(): string[] | undefined {
    return this.purposes?.split(/\s+/).filter(Boolean);
  }

  /** Whether it would ask, if the browser could keep anything. */
  #wanted(memory: Memory): boolean {
    return this.when === 'now' || memory.facts().length > 0 || memory.conversations.recent.length > 0;
  }
}

function frame({ lang, dir }: Words<Said>, content: unknown): unknown {
  return html`<div part="base" lang=${lang} dir=${dir}>${content}</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'memory-consent': MemoryConsent;
  }
}
