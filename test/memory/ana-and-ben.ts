/** Two people of one browser, for tests of what must not come from the one to the other. */
import { leave } from '../../src/memory/table.js';
import { loaded, newTab, type AnyMemory, type Load, type Tab, type TestBrowser } from './support.js';
import { tag as tagOf } from './tag.js';

export const SIZE = 'preferences.size';
export const CANARY = 'preferences.canary';
export const ANA = { 'identity.name': { given: 'Ana' }, [SIZE]: 'M' };

/** In another tab whoever is here is put aside, and Ben begins. */
export async function benBegins(browser: TestBrowser, options: Load = {}): Promise<void> {
  const { memory } = await loaded(browser, options);
  await memory.notMe();
  await memory.remember('identity.name', { given: 'Ben' });
  await memory.remember(SIZE, 'S');
  await memory.consent.grant();
  await memory.close();
}

/** A page of the tag, whose chunk comes when the test says so. */
export function early(
  browser: TestBrowser,
  { tab = newTab(), says, on = (same) => same }: Pick<Load, 'tab' | 'says' | 'on'> = {},
): { memory: AnyMemory; arrive: () => void; tab: Tab } {
  const identity = says === undefined ? {} : { identity: { user: says } };
  const { memory, arrive } = tagOf(browser, on(browser.page(tab)), identity);
  leave(memory);
  return { memory: memory as unknown as AnyMemory, arrive, tab };
}
