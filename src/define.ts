/** Registers every element; the tag and a site's own bundle may both do so on one page. */
import { MemoryCenter } from './elements/memory-center/memory-center.js';
import { MemoryConsent } from './elements/memory-consent/memory-consent.js';
import { MemoryConversations } from './elements/memory-conversations/memory-conversations.js';
import { MemoryGreeting } from './elements/memory-greeting/memory-greeting.js';
import { register } from './elements/register.js';

register({
  'memory-center': MemoryCenter,
  'memory-consent': MemoryConsent,
  'memory-conversations': MemoryConversations,
  'memory-greeting': MemoryGreeting,
});
