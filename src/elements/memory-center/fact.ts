import type { Memory, Remembered } from '../../memory/types.js';
import { isUuid } from '../../facts/uuid.js';
import type { en } from '../strings/center/en.js';
import { day } from '../dates.js';
import { isolated } from '../words.js';
import type { CenterWords } from './center.js';

/** A fact as the person it is about reads it: what it is, how we come to know it, and what may be done with it. */

/** The site's label, else our word for what everybody has, else the last part of the key in words. */
export function titleOf(fact: Remembered, memory: Memory, { say, text }: CenterWords): unknown {
  const { title } = memory.describe(fact);
  const [root, name = '', label = ''] = fact.key.split('.');
  if (root !== 'identity' || !isUnlabelled(title, label || name)) return title;
  if (name === 'addresses') return addressTitle(fact, label, say);
  const key = `center.identity.${name}` as keyof typeof en;
  return text(key) ? say(key) : title;
}

/** "You told us, 14 March 2026, on Checkout." */
export function whyOf({ authority, at, by }: Remembered, { lang, say }: CenterWords): unknown {
  const page = isolated(by?.page, 'page');
  const relayed = isolated(by?.relayed, 'helper');
  const helper = by?.who === 'assistant' ? say('speaker.assistant') : isolated(by?.name, 'helper');
  const told = relayed ? 'relayed' : page ? 'stated' : 'told';
  const noted = helper ? 'agent' : 'noted';
  const key = authority === 'stated' ? told : authority === 'agent' ? noted : authority;
  return say(`center.why.${key}`, { date: day(lang, at), page, helper: relayed ?? helper });
}

/** Whether the person's yes would make it their own word. */
export function asksForYes({ authority, by, reconfirm }: Remembered): boolean {
  return reconfirm === true || authority === 'inferred' || by?.relayed !== undefined;
}

/**
 * Whether it can be changed in place: a name, an address, a number, a yes or no, one of several
 * labelled values, or words that are shown as they were given.
 */
export function isCorrectable(fact: Remembered, memory: Memory): boolean {
  const { authority, key, value } = fact;
  if (authority === 'verified') return false;
  if (typeof value === 'object') return value !== null && /^identity\.(name$|addresses\.)/.test(key);
  return typeof value !== 'string' || memory.choices(key).length > 0 || memory.describe(fact).value === value;
}

function isUnlabelled(title: string, segment: string): boolean {
  const bare = (text: string) => text.replace(/[\s_-]/g, '').toLowerCase();
  return bare(title) === bare(segment);
}

function addressTitle({ value }: Remembered, segment: string, say: CenterWords['say']): unknown {
  const called = typeof value === 'object' && value && 'label' in value ? value['label'] : undefined;
  if (typeof called !== 'string' && (segment === 'home' || segment === 'work'))
    return say(`center.address.${segment}`);
  const label = typeof called === 'string' ? called : isUuid(segment) ? undefined : segment;
  return label ? say('center.address.named', { label: isolated(label, 'called') }) : say('center.address');
}
