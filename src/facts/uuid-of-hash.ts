import type { Uuid } from './entry.js';
import { hex } from './stamp.js';

/** The id (version 8) that a hash stands for: the same hash, the same id. Takes its first 16 bytes. */
export function uuidv8(hash: Uint8Array): Uuid {
  const digits = Array.from(hash.slice(0, 16), (byte) => hex(byte, 2)).join('');
  const variant = '89ab'[parseInt(digits.charAt(16), 16) % 4];
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, `$1-$2-8$3-${variant}$4-`);
}
