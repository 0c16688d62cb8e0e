import { memory } from '../shop.js';

const fact = memory.recall('preferences.shoeSize');
// error: Cannot assign to 'value' because it is a read-only property
if (fact) fact.value = 43;

// error: Cannot assign to 'state' because it is a read-only property
memory.status.state = 'ready';
