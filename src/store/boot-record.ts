/**
 * The boot record: a small copy of what a start shows, in localStorage, read synchronously before the database can
 * answer. It is never the truth. This file knows its shape; it does not know how one is made (boot-fitting.ts), when to
 * write it (boot-writer.ts), nor whether it may be shown.
 */
import { AUTHORITIES } from '../facts/authority.js';
import type { ConversationHead } from '../facts/conversation.js';
import type { Fact } from '../facts/entry.js';
import { isKey } from '../facts/key.js';
import { isObject, isString } from '../facts/shape.js';
import { isStamp } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';
import type { KeyValue } from '../platform/platform.js';
import { nameOf } from './names.js';
import type { ConsentRecord } from './store.js';

/** A fact as a start needs it; what its writer had seen is for forgets only. */
export type BootFact = Omit<Fact, 'seen' | 'after'>;

export interface BootRecord {
  readonly v: 1;
  readonly gen: string;
  readonly local: string;
  readonly user?: string;
  readonly epoch: string;
  readonly rev: number;
  readonly facts: readonly BootFact[];
  /** At most five, newest first, none discreet. */
  readonly heads: readonly ConversationHead[];
  /** Device preferences. */
  readonly device: readonly BootFact[];
  readonly consent: ConsentRecord;
  /** Something did not fit; the database has it. */
  readonly partial?: true;
}

/**
 * The boot record of a site, or undefined when there is none or it is not one: whatever another script, an extension or
 * an older version left there never throws. The caller still has to compare `gen`.
 */
export function readBootRecord(local: KeyValue | undefined, site: string): BootRecord | undefined {
  try {
    const record: unknown = JSON.parse(local?.get(nameOf(site, 'boot')) ?? '0');
    return isBootRecord(record) ? record : undefined;
  } catch {
    return undefined; // SyntaxError: not ours, or cut short
  }
}

export function removeBootRecord(local: KeyValue | undefined, site: string): void {
  local?.remove(nameOf(site, 'boot'));
}

function isBootRecord(x: unknown): x is BootRecord {
  return (
    isObject(x) &&
    x['v'] === 1 &&
    isString(x['gen']) &&
    isString(x['local']) &&
    isString(x['user'] ?? '') &&
    isString(x['epoch']) &&
    typeof x['rev'] === 'number' &&
    isListOf(x['facts'], isBootFact) &&
    isListOf(x['device'], isBootFact) &&
    isListOf(x['heads'], isHead) &&
    isObject(x['consent']) &&
    typeof x['consent']['device'] === 'boolean'
  );
}

/**
 * Leaner than facts' own guard, which reads every value through: this one has just come out of `JSON.parse`, so it is
 * JSON, and a start has no bytes to spare.
 */
export function isBootFact(x: unknown): x is BootFact {
  return (
    isObject(x) &&
    x['kind'] === 'fact' &&
    isUuid(x['id']) &&
    isKey(x['key']) &&
    isStamp(x['at']) &&
    isObject(x['by']) &&
    isString(x['purpose']) &&
    x['value'] !== undefined &&
    AUTHORITIES.includes(x['authority'] as Fact['authority'])
  );
}

function isHead(x: unknown): boolean {
  return isObject(x) && isUuid(x['id']) && !x['discreet'];
}

const isListOf = (x: unknown, is: (item: unknown) => boolean): boolean => Array.isArray(x) && x.every(is);
