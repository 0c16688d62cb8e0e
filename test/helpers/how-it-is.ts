import type { Memory } from '../../src/memory/types.js';

/** In a page: how it is with it and its memory, for whoever has waited there in vain. Anything of it may be missing. */
export function howItIs(): object {
  const { customerMemory: memory } = window as { customerMemory?: Partial<Memory> };
  return {
    address: location.href,
    state: document.readyState,
    // When what was fetched was there, in milliseconds of this page.
    fetched: performance
      .getEntriesByType('resource')
      .map((one) => `${one.name.replace(location.origin, '')} ${Math.round(one.startTime + one.duration)}`),
    now: Math.round(performance.now()),
    memory: memory && {
      status: memory.status,
      consent: memory.consent?.state,
      visitor: memory.visitor,
      facts: memory.facts?.().map(({ key }) => key),
    },
    kept: Object.keys(localStorage),
    text: document.body?.innerText.slice(0, 500),
  };
}
