import type { Fact, Message, Selector } from './entry.js';
import { conversationIdOf, under } from './key.js';
import { isUuid } from './uuid.js';

/** Whether it selects by this; not by what a page may have put on the prototype of all objects. */
export function isBy<N extends 'key' | 'under' | 'purpose'>(
  selector: Selector,
  name: N,
): selector is Extract<Selector, { readonly [Name in N]: unknown }> {
  return Object.hasOwn(selector, name);
}

/** Whether a forget of this selector speaks of this entry at all; `covers` says whether it takes it away. */
export function matches(selector: Selector, entry: Fact | Message): boolean {
  if (isBy(selector, 'key')) return selector.key === entry.key;
  if (isBy(selector, 'under')) return under(selector.under, entry.key);
  return selector.purpose === entry.purpose;
}

/** Whether it names exactly one conversation or one message: such a forget is never undone by writing again. */
export function isFinal(selector: Selector): boolean {
  if (isBy(selector, 'purpose')) return false;
  const name = isBy(selector, 'key') ? selector.key : selector.under;
  const [, , m, mid, ...more] = name.split('.');
  return (
    conversationIdOf(name) !== undefined &&
    (m === undefined || (m === 'm' && isUuid(mid) && more.length === 0))
  );
}
