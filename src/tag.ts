/**
 * The classic tag: memory, call queue and greeting in one script, the rest fetched when it is first
 * needed. Loading it twice, or in another version, does nothing the second time; importing it where
 * there is no page does nothing at all.
 */
import './tag/policy.js';
import * as kit from './tag/kit.js';
import { MemoryGreeting } from './elements/memory-greeting/memory-greeting.js';
import { register } from './elements/register.js';
import { setStrings } from './elements/strings.js';
import { defineLazily, watchForElements } from './tag/lazy-elements.js';
import { chunks, hashes } from './tag/load-chunk.js';
import { refusal } from './tag/policy.js';
import { start } from './tag/start.js';

declare const __VERSION__: string;

const load = start(refusal, (load) => ({
  define: (name: string) => defineLazily(load, name),
  setStrings,
}));
Object.assign(globalThis, {
  [Symbol.for(`customer-memory.kit.${__VERSION__}`)]: { ...kit, load, chunks, hashes },
});
if (load && refusal === undefined) {
  register({ 'memory-greeting': MemoryGreeting });
  watchForElements(load);
}
