import type { Ms } from '../facts/entry.js';

const DAY: Ms = 86_400_000;

export function sameDay(a: Ms, b: Ms): boolean {
  return Math.floor(a / DAY) === Math.floor(b / DAY);
}
