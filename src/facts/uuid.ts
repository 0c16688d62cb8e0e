import type { Random } from '../platform/platform.js';
import { randomHex } from '../platform/random-hex.js';
import type { Ms, Uuid } from './entry.js';
import { isString } from './shape.js';
import { hex } from './stamp.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a UUID of any version in lowercase; an uppercase one is another string and is refused. */
export function isUuid(x: unknown): x is Uuid {
  return isString(x) && UUID.test(x);
}

/** A new id that begins with its time, so that rows written together lie together. Two of one millisecond come in no order. */
export function uuidv7(now: Ms, random: Random): Uuid {
  return format(hex(Math.max(0, Math.floor(now)), 12) + randomHex(random, 10), 7);
}

/** The id that a hash stands for: the same hash, the same id. Takes its first 16 bytes. */
export function uuidv8(hash: Uint8Array): Uuid {
  return format(Array.from(hash.slice(0, 16), (byte) => hex(byte, 2)).join(''), 8);
}

/** Puts version and variant where they belong. */
function format(digits: string, version: number): Uuid {
  const variant = '89ab'[parseInt(digits.charAt(16), 16) % 4];
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, `$1-$2-${version}$3-${variant}$4-`);
}
