import type { Memory } from '../../src/memory/types.js';

declare global {
  interface Window {
    customerMemory?: unknown;
  }
}

/** The memory the tag brought, or undefined where there is none: then a page is what it was without it. */
export function findMemory(): Memory | undefined {
  const tag = window.customerMemory;
  return typeof tag === 'function' && 'recall' in tag && 'subscribe' in tag
    ? (tag as unknown as Memory)
    : undefined;
}

/** Somebody wants to go on with a conversation. */
export type OpenEvent = CustomEvent<{ readonly id: string }>;

/** When this page was opened: what was said before it was said "last time". (WebKit's `timeOrigin` is not of the clock that `at` is of.) */
export const OPENED = Date.now() - performance.now();

let kept: boolean | undefined;

/** Whether something was said in an earlier visit: before this page, and kept on the device when it was opened. */
export function saidBefore(memory: Memory, at: number): boolean {
  const { state } = memory.consent;
  if (state === 'undecided' || state === 'refused') kept = false;
  else if (state === 'granted') kept ??= true;
  return kept === true && at < OPENED;
}

/** Remembers unless exactly that is remembered already, so that "when" stays when it was said. */
export function keep(
  memory: Memory,
  key: Parameters<Memory['remember']>[0],
  value: Parameters<Memory['remember']>[1],
): void {
  if (JSON.stringify(memory.recall(key)?.value) === JSON.stringify(value)) return;
  memory.remember(key, value).catch(reportError);
}
