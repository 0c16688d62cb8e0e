import { html } from 'lit/html.js';
import { findMemory, onMemoriesChange } from '../memory/table.js';
import type { Memory } from '../memory/types.js';
import { awaitLanguage, onStringsChange, type Tables } from './strings.js';
import { RenderingElement, text, type Properties } from './rendering-element.js';
import { styles } from './styles.js';
import { surroundings } from './surroundings.js';
import { watch } from './watch.js';
import { wordsFor, type Words } from './words.js';

/**
 * What every element does: finds its memory, follows it while it is on the page, and shows its slot
 * until there is something to say. It holds no truth, and throws nothing into the page.
 */
export abstract class MemoryElement<T = unknown> extends RenderingElement {
  static override properties: Properties = { memory: undefined, site: text };
  static override styles: readonly string[] = [styles];

  /** The memory to show; default the one of `site`, else the page's only one. */
  declare memory?: Memory | undefined;
  /** The site whose memory is shown. */
  declare site?: string;

  /** What it says, by language; without any, it waits for the one that is spoken. */
  protected abstract readonly tables: Tables<T>;

  /** What it was given, or found, whatever that is. */
  #given: unknown;
  /** The same, once it could be followed. */
  #followed: Memory | undefined;
  /** The language it speaks; undefined before it has said anything. */
  #language: string | undefined;
  #stops: (() => void)[] = [];
  #unfollow: (() => void) | undefined;
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    const update = () => this.requestUpdate();
    this.#stops = [
      watch(document.documentElement, { attributeFilter: ['lang'] }, update),
      onStringsChange(update),
      onMemoriesChange(() => this.#follow()),
    ];
    this.#follow();
  }

  disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
    this.#follow();
  }

  protected override willUpdate(): void {
    this.#follow();
  }

  /** Says nothing in English that it could say in the language of the page a moment later. */
  protected override awaited(): Promise<unknown> | undefined {
    this.#follow();
    return quietly(() => {
      const { client } = this;
      const language = languageOf(this, client);
      const coming = client && awaitLanguage(this.tables, language);
      if (coming && !this.#language) return coming;
      if (coming) void coming.then(() => this.requestUpdate());
      else if (client) this.#language = language;
      return undefined;
    });
  }

  /** The open memory it follows; undefined shows the slot. */
  protected get client(): Memory | undefined {
    const closed = quietly(() => this.#followed?.status.state === 'closed');
    return closed === false ? this.#followed : undefined;
  }

  /** Words in the language of the page around it, else of its memory. */
  protected get words(): Words<T> {
    return wordsFor(this.tables, this.#language as string);
  }

  /** Does what a press asked for, one at a time (undefined: it was not its turn); what fails is reported, and answered with false. */
  protected async act(run: () => Promise<unknown>): Promise<boolean | undefined> {
    if (this.#busy) return undefined;
    this.#busy = true;
    try {
      await run();
      return true;
    } catch (error) {
      surroundings().report(error);
      return false;
    } finally {
      this.#busy = false;
    }
  }

  /** Called before each rendering, with the memory that is shown by it. */
  protected meet(_memory: Memory | undefined): void {
    // For who extends it.
  }

  /** What it has to say; undefined shows the slot. */
  protected abstract show(memory: Memory): unknown;

  override render(): unknown {
    const shown = quietly(() => {
      const { client } = this;
      this.meet(client);
      return client && this.show(client);
    });
    return shown ?? html`<slot></slot>`;
  }

  #follow(): void {
    const memory = this.isConnected ? (this.memory ?? findMemory(this.site)) : undefined;
    if (memory === this.#given) return;
    quietly(this.#unfollow);
    this.#given = memory;
    this.#followed = this.#unfollow = undefined;
    // A page may give anything for one.
    quietly(() => {
      this.#unfollow = memory?.subscribe(() => this.requestUpdate());
      this.#followed = memory;
    });
    // Not when it leaves the page: one that is only moved must not flicker.
    if (this.isConnected) this.requestUpdate();
  }
}

/** Undefined for what throws: whatever is wrong, the page keeps what it had. */
function quietly<T>(run: (() => T) | undefined): T | undefined {
  try {
    return run?.();
  } catch (error) {
    surroundings().report(error);
    return undefined;
  }
}

/** The language of the page around an element, through shadow roots; else of its memory. */
export const languageOf = (element: Element, memory: Memory | undefined): string =>
  languageAround(element) || memory?.language || 'en';

function languageAround(element: Element): string {
  const near = element.closest<HTMLElement>('[lang]');
  const root = element.getRootNode();
  return near?.lang ?? (root instanceof ShadowRoot ? languageAround(root.host) : '');
}
