/**
 * Keys: what a fact is about. This file knows the four roots and how keys are spelled; it does not
 * know which preferences a site has declared, nor what a value must look like (identity.ts and
 * conversation.ts do).
 */
import type { Key, Prefix, Uuid } from './entry.js';
import { isString } from './shape.js';
import { isUuid } from './uuid.js';

export const ROOTS = ['identity', 'preferences', 'conversations', 'care'] as const;
export type Root = (typeof ROOTS)[number];

export interface KeyProblem {
  readonly code: 'malformed_key' | 'unknown_root';
  readonly reason: string;
}

/** Longest key, in characters (all of them ASCII). */
const KEY_LENGTH = 200;

/**
 * Why this is not a key, or undefined when it is one. Case counts. Never throws, whatever it is given.
 *
 * @param min fewest segments: 2 for a key, 1 for a prefix.
 */
export function keyProblem(key: unknown, min = 2): KeyProblem | undefined {
  const segments = segmentsOf(key, min);
  const bad = segments?.find((segment) => !isSegment(segment));
  if (segments && bad === undefined)
    return isRoot(segments[0])
      ? undefined
      : { code: 'unknown_root', reason: `"${segments[0]}" is not a root` };
  const reason = segments
    ? `${JSON.stringify(bad)} is not a segment of a key`
    : `a key has ${min} to 6 segments and at most ${KEY_LENGTH} characters`;
  return { code: 'malformed_key', reason };
}

/** Without a word about what is wrong: at a start there is nobody to tell. */
export function isKey(key: unknown): key is Key {
  const segments = segmentsOf(key, 2);
  return !!segments && isRoot(segments[0]) && segments.every(isSegment);
}

function segmentsOf(key: unknown, min: number): string[] | undefined {
  const segments = isString(key) && key.length <= KEY_LENGTH ? key.split('.') : [];
  return segments.length < min || segments.length > 6 ? undefined : segments;
}

export function isRoot(x: unknown): x is Root {
  return (ROOTS as readonly unknown[]).includes(x);
}

/** Why this is not a prefix: 1–6 segments, the first a root. */
export function prefixProblem(prefix: unknown): KeyProblem | undefined {
  return keyProblem(prefix, 1);
}

const SEGMENT = /^(?!constructor$|prototype$)[A-Za-z][\w-]{0,63}$/;

/** Whether the text can stand between two dots; `constructor` and `prototype` cannot. */
export function isSegment(segment: string): boolean {
  return SEGMENT.test(segment) || isUuid(segment);
}

/** Whether `key` is `prefix` itself or begins with `prefix.`; `care` does not match `career.x`. */
export function under(prefix: Prefix, key: Key): boolean {
  return key === prefix || key.startsWith(`${prefix}.`);
}

export function rootOf(key: Key): Root {
  return key.split('.')[0] as Root;
}

export function lastSegment(key: Key): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

/** Whether the key is ours although it stands under `preferences`: a site cannot declare a preference named `asked`. */
export function isReserved(key: Key): boolean {
  return under('preferences.asked', key);
}

/** The conversation that this key belongs to, itself, its parts and its messages; undefined for every other key. */
export function conversationIdOf(key: Key): Uuid | undefined {
  const [root, id] = key.split('.');
  return root === 'conversations' && isUuid(id) ? id : undefined;
}

export function conversationKey(
  cid: Uuid,
  part?: '' | 'topic' | 'with' | 'state' | 'outcome' | 'readTo',
): Key {
  return `conversations.${cid}${part ? `.${part}` : ''}`;
}
