import type { ForgetSelector, Grant, Json, Receipt, Uuid } from '../memory/types.js';

/**
 * What the elements tell the page. Events that end in an act (`-open`, `-leave`, `-grant` …) come
 * before it and can be cancelled; those that end in what has become (`-change`, `-forgotten`) come
 * after. All bubble, and leave shadow roots, so that one listener on the document hears them.
 */
export interface MemoryEvents {
  /** Somebody wants to go on with a conversation or read it. Cancel it to open your own chat. */
  'memory-conversation-open': { readonly id: Uuid };
  /** "Not Ana?" was pressed. Cancel it to keep the memory in place. */
  'memory-person-leave': undefined;
  /** Another person begins: the memory shown was put aside. */
  'memory-person-change': undefined;
  'memory-consent-grant': { readonly grant: Grant };
  'memory-consent-refuse': undefined;
  /** Cancel it to keep what the selector names. */
  'memory-forget': { readonly selector: ForgetSelector };
  'memory-forgotten': { readonly selector: ForgetSelector; readonly receipt: Receipt };
  /** Cancel it to keep the old value. */
  'memory-fact-correct': { readonly key: string; readonly value: Json };
}

type MemoryEventMap = { [K in keyof MemoryEvents]: CustomEvent<MemoryEvents[K]> };

/** Tells the page of an act to come; false when somebody cancelled it. */
export function ask<K extends keyof MemoryEvents>(
  target: EventTarget,
  type: K,
  detail: MemoryEvents[K],
): boolean {
  return dispatch(target, type, detail, true);
}

/** Tells the page what has become. */
export function tell<K extends keyof MemoryEvents>(
  target: EventTarget,
  type: K,
  detail: MemoryEvents[K],
): void {
  dispatch(target, type, detail, false);
}

function dispatch(target: EventTarget, type: string, detail: unknown, cancelable: boolean): boolean {
  return target.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}

declare global {
  interface GlobalEventHandlersEventMap extends MemoryEventMap {}
}
