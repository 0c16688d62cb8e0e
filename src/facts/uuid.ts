import type { Ms, Uuid } from './entry.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is a UUID of any version in lowercase; an uppercase one is another string and is refused. */
export function isUuid(x: unknown): x is Uuid {
  return typeof x === 'string' && UUID.test(x);
}

/** A new id that begins with its time, so that rows written together lie together. Two of one millisecond come in no order. */
export function uuidv7(now: Ms, random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Uuid {
  const bytes = random(new Uint8Array(16));
  let ms = Math.max(0, Math.floor(now));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = ms % 256;
    ms = Math.floor(ms / 256);
  }
  return format(bytes, 7);
}

/** The id that a hash stands for: the same hash, the same id. Takes its first 16 bytes. */
export function uuidv8(hash: Uint8Array): Uuid {
  return format(hash.slice(0, 16), 8);
}

function format(bytes: Uint8Array, version: number): Uuid {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
