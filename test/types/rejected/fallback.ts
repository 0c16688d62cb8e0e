import { memory } from '../shop.js';

// error: Argument of type '"drone"' is not assignable to parameter of type '"home" | "pickup"'
memory.value('preferences.delivery', 'drone');

// error: Type '"home" | "pickup" | undefined' is not assignable to type '"home" | "pickup"'
export const delivery: 'home' | 'pickup' = memory.value('preferences.delivery');
