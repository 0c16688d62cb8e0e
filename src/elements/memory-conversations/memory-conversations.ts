import { html, nothing } from 'lit/html.js';
import type { ConversationHead, Memory } from '../../memory/types.js';
import { count } from '../count.js';
import { MemoryElement } from '../memory-element.js';
import { RECENT } from '../recent.js';
import { number, text } from '../rendering-element.js';
import { conversations } from '../strings/conversations.js';
import { opened, surroundings } from '../surroundings.js';
import type { Words } from '../words.js';
import type { List } from './list.js';

type Said = (typeof conversations)['en'];

/**
 * @summary Earlier conversations: one button with their number, then a list, then one to read.
 *
 * Before the press it shows how many there are, and nothing of what was said or with whom. The one
 * that goes on in this page is not among them. When
 * another element asks for a conversation ("Pick up where we left off") and the page does not open
 * its own chat, it is read here.
 *
 * @slot empty - Shown when there is no conversation.
 * @attr {number} limit - How many are listed at a time; default 10.
 * @attr {string} channel - Only those of one channel, such as `chat`.
 * @attr {string} site - Whose memory is shown; needed only when a page has several.
 * @fires {CustomEvent<{ id: string }>} memory-conversation-open - One of the list was pressed. Cancel it to open your own chat; else it is read here.
 * @csspart base - Around everything.
 * @csspart toggle - The button with the number.
 * @csspart list - The list.
 * @csspart item - One conversation.
 * @csspart open - The button with its topic.
 * @csspart name - A topic or a name in it.
 * @csspart about - With whom, when, and what became of it.
 * @csspart helper - With whom.
 * @csspart when - When.
 * @csspart state - What became of it.
 * @csspart more - The button for more of the list.
 * @csspart reading - One conversation, as it is read.
 * @csspart back - The button back to the list.
 * @csspart topic - What it is about.
 * @csspart summary - What came of it, in a sentence or two.
 * @csspart earlier - The button for earlier messages.
 * @csspart messages - The messages, oldest first.
 * @csspart message - One message.
 * @csspart own - One of the visitor's own.
 * @csspart speaker - Who said it.
 * @csspart time - When.
 * @csspart text - What was said.
 * @csspart masked - Said of a message that lost a card number.
 * @csspart status - What went wrong.
 * @cssproperty [--memory-accent=inherit] - Buttons and the focus ring.
 * @cssproperty [--memory-muted] - What stands beside a topic or a message.
 * @cssproperty [--memory-border] - The line beside the visitor's own messages.
 * @cssproperty [--memory-space=8px] - The unit of space.
 */
export class MemoryConversations extends MemoryElement<Said> {
  static override properties = {
    ...MemoryElement.properties,
    limit: number,
    channel: text,
    opened: undefined,
    total: undefined,
    failed: undefined,
  };

  protected override readonly tables = conversations;

  declare limit?: number;
  declare channel?: string;
  /** The button with the number was pressed. */
  declare private opened?: boolean;
  /** How many there are besides the recent ones; undefined until it was counted. */
  declare private total?: number | undefined;
  declare private failed?: boolean;

  /** What a press shows, once one was made. */
  #list: List | undefined;
  #loaded = '';
  #recent: ReadonlySet<string> = new Set();
  #turn = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('memory-conversation-open', this.#asked);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('memory-conversation-open', this.#asked);
  }

  protected override meet(memory: Memory | undefined): void {
    const now = memory ? `${memory.site} ${memory.version} ${this.channel ?? ''} ${this.limit ?? ''}` : '';
    if (now === this.#loaded) return;
    this.#clearFor(memory?.conversations.recent ?? []);
    this.#loaded = now;
    if (memory) void this.#reload(memory);
  }

  protected override show(memory: Memory): unknown {
    const { words } = this;
    const recent = this.#chosen(memory.conversations.recent);
    if (recent.length === 0 && !this.total) return html`<slot name="empty"></slot>`;
    return html`<div part="base" lang=${words.lang} dir=${words.dir}>
      <button
        part="toggle"
        aria-expanded=${this.opened ? 'true' : 'false'}
        @click=${() => this.#toggle(memory)}
      >
        ${this.#number(memory, words)}
      </button>
      ${this.opened ? this.#list?.show(memory, words.lang, this.total) : nothing}
      <p part="status" role="status">${this.failed ? words.say('conversations.failed') : nothing}</p>
    </div>`;
  }

  #number({ conversations: { recent } }: Memory, { lang, say, text }: Words<Said>): unknown {
    const all = this.total ?? (recent.length < RECENT ? this.#chosen(recent).length : undefined);
    return all === undefined ? say('conversations.some') : count(lang, text('conversations.count'), all);
  }

  #asked = (event: HTMLElementEventMap['memory-conversation-open']): void => {
    if (event.composedPath()[0] instanceof MemoryConversations) return;
    // When everybody who listens has had the chance to cancel it.
    queueMicrotask(() => {
      if (!event.defaultPrevented && this.client) void this.#answer(this.client, event.detail.id);
    });
  };

  async #answer(memory: Memory, id: string): Promise<void> {
    await this.#load(async () => {
      const found = await memory.conversations.get(id);
      if (!found || this.#chosen([found]).length === 0) return;
      const list = await this.#fetchList();
      this.opened = true;
      await list.read(found);
      await this.#reload(memory);
    });
  }

  async #toggle(memory: Memory): Promise<void> {
    const opened = !this.opened;
    await this.#load(async () => {
      const list = await this.#fetchList();
      this.opened = opened;
      list.begin();
    });
    if (this.opened) await this.#reload(memory);
  }

  async #fetchList(): Promise<List> {
    if (this.#list) return this.#list;
    const { createList } = await import('./list.js');
    // Another press may have been as early.
    return (this.#list ??= createList({
      element: this,
      step: () => Math.max(1, this.limit || 10),
      chosen: (heads) => this.#chosen(heads),
      load: (run) => this.#load(run),
      reload: (memory) => this.#reload(memory),
    }));
  }

  /** What is shown of the memory as it is now. */
  async #reload(memory: Memory): Promise<void> {
    const turn = (this.#turn += 1);
    await this.#load(async () => {
      const { recent } = memory.conversations;
      // What cannot be counted is not numbered; who presses the button is told what cannot be read.
      const counted =
        recent.length < RECENT || this.channel ? undefined : await memory.count().catch(() => undefined);
      const total = counted && counted.conversations - recent.length + this.#chosen(recent).length;
      const take = this.opened ? await this.#list?.renew(memory) : undefined;
      // What changed meanwhile has begun a later turn.
      if (turn !== this.#turn) return;
      this.total = total;
      take?.();
    });
  }

  /** What belongs to another person is gone before the next paint, not when the new list has been read. */
  #clearFor(recent: readonly ConversationHead[]): void {
    const same = recent.some(({ id }) => this.#recent.has(id));
    this.#recent = new Set(recent.map(({ id }) => id));
    if (same) return;
    this.total = undefined;
    this.#list?.clear();
  }

  async #load(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      this.failed = false;
    } catch (error) {
      // A memory that was closed meanwhile has nothing more to say.
      if (!this.client) return;
      surroundings().report(error);
      this.failed = true;
    }
    this.requestUpdate();
    await this.updateComplete;
  }

  #chosen<T extends ConversationHead>(heads: readonly T[]): readonly T[] {
    return heads.filter(
      ({ id, channel, state, lastAt }) =>
        (!this.channel || channel === this.channel) &&
        (state === 'ended' || lastAt < opened() || id === this.#list?.reading?.id),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'memory-conversations': MemoryConversations;
  }
}
