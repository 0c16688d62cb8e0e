import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { everything, load, newTab, testBrowser, type Page, type Tab, type TestBrowser } from './support.js';

/**
 * Whatever happens to a memory, in whatever order, it recalls what a very small model of it recalls: what
 * was last stated, on the device when that was granted, else in its tab; and nothing of anybody who was
 * taken away.
 */

const KEYS = ['identity.company', 'preferences.shoe', 'preferences.bell'] as const;
type Key = (typeof KEYS)[number];
type Values = Map<Key, string>;

interface ModelTab {
  /** Said in this tab and not on the device. */
  visit: Values;
  /** Forgotten in this tab, of which the other has not heard, and after how many words. */
  forgotten: Map<Key, number>;
}

const emptyTab = (): ModelTab => ({ visit: new Map(), forgotten: new Map() });

/** Two tabs of one browser, of which one is looked at; a person who is on the device or not. */
class Model {
  device: Values | undefined;
  tabs: ModelTab[] = [emptyTab(), emptyTab()];
  words = 0;

  shown(tab: number): Values {
    return new Map([...(this.device ?? []), ...this.tabs[tab]!.visit]);
  }

  remember(tab: number, key: Key, value: string): void {
    this.words = orderOf(value);
    (this.device ?? this.tabs[tab]!.visit).set(key, value);
  }

  forget(tab: number, matches: (key: Key) => boolean): void {
    const { visit, forgotten } = this.tabs[tab]!;
    for (const key of KEYS.filter(matches)) {
      this.device?.delete(key);
      visit.delete(key);
      if (!this.device) forgotten.set(key, this.words);
    }
  }

  /**
   * Both tabs are open: each moves its own, and what was stated last counts; what one tab has said and the other
   * forgot later is gone. Returns the keys that one tab has said after the other forgot them, without having heard of
   * it: whichever is stored first, as the laws say.
   */
  grant(): Set<Key> {
    const unsure = new Set<Key>();
    this.tabs.forEach(({ forgotten }, index) => {
      const { visit } = this.tabs[1 - index]!;
      for (const [key, words] of forgotten) {
        const value = visit.get(key);
        if (value === undefined) continue;
        if (orderOf(value) <= words) visit.delete(key);
        else unsure.add(key);
      }
    });
    const said = this.tabs.flatMap(({ visit }) => [...visit]).sort(([, a], [, b]) => orderOf(a) - orderOf(b));
    this.device = new Map([...(this.device ?? []), ...said]);
    this.tabs = [emptyTab(), emptyTab()];
    return unsure;
  }

  leave(): void {
    this.device = undefined;
    this.tabs = [emptyTab(), emptyTab()];
  }
}

const orderOf = (value: string): number => Number(value.slice(1, -1));

type Step =
  | { readonly do: 'remember' | 'observe'; readonly tab: number; readonly key: Key }
  | { readonly do: 'forget'; readonly tab: number; readonly key: Key }
  | { readonly do: 'forgetUnder'; readonly tab: number }
  | { readonly do: 'reload' | 'grant' | 'withdraw' | 'notMe' | 'everything'; readonly tab: number };

const tab = fc.nat(1);
const key = fc.constantFrom(...KEYS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('remember' as const), tab, key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forget' as const), tab, key }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('forgetUnder' as const), tab }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('reload' as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('grant' as const), tab }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom('withdraw' as const, 'notMe' as const, 'everything' as const),
      tab,
    }),
  },
);

/** Each needs code that a page fetches when it is first needed. */
const FETCHING: readonly Step[] = [
  { do: 'remember', tab: 0, key: 'identity.company' },
  { do: 'grant', tab: 0 },
  { do: 'forgetUnder', tab: 0 },
  { do: 'reload', tab: 0 },
  { do: 'withdraw', tab: 0 },
];

