import type { Selector } from './entry.js';
import { under } from './key.js';
import { isBy } from './selector.js';

/** Whether everything `inner` can match is matched by `outer`. A purpose and a key are never compared: declarations change. */
export function includes(outer: Selector, inner: Selector): boolean {
  if (isBy(outer, 'purpose')) return isBy(inner, 'purpose') && inner.purpose === outer.purpose;
  if (isBy(outer, 'key')) return isBy(inner, 'key') && inner.key === outer.key;
  if (isBy(inner, 'key')) return under(outer.under, inner.key);
  return isBy(inner, 'under') && under(outer.under, inner.under);
}
