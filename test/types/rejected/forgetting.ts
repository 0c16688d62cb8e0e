import { memory } from '../shop.js';

// error: Type '"preferences.shoesize"' is not assignable to type
void memory.forget({ key: 'preferences.shoesize' });

// error: Type '"identity.nam"' is not assignable to type
void memory.forget({ key: 'identity.nam' });

// error: Type '"supprt"' is not assignable to type
void memory.forget({ purpose: 'supprt' });
