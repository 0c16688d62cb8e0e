import { html, nothing, type PropertyValues } from 'lit';
import type { Conversation, ConversationHead, Memory, SaidMessage } from '../../memory/types.js';
import { count } from '../count.js';
import { clock, day, moment } from '../dates.js';
import { ask } from '../events.js';
import { MemoryElement } from '../memory-element.js';
import { RECENT } from '../recent.js';
import { conversations as en } from '../strings/en.js';
import { opened, surroundings } from '../surroundings.js';
import { isolated, when, type Words } from '../words.js';
import { layout } from './layout.js';

type W = Words<typeof en>;

/** How many messages are read at a time. */
const PAGE = 20;

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
export class MemoryConversations extends MemoryElement<typeof en> {
  static override properties = {
    limit: { type: Number },
    channel: {},
    opened: { state: true },
    listed: { state: true },
    total: { state: true },
    reading: { state: true },
    messages: { state: true },
    failed: { state: true },
  };
  static override styles = [...MemoryElement.styles, layout];

  protected override readonly tables = { en };

  declare limit?: number;
  declare channel?: string;
  /** The button with the number was pressed. */
  declare private opened?: boolean;
  declare private listed?: readonly Conversation[] | undefined;
  /** How many there are besides the recent ones; undefined until it was counted. */
  declare private total?: number | undefined;
  declare private reading?: Conversation | undefined;
  declare private messages?: readonly SaidMessage[] | undefined;
  declare private failed?: boolean;

