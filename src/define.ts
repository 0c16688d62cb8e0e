/** Registers every element; the tag and a site's own bundle may both do so on one page. */
import { MemoryCenter, MemoryConsent, MemoryConversations, MemoryGreeting } from './elements.js';
import { register } from './elements/register.js';

register({
  'memory-center': MemoryCenter,
  'memory-consent': MemoryConsent,
  'memory-conversations': MemoryConversations,
  'memory-greeting': MemoryGreeting,
});
