import * as z from 'zod/mini';
import { createMemory } from '../../../src/index.js';
import { memory } from '../shop.js';

// error: Argument of type '"supprt"' is not assignable to parameter of type
memory.for('supprt');

createMemory({
  site: 'shop',
  preferences: { delivery: z.enum(['home', 'pickup']) },
  purposes: {
    // error: Type '"preferences.delivry"' is not assignable to type
    support: { title: 'Helping you', reads: ['preferences.delivry'] },
    // error: Type '"orders"' is not assignable to type
    orders: { title: 'Your orders', keys: ['orders'] },
    // error: Type '"identity.nam"' is not assignable to type
    greeting: { title: 'Greeting you', reads: ['identity.nam'] },
  },
});
