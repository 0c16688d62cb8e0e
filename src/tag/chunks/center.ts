import { MemoryCenter } from '../../elements/memory-center/memory-center.js';
import { register } from '../../elements/register.js';
import { comingLanguages } from '../../elements/strings.js';

// Fetched beside this: an element that is defined has its words, so that a page can wait for it with what stands below.
await comingLanguages();
register({ 'memory-center': MemoryCenter });
