/** Registers every element; the tag and a site's own bundle may both do so on one page. */
import { MemoryConsent, MemoryGreeting } from './elements.js';
import { register } from './elements/register.js';

register({
  'memory-consent': MemoryConsent,
  'memory-greeting': MemoryGreeting,
});
