import { MemoryCenter } from '../../elements/memory-center/memory-center.js';
import { register } from '../../elements/register.js';

register({ 'memory-center': MemoryCenter });
