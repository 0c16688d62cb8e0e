import type { Key, Uuid } from './entry.js';
import { conversationIdOf } from './key.js';
import { isUuid } from './uuid.js';

/** The key of a message; `mid` is the id it is first written with. */
export function messageKey(cid: Uuid, mid: Uuid): Key {
  return `conversations.${cid}.m.${mid}`;
}

/** The conversation and message that a message's key names. `mid` is the id it was first written with and stays in copies. */
export function messageIdsOf(key: Key): { readonly cid: Uuid; readonly mid: Uuid } | undefined {
  const cid = conversationIdOf(key);
  const [, , m, mid, ...more] = key.split('.');
  return cid && m === 'm' && isUuid(mid) && more.length === 0 ? { cid, mid } : undefined;
}
