import { memory } from '../shop.js';

// error: Argument of type '"preferences.hat"' is not assignable to parameter of type
memory.recall('preferences.hat');

// error: Argument of type '"identity.shoe"' is not assignable to parameter of type
void memory.remember('identity.shoe', 42);

// error: Argument of type '"identity.nam"' is not assignable to parameter of type
memory.recall('identity.nam');

// error: Argument of type '"orders.last"' is not assignable to parameter of type
memory.value('orders.last');

// error: Argument of type '"conversations.topic"' is not assignable to parameter of type
void memory.remember('conversations.topic', 'boiler');
