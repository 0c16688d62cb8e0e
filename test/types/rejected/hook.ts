import { createUseMemory, useMemory } from '../../../src/react.js';
import type { memory } from '../shop.js';

const useShop = createUseMemory<typeof memory>();

// error: Argument of type '"preferences.hat"' is not assignable to parameter of type
useShop('preferences.hat');

// error: Type 'string | undefined' is not assignable to type 'number'
export const size: number = useShop('preferences.delivery')?.value;

// error: Argument of type '"identity.nam"' is not assignable to parameter of type
useMemory('identity.nam');
