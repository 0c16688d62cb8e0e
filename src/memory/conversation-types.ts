/** What a site says to a conversation, and what it gets of one. */
import type { ConversationHead } from '../facts/conversation.js';
import type { By, Json, Ms, Uuid } from '../facts/entry.js';

export type Speaker = By['who'] | By;

export interface SaidMessage {
  readonly id: Uuid;
  readonly by: By;
  readonly text: string;
  readonly data?: Json;
  readonly at: Ms;
  /** The endpoint's order; undefined while only this device has it. */
  readonly seq?: number;
  /** Card numbers in it were replaced by dots before it was kept. */
  readonly masked?: true;
  /** A note about the conversation, not part of it. */
  readonly note?: true;
}

/** What is said to a conversation. */
export interface SpokenMessage {
  /** Default `visitor`. */
  readonly by?: Speaker;
  readonly text: string;
  readonly data?: Json;
}

export interface StartConversation {
  /** Where it takes place: `chat`, `email`, `phone` … */
  readonly channel: string;
  readonly topic?: string;
  readonly with?: { readonly name?: string; readonly kind: 'person' | 'assistant' };
  readonly discreet?: boolean;
  /**
   * What it begins with, in order; at most 100. Kept with the conversation or not at all: a page that is left at once
   * leaves the next page no conversation without its first message, and one message that is refused refuses the start.
   */
  readonly messages?: readonly SpokenMessage[];
}

/** A conversation as it stood when it was asked for, and what can be done with it. */
export interface Conversation extends ConversationHead {
  say(message: SpokenMessage): Promise<SaidMessage>;
  note(text: string, by?: Speaker): Promise<SaidMessage>;
  /** Changes the topic or the helper. */
  update(part: { readonly topic?: string; readonly with?: StartConversation['with'] }): Promise<Conversation>;
  end(how?: {
    readonly outcome?: string;
    readonly summary?: string;
    readonly tried?: readonly string[];
  }): Promise<Conversation>;
  /** Oldest first; default the last 50. `before` is a message id. */
  messages(query?: { readonly last?: number; readonly before?: Uuid }): Promise<readonly SaidMessage[]>;
}

export interface Conversations {
  /** The newest five heads, at once; before `ready` from the boot record. Frozen, the same array until it changes. */
  readonly recent: readonly ConversationHead[];
  start(conversation: StartConversation): Promise<Conversation>;
  /** Newest first. Default 5. */
  latest(limit?: number): Promise<readonly Conversation[]>;
  get(id: Uuid): Promise<Conversation | undefined>;
}
