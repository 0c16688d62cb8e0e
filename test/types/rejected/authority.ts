import { memory } from '../shop.js';

// error: Type '"verified"' is not assignable to type '"stated" | "observed" | "inferred"
void memory.remember('preferences.shoeSize', 42, { authority: 'verified' });

// error: Type '"recorded"' is not assignable to type '"stated" | "observed" | "inferred"
void memory.remember('preferences.shoeSize', 42, { authority: 'recorded' });
