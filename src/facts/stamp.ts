/**
 * Hybrid logical clock stamps: a wall clock that never goes back and stays after whatever it has met.
 * No device in it, so a profile that was copied needs no detection; equal stamps are told apart by id.
 */
import type { Held, Ms, Stamp } from './entry.js';
import { isString } from './shape.js';

/** How far ahead of the endpoint's word an entry's own clock is believed. */
export const MAX_AHEAD: Ms = 5 * 60_000;

const STAMP = /^[0-9a-f]{16}$/;
const LAST_COUNTER = 0xffff;
const LAST_WALL = 2 ** 48 - 1;

export function isStamp(x: unknown): x is Stamp {
  return isString(x) && STAMP.test(x);
}

export function stamp(wall: Ms, counter: number): Stamp {
  return hex(wall, 12) + hex(counter, 4);
}

export function wallOf(at: Stamp): Ms {
  return parseInt(at.slice(0, 12), 16);
}

export function counterOf(at: Stamp): number {
  return parseInt(at.slice(12), 16);
}

/**
 * The stamp of the next entry: later than `now` and than the greatest stamp this writer has given or met.
 *
 * @param now own clock plus skew.
 */
export function nextStamp(now: Ms, greatest: Stamp | undefined): Stamp {
  const at = stamp(Math.min(Math.max(0, Math.floor(now)), LAST_WALL), 0);
  if (greatest === undefined || at > greatest) return at;
  // As one number: a full counter carries into the wall. After the last stamp of all, which only a forger writes, there is none.
  const next = hex(BigInt(`0x${greatest}`) + 1n, 16);
  return isStamp(next) ? next : greatest;
}

/**
 * What an entry that was met counts as for `nextStamp`: at most `received + 5 min`, so that one wrong clock does not
 * carry everybody into the future. The counter of a clamped stamp is the last one: what is written next must get a later
 * wall than the clamp, or it would stand before the entry that its writer had just read.
 */
export function metStamp({ entry, received }: Held): Stamp {
  if (received === undefined || wallOf(entry.at) <= received + MAX_AHEAD) return entry.at;
  return stamp(received + MAX_AHEAD, LAST_COUNTER);
}

/** Lowercase hex of that many digits at least. */
export function hex(n: number | bigint, digits: number): string {
  return n.toString(16).padStart(digits, '0');
}