  /** How many the list may show. */
  #shown = 0;
  /** Whether there are messages before the first one shown. */
  #earlier = false;
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

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const memory = this.client;
    const now = memory ? `${memory.site} ${memory.version} ${this.channel ?? ''} ${this.limit ?? ''}` : '';
    if (now === this.#loaded) return;
    this.#loaded = now;
    this.#clearFor(memory?.conversations.recent ?? []);
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
      ${this.opened ? (this.reading ? this.#read(this.reading, words) : this.#list(memory, words)) : nothing}
      <p part="status" role="status">${this.failed ? words.say('conversations.failed') : nothing}</p>
    </div>`;
  }

  #number({ conversations: { recent } }: Memory, { lang, say, text }: W): unknown {
    const all = this.total ?? (recent.length < RECENT ? this.#chosen(recent).length : undefined);
    return all === undefined ? say('conversations.some') : count(lang, text('conversations.count'), all);
  }

  #list(memory: Memory, words: W): unknown {
    const { listed = [] } = this;
    const more = listed.length === this.#shown && (this.total === undefined || this.total > listed.length);
    return html`<ul part="list">
        ${listed.map(
          (one) =>
            html`<li part="item">
              <button part="open" data-id=${one.id} @click=${() => this.#open(one)}>
                ${one.topic ? isolated(one.topic, 'name') : words.say('conversations.untitled')}
              </button>
              ${about(one, words)}
            </li>`,
        )}
      </ul>
      ${more ? html`<button part="more" @click=${() => this.#more(memory)}>${words.say('conversations.more')}</button>` : nothing}`;
  }

  #read(one: Conversation, words: W): unknown {
    const { messages = [] } = this;
    const { say } = words;
    return html`<section part="reading" aria-labelledby="topic">
      <button part="back" @click=${() => this.#back(one)}>${say('conversations.back')}</button>
      <h3 part="topic" id="topic" tabindex="-1">
        ${one.topic ? html`<bdi part="name">${one.topic}</bdi>` : say('conversations.untitled')}
      </h3>
      ${about(one, words)} ${one.summary ? html`<p part="summary" dir="auto">${one.summary}</p>` : nothing}
      ${
        this.#earlier
          ? html`<button part="earlier" @click=${() => this.#readEarlier(one)}>
              ${say('conversations.earlier')}
            </button>`
          : nothing
      }
      <ol part="messages">
        ${messages.map((message, index) => said(message, messages[index - 1], one, words))}
      </ol>
      ${this.messages && messages.length === 0 ? html`<p part="about">${say('conversations.silent')}</p>` : nothing}
    </section>`;
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
      this.opened = true;
      this.#shown ||= this.#step();
      await this.#show(found);
      await this.#reload(memory);
    });
  }

  #toggle(memory: Memory): void {
    this.opened = !this.opened;
    this.reading = undefined;
    this.#shown = this.#step();
    if (this.opened) void this.#reload(memory);
  }

  async #more(memory: Memory): Promise<void> {
    const first = this.#shown;
    this.#shown += this.#step();
    await this.#reload(memory);
    this.#focus('[part="open"]', first);
  }

  async #open(one: Conversation): Promise<void> {
    if (ask(this, 'memory-conversation-open', { id: one.id })) await this.#show(one);
  }

  async #show(one: Conversation): Promise<void> {
    this.messages = undefined;
    this.reading = one;
    await this.#load(async () => this.#take(await one.messages({ last: PAGE }), PAGE));
    this.#focus('[part="topic"]');
  }

  async #back({ id }: Conversation): Promise<void> {
    this.reading = undefined;
    this.failed = false;
    this.#focus(`[data-id="${id}"]`);
  }

  async #readEarlier(one: Conversation): Promise<void> {
    const { messages: before = [] } = this;
    const [first] = before;
    await this.#load(async () => {
      const found = await one.messages({ last: PAGE, ...(first && { before: first.id }) });
      this.#take([...found, ...before], before.length + PAGE);
    });
    if (!this.#earlier) this.#focus('[part="topic"]');
  }

  /** What is shown of the memory as it is now. */
  async #reload(memory: Memory): Promise<void> {
    const turn = (this.#turn += 1);
    await this.#load(async () => {
      const { recent } = memory.conversations;
      const total =
        recent.length < RECENT || this.channel
          ? undefined
          : (await memory.count()).conversations - recent.length + this.#chosen(recent).length;
      const listed = this.opened ? await this.#latest(memory) : undefined;
      const reading = this.reading && (await memory.conversations.get(this.reading.id));
      const last = Math.max(PAGE, this.messages?.length ?? 0);
      const messages = await reading?.messages({ last });
      // What changed meanwhile has begun a later turn.
      if (turn !== this.#turn) return;
      this.total = total;
      this.listed = listed;
      if (!this.reading) return;
      this.reading = reading;
      if (messages) this.#take(messages, last);
    });
  }

  /** What belongs to another person is gone before the next paint, not when the new list has been read. */
  #clearFor(recent: readonly ConversationHead[]): void {
    const same = recent.some(({ id }) => this.#recent.has(id));
    this.#recent = new Set(recent.map(({ id }) => id));
    if (same) return;
    this.listed = this.reading = this.messages = this.total = undefined;
    this.#earlier = false;
  }

  /** One channel's are looked for among all, a step at a time. */
  async #latest(memory: Memory): Promise<readonly Conversation[]> {
    for (let asked = this.#shown; ; asked *= 2) {
      const all = await memory.conversations.latest(asked);
      const found = this.#chosen(all).slice(0, this.#shown);
      if (found.length === this.#shown || all.length < asked) return found;
    }
  }

  #take(messages: readonly SaidMessage[], asked: number): void {
    this.messages = messages;
    this.#earlier = messages.length >= asked;
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

  #focus(selector: string, nth = 0): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelectorAll<HTMLElement>(selector)[nth]?.focus(),
    );
  }

  #chosen<T extends ConversationHead>(heads: readonly T[]): readonly T[] {
    return heads.filter(
      ({ id, channel, state, lastAt }) =>
        (!this.channel || channel === this.channel) &&
        (state === 'ended' || lastAt < opened() || id === this.reading?.id),
    );
  }

  #step(): number {
    return Math.max(1, this.limit || 10);
  }
}

function about(one: ConversationHead, words: W): unknown {
  const { lang } = words;
  return html`<p part="about">
    <span part="helper"
      >${speaker(one.with?.kind === 'assistant' ? 'assistant' : 'agent', one.with?.name, words)}</span
    >
    <time part="when" datetime=${new Date(one.lastAt).toISOString()} title=${moment(lang, one.lastAt)}>
      ${when(lang, one.lastAt, surroundings().clock.now())}
    </time>
    <span part="state">${outcome(one, words)}</span>
  </p>`;
}

function said(message: SaidMessage, before: SaidMessage | undefined, one: Conversation, words: W): unknown {
  const { lang, say } = words;
  const { by } = message;
  const sameDay = before && day(lang, before.at) === day(lang, message.at);
  const who = speaker(by.who, by.name ?? (by.who === 'agent' ? one.with?.name : undefined), words);
  return html`<li part=${by.who === 'visitor' ? 'message own' : 'message'}>
    <p part="about">
      <span part="speaker">${message.note ? say('conversations.note', { helper: who }) : who}</span>
      <time part="time" datetime=${new Date(message.at).toISOString()}
        >${(sameDay ? clock : moment)(lang, message.at)}</time
      >
    </p>
    <p part="text" dir="auto">${message.text}</p>
    ${message.masked ? html`<p part="masked about">${say('conversations.masked')}</p>` : nothing}
  </li>`;
}

/** A name is a person's; whoever is not human is "our assistant". */
function speaker(who: SaidMessage['by']['who'], name: string | undefined, { say }: W): unknown {
  if (who === 'visitor') return say('speaker.visitor');
  if (who === 'assistant') return say('speaker.assistant');
  return name ? isolated(name, 'name') : say('speaker.us');
}

/** What became of it: the outcomes we have words for, else the site's own word. */
function outcome({ state, outcome }: ConversationHead, { say }: W): unknown {
  if (state === 'open') return say('conversations.open');
  if (outcome === 'solved' || outcome === 'unsolved') return say(`conversations.outcome.${outcome}`);
  return outcome ? isolated(outcome, 'name') : say('conversations.ended');
}

declare global {
  interface HTMLElementTagNameMap {
    'memory-conversations': MemoryConversations;
  }
}
