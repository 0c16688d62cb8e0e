/** Programs that must compile, with the types a site may count on; `npm run types` compiles them. */
import {
  createMemory,
  type Address,
  type Described,
  type Json,
  type Memory,
  type Name,
} from '../../src/index.js';
import { createUseMemory, useMemory } from '../../src/react.js';
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
  memory.for('preferences').recall('preferences.colour');
}

export async function forgetting(id: string): Promise<void> {
  await memory.forget({ key: 'preferences.shoeSize' });
  await memory.forget({ key: 'preferences.theme' });
  await memory.forget({ key: 'identity.addresses.home' });
  await memory.forget({ key: `conversations.${id}.topic` });
  await memory.forget({ under: 'preferences.noLongerDeclared' });
  await memory.forget({ purpose: 'fitting' });
  await memory.forget({ purpose: 'conversations' });
}

/** What is not known needs no words. */
export function words(): void {
  const here = memory.describe({ key: 'preferences.colour', value: 'red' });
  same<typeof here, Described>(true);
  const perhaps = memory.describe(memory.recall('preferences.colour'));
  same<typeof perhaps, Described | undefined>(true);
  for (const [value, title] of memory.choices('preferences.colour')) same<typeof value, typeof title>(true);
}

/** A site's own memory goes where any memory goes. */
export function anyMemory(): Memory {
  return memory;
}

export function hooks(): void {
  const useShop = createUseMemory<typeof memory>();
  const delivery = useShop('preferences.delivery')?.value;
  same<typeof delivery, 'home' | 'pickup' | undefined>(true);
  const theme = useShop('preferences.theme', 'shop')?.value;
  same<typeof theme, 'light' | 'dark' | undefined>(true);
  const anything = useMemory('preferences.anything')?.value;
  same<typeof anything, Json | undefined>(true);
}

/** Without schemas any preference may be kept, as JSON. */
export async function plainSite(): Promise<void> {
  const plain = createMemory({ site: 'plain' });
  const fact = await plain.remember('preferences.anything', ['a', 1, null]);
  same<typeof fact.value, Json>(true);
  plain.for('whatever another call declares').facts();
  await plain.forget({ key: fact.key });
  await plain.forget({ key: String(fact.key) });
}
