import { createMemory } from '../../../src/index.js';

// error: Property 'site' is missing in type '{}'
createMemory({});

// error: Type '"always"' is not assignable to type
createMemory({ site: 'shop', consent: 'always' });

// error: Type 'string' is not assignable to type 'StandardSchema<unknown, unknown>'
createMemory({ site: 'shop', preferences: { delivery: 'home' } });
