import type { Key, Uuid } from './entry.js';

/** The key of a message; `mid` is the id it is first written with. */
export function messageKey(cid: Uuid, mid: Uuid): Key {
  return `conversations.${cid}.m.${mid}`;
}
