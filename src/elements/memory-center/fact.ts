import type { Memory, Remembered } from '../../memory/types.js';
import { isUuid } from '../../facts/uuid.js';
import type { center } from '../strings/en.js';
import { day } from '../dates.js';
import { isolated, type Words } from '../words.js';

/** A fact as the person it is about reads it: what it is, how we come to know it, and what may be done with it. */

type Say = Words<typeof center>;

/** The site's label, else our word for what everybody has, else the last part of the key in words. */
export function titleOf(fact: Remembered, memory: Memory, { say }: Say): unknown {
  const { title } = memory.describe(fact);
  const [root, name = '', label = ''] = fact.key.split('.');
  if (root !== 'identity' || !isUnlabelled(title, label || name)) return title;
  if (name === 'addresses') return addressTitle(fact, label, say);
  const key = `center.identity.${name}` as keyof typeof center;
  return OURS.has(name) ? say(key) : title;
}

/** "You told us, 14 March 2026, on Checkout." */
export function whyOf({ authority, at, by }: Remembered, { lang, say }: Say): unknown {
  const date = day(lang, at);
  switch (authority) {
    case 'verified':
      return say('center.why.verified', { date });
    case 'stated':
      if (by?.relayed) return say('center.why.relayed', { date, helper: isolated(by.relayed, 'helper') });
      if (by?.page) return say('center.why.stated', { date, page: isolated(by.page, 'page') });
      return say('center.why.told', { date });
    case 'recorded':
      return say('center.why.recorded');
    case 'agent':
      if (by?.who === 'assistant') return say('center.why.agent', { date, helper: say('speaker.assistant') });
      return by?.name
        ? say('center.why.agent', { date, helper: isolated(by.name, 'helper') })
        : say('center.why.noted', { date });
    case 'observed':
      return say('center.why.observed', { date });
    case 'inferred':
      return say('center.why.inferred');
  }
}

/** Whether the person's yes would make it their own word. */
export function asksForYes({ authority, by, reconfirm }: Remembered): boolean {
  return reconfirm === true || authority === 'inferred' || by?.relayed !== undefined;
}

/**
 * Whether it can be changed in place: a number, a yes or no, or words that are shown as they were
 * given. What has a label for its value was chosen among several, which only the site knows.
 */
export function isCorrectable(fact: Remembered, memory: Memory): boolean {
  if (fact.authority === 'verified') return false;
  return typeof fact.value === 'string'
    ? memory.describe(fact).value === fact.value
    : /number|boolean/.test(typeof fact.value);
}

const OURS = new Set(['name', 'email', 'phone', 'language', 'timeZone', 'company']);

function isUnlabelled(title: string, segment: string): boolean {
  const bare = (text: string) => text.replace(/[\s_-]/g, '').toLowerCase();
  return bare(title) === bare(segment);
}

function addressTitle({ value }: Remembered, segment: string, say: Say['say']): unknown {
  const called = typeof value === 'object' && value && 'label' in value ? value['label'] : undefined;
  if (typeof called !== 'string' && (segment === 'home' || segment === 'work'))
    return say(`center.address.${segment}`);
  const label = typeof called === 'string' ? called : isUuid(segment) ? undefined : segment;
  return label ? say('center.address.named', { label: isolated(label, 'called') }) : say('center.address');
}
