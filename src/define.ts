/**
 * Registers every element. A name that is taken is left to whoever took it: the tag and a site's own
 * bundle may both be on a page. Does nothing where there is no page.
 */
import { MemoryGreeting } from './elements.js';

const elements = {
  'memory-greeting': MemoryGreeting,
};

const registry = (globalThis as { customElements?: CustomElementRegistry }).customElements;
for (const [name, element] of Object.entries(elements)) {
  if (registry && !registry.get(name)) registry.define(name, element);
}
