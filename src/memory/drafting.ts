import type { By, Draft, Fact, Json, Key, Message, Ms } from '../facts/entry.js';
import { isAlwaysDiscreet } from '../facts/discreet.js';
import { purposeOf } from '../facts/purpose-of.js';
import { defined } from '../facts/defined.js';
import { untilOf } from '../facts/until.js';
import type { Core } from './core.js';
import type { Head } from './draft.js';

export interface FactOptions {
  readonly authority?: Fact['authority'];
  readonly by?: By;
  readonly why?: string;
  readonly until?: Ms;
  readonly discreet?: boolean;
}

/** A fact as the site's declarations make it; `head` says when it was said. */
export function factOf(
  core: Core,
  head: Head,
  key: Key,
  value: Json,
  { authority = 'stated', by, why, until, discreet }: FactOptions = {},
): Draft<Fact> {
  const page = core.settings.platform.page.name || undefined;
  return defined({
    kind: 'fact',
    ...head,
    by: by ?? defined({ who: authority === 'stated' ? 'visitor' : 'site', page } as const),
    key,
    value,
    authority,
    ...kept(core, key, until, discreet),
    why,
  } as const);
}

export function messageOf(
  core: Core,
  head: Head,
  key: Key,
  value: Message['value'],
  { by, discreet }: { by: By; discreet: boolean },
): Draft<Message> {
  return defined({
    kind: 'message',
    ...head,
    by,
    key,
    value,
    ...kept(core, key, undefined, discreet),
  } as const);
}

/** What follows from the key: the purpose, and with it how long it is kept. */
export function kept({ settings, now }: Core, key: Key, until: Ms | undefined, discreet?: boolean) {
  const { purposes, keep } = settings;
  const purpose = purposeOf(key, purposes);
  return {
    purpose,
    until: untilOf(now(), [purposes[purpose]?.keep, keep], until),
    discreet: discreet || isAlwaysDiscreet(key) ? (true as const) : undefined,
  };
}
