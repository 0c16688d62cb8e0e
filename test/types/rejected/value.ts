import { memory } from '../shop.js';

// error: Argument of type '"drone"' is not assignable to parameter of type '"home" | "pickup"'
void memory.remember('preferences.delivery', 'drone');

// error: Argument of type 'string' is not assignable to parameter of type 'number'
void memory.remember('preferences.shoeSize', '42');

// error: Argument of type '"green"' is not assignable to parameter of type '"red" | "blue"'
void memory.remember('preferences.colour', 'green');

// error: Type 'number' is not assignable to type 'string'
void memory.remember('identity.name', { given: 1 });
