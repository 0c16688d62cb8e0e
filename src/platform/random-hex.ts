import type { Random } from './platform.js';

/** Random bytes as lowercase hex. */
export function randomHex(random: Random, bytes: number): string {
  return Array.from(random(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
