import { memory } from '../shop.js';

// error: Type '"green"' is not assignable to type
void memory.ask('preferences.colour', () => 'green');

// error: 'keys' does not exist in type
void memory.forget({ keys: 'preferences.colour' });
