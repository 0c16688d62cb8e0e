/** A site's memory with schemas of two libraries, as the programs here use it. */
import * as v from 'valibot';
import * as z from 'zod/mini';
import { createMemory } from '../../src/index.js';

export const memory = createMemory({
  site: 'shop',
  preferences: {
    delivery: z.enum(['home', 'pickup']),
    shoeSize: z.number(),
    colour: v.picklist(['red', 'blue']),
  },
  devicePreferences: { theme: z.enum(['light', 'dark']) },
  purposes: {
    support: { title: 'Helping you', keys: ['care'], reads: ['identity.name', 'preferences.delivery'] },
    fitting: { title: 'Fitting', keys: ['preferences.shoeSize', 'care.fitting'], reads: ['preferences'] },
  },
});
