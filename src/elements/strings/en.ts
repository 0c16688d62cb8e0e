/**
 * What people read, in English: a table for each element, and one for what it says from the first press on, so that a
 * page pays for no other.
 */
import type { acts } from './en/acts.js';
import type { center } from './en/center.js';
import type { consent } from './en/consent.js';
import type { conversations } from './en/conversations.js';
import type { list } from './en/list.js';
import type { Strings } from './types.js';

/** What another language brings: all of it at once, when it is first spoken. */
export type Later = Strings<
  typeof consent & typeof conversations & typeof list & typeof center & typeof acts
>;
