/** Programs that must compile, with the types a site may count on; `npm run types` compiles them. */
import { createMemory, type Address, type Json, type Name } from '../../src/index.js';
import { memory } from './shop.js';

/** `true` only where both are the very same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => undefined;

export async function site(): Promise<void> {
  const delivery = await memory.remember('preferences.delivery', 'pickup', { why: 'works nights' });
  same<typeof delivery.value, 'home' | 'pickup'>(true);
  same<typeof delivery.key, 'preferences.delivery'>(true);

  const colour = memory.recall('preferences.colour')?.value;
  same<typeof colour, 'red' | 'blue' | undefined>(true);

  const size = memory.value('preferences.shoeSize', 42);
  same<typeof size, number>(true);

  const theme = memory.value('preferences.theme');
  same<typeof theme, 'light' | 'dark' | undefined>(true);

  const name = memory.value('identity.name');
  same<typeof name, Name | undefined>(true);

  const home = memory.value('identity.addresses.home');
  same<typeof home, Address | undefined>(true);

  const fit = memory.value('care.fitting.saddle');
  same<typeof fit, Json | undefined>(true);

  const asked = await memory.ask('preferences.colour', async () => 'red' as const);
  same<typeof asked, 'red' | 'blue' | undefined>(true);

  memory.subscribe('preferences.delivery', (fact) => same<typeof fact, typeof delivery | undefined>(true));
  await memory.for('support').remember('care.fitting.saddle', { height: 71 });
}

/** Without schemas any preference may be kept, as JSON. */
export async function plainSite(): Promise<void> {
  const plain = createMemory({ site: 'plain' });
  const fact = await plain.remember('preferences.anything', ['a', 1, null]);
  same<typeof fact.value, Json>(true);
}
