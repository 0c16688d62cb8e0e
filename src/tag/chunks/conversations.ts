import { MemoryConversations } from '../../elements/memory-conversations/memory-conversations.js';
import { register } from '../../elements/register.js';

register({ 'memory-conversations': MemoryConversations });
