import type { Fact, Message, Selector } from './entry.js';
import { conversationIdOf, isSegment, keyProblem, messageIdsOf, prefixProblem, under } from './key.js';

/** Whether a forget of this selector speaks of this entry at all; `covers` says whether it takes it away. */
export function matches(selector: Selector, entry: Fact | Message): boolean {
  if ('key' in selector) return selector.key === entry.key;
  if ('under' in selector) return under(selector.under, entry.key);
  return selector.purpose === entry.purpose;
}

/** Whether everything `inner` can match is matched by `outer`. A purpose and a key are never compared: declarations change. */
export function includes(outer: Selector, inner: Selector): boolean {
  if ('purpose' in outer) return 'purpose' in inner && inner.purpose === outer.purpose;
  if ('key' in outer) return 'key' in inner && inner.key === outer.key;
  if ('key' in inner) return under(outer.under, inner.key);
  return 'under' in inner && under(outer.under, inner.under);
}

/** Whether it names exactly one conversation or one message: such a forget is never undone by writing again. */
export function isFinal(selector: Selector): boolean {
  if ('purpose' in selector) return false;
  const name = 'key' in selector ? selector.key : selector.under;
  const cid = conversationIdOf(name);
  return cid !== undefined && (name === `conversations.${cid}` || messageIdsOf(name) !== undefined);
}

/** Why this is not a selector: one object with exactly one of `key`, `under`, `purpose`. */
export function selectorProblem(x: unknown): string | undefined {
  if (typeof x !== 'object' || x === null || Array.isArray(x))
    return 'a selector is { key }, { under } or { purpose }';
  const names = Object.keys(x);
  const selector = x as Record<string, unknown>;
  if (names.length !== 1) return 'a selector has exactly one of key, under, purpose';
  if (names[0] === 'key') return keyProblem(selector['key'])?.reason;
  if (names[0] === 'under') return prefixProblem(selector['under'])?.reason;
  if (names[0] !== 'purpose') return `a selector has key, under or purpose, not ${JSON.stringify(names[0])}`;
  return isPurposeName(selector['purpose']) ? undefined : 'a purpose is named like a segment of a key';
}

/** Whether a purpose can be named so: as a segment of a key. */
export function isPurposeName(x: unknown): x is string {
  return typeof x === 'string' && isSegment(x);
}
