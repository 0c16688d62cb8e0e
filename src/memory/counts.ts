import { conversationIdOf } from '../facts/key.js';

/** How much is kept, or was taken away: values, conversations and what was said in them. */
export interface Counts {
  readonly facts: number;
  readonly messages: number;
  readonly conversations: number;
}

export const nothing: Counts = Object.freeze({ facts: 0, messages: 0, conversations: 0 });

export function countOf(entries: readonly { readonly kind: string; readonly key?: string }[]): Counts {
  const keys = new Set(entries.filter(({ kind }) => kind === 'fact').map(({ key = '' }) => key));
  const conversations = new Set(entries.flatMap(({ key = '' }) => conversationIdOf(key) ?? []));
  return {
    facts: [...keys].filter((key) => !conversationIdOf(key)).length,
    messages: entries.filter(({ kind }) => kind === 'message').length,
    conversations: conversations.size,
  };
}

export function sumOf(a: Counts, b: Counts): Counts {
  return {
    facts: a.facts + b.facts,
    messages: a.messages + b.messages,
    conversations: a.conversations + b.conversations,
  };
}