describe('any history', () => {
  // What is fetched when it is first needed is here from then on: nobody can tell when a page has done with fetching.
  before(() => run(FETCHING));

  it('is recalled as a small model recalls it, in every tab, and after every reload', async function () {
    this.timeout(110_000);
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), run), {
      numRuns: 300,
      interruptAfterTimeLimit: 90_000,
      includeErrorInReport: true,
    });
  });
});

async function run(steps: readonly Step[]): Promise<void> {
  const browser = testBrowser();
  const model = new Model();
  const tabs: Tab[] = [newTab(), newTab()];
  const pages: Page[] = [];
  for (const index of [0, 1]) pages[index] = await open(browser, tabs[index]!);
  let count = 0;
  const gone: string[] = [];

  for (const one of steps) {
    const { memory } = pages[one.tab]!;
    // Of each other's tabs both clocks go on, so that what is later is later.
    for (const { platform } of pages)
      platform.setTime(Math.max(...pages.map((page) => page.platform.clock.now())) + 1);
    if (one.do === 'remember') {
      const value = `v${(count += 1)}.`;
      await memory.remember(one.key, value);
      gone.push(value);
      model.remember(one.tab, one.key, value);
    } else if (one.do === 'forget') {
      await memory.forget({ key: one.key });
      model.forget(one.tab, (key) => key === one.key);
    } else if (one.do === 'forgetUnder') {
      await memory.forget({ under: 'preferences' });
      model.forget(one.tab, (key) => key.startsWith('preferences'));
    } else if (one.do === 'reload') {
      await memory.close();
      pages[one.tab] = await open(browser, tabs[one.tab]!, model.shown(one.tab), model.device !== undefined);
    } else if (one.do === 'grant') {
      await memory.consent.grant();
      await settled(browser, pages);
      for (const key of model.grant()) {
        const value = memory.value(key) as string | undefined;
        if (value === undefined) model.device!.delete(key);
        else model.device!.set(key, value);
      }
    } else if (one.do === 'withdraw') {
      const granted = model.device !== undefined;
      await memory.consent.withdraw();
      if (granted) model.leave();
    } else {
      await (one.do === 'notMe' ? memory.notMe() : memory.forget('everything'));
      model.leave();
    }
    await settled(browser, pages);
    for (const index of [0, 1]) {
      const shown = model.shown(index);
      for (const key of KEYS)
        expect(pages[index]!.memory.value(key), `${JSON.stringify(one)}: ${key} in tab ${index}`).to.equal(
          shown.get(key),
        );
    }
  }

  await Promise.all(pages.map(({ memory }) => memory.close()));
  if (!steps.some((one) => one.do === 'notMe')) {
    const there = new Set([...model.shown(0).values(), ...model.shown(1).values()]);
    const kept = await everything(browser, ...tabs);
    // Deleted, not hidden; what was corrected stays in the history of its key until that is forgotten.
    if (model.device === undefined && there.size === 0)
      for (const value of gone) expect(kept).not.to.contain(value);
  }
  await browser.clear();
}

async function open(browser: TestBrowser, tab: Tab, shown?: Values, granted = false): Promise<Page> {
  const page = load(browser, { tab });
  // At once nothing may be shown that is not so; what is so may have to wait for the database.
  if (shown)
    for (const key of KEYS)
      expect(page.memory.value(key), `at once: ${key}`).to.be.oneOf(
        granted ? [undefined, shown.get(key)] : [shown.get(key)],
      );
  await page.memory.ready;
  return page;
}

/**
 * Both pages have heard what the other one did, and have done what follows: nothing is asked of the database, and nothing
 * changes any more. No time goes by while the database is at work, which may be slow.
 */
async function settled(browser: TestBrowser, pages: readonly Page[]): Promise<void> {
  const versions = () => pages.map(({ memory }) => memory.version).join();
  let before = '';
  for (let still = 0; still < 4;) {
    await nextTask();
    await browser.idle();
    await Promise.all(pages.map(({ memory }) => memory.count()));
    // A boot record that is due is written, and its lock given to the other.
    for (const { platform } of pages) platform.advance(300);
    still = versions() === before ? still + 1 : 0;
    before = versions();
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
