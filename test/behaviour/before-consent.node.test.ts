/** Before somebody agrees: what a browser keeps of them while they walk through the whole shop. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { chromium, type Visitor } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { choose, introduce, onPage, PAGES, pay, says, settled, withProfile } from './shop-visitor.js';

const VISIT = 'customer-memory:kornblum:visit';
const REFUSED = 'customer-memory:kornblum:refused';
const NOTHING = { databases: [], local: {}, caches: [], workers: 0, cookies: '' };

/** Every key that the walk says something under: all that it states, all that is said in the chat, and nothing besides. */
const SAID = [
  'conversations.<id>',
  'conversations.<id>.m.<id>',
  'conversations.<id>.topic',
  'conversations.<id>.with',
  'identity.addresses.home',
  'identity.email',
  'identity.name',
  'preferences.bicycle',
  'preferences.colour',
  'preferences.delivery',
  'preferences.frameSize',
  'preferences.repair',
  'preferences.repairDay',
];

describe('before somebody agrees', () => {
  let shop: OpenShop;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.close());

  it('looking at every page leaves nothing at all', () =>
    walk(async (visitor) => {
      for (const page of PAGES) {
        await visitor.goto(shop.url + page);
        await settled(visitor);
        assert.deepEqual(await visitor.run(kept), { ...NOTHING, session: {} }, page);
      }
      assert.deepEqual(shop.cookies, []);
    }));

  it('what was stated or said stays in the tab, and after “No thanks” its date besides', () =>
    walk(async (visitor) => {
      await sayThings(visitor);
      await onEveryPage(visitor, NOTHING);

      await visitor.goto(`${shop.url}/support`);
      await visitor.press(['memory-consent', '[part="refuse"]']);
      await visitor.until(says, ['memory-consent', '[part~="hint"]'], 'This visit is forgotten');
      const { local } = await visitor.run(kept);
      assert.deepEqual(Object.keys(local), [REFUSED]);
      const age = Date.now() - Date.parse(local[REFUSED] ?? '');
      assert.ok(age >= 0 && age < 60_000, `${REFUSED} is a date: ${local[REFUSED]}`);
      await onEveryPage(visitor, { ...NOTHING, local });
      assert.deepEqual(shop.cookies, []);
    }));

  it('an order from a link that somebody opened says what was ordered, as they would have', () =>
    walk(async (visitor) => {
      await visitor.goto(`${shop.url}/checkout?item=furt&frameSize=L&colour=bottle&delivery=pickup`);
      await settled(visitor);
      assert.deepEqual(await visitor.run(kept), { ...NOTHING, session: {} }, 'a look at it says nothing');
      await visitor.type('#name', 'Ana');
      await visitor.type('#email', 'ana@example.com');
      await pay(visitor);
      // The page was left as it was said: the next one does it.
      await settled(visitor);
      const { session } = await visitor.run(kept);
      const { entries } = JSON.parse(session[VISIT] ?? '{}') as {
        entries: { key: string; value: unknown; authority: string }[];
      };
      assert.deepEqual(
        entries
          .filter(({ key }) => key.startsWith('preferences.'))
          .map(({ key, value, authority }) => [key, value, authority]),
        [
          ['preferences.frameSize', 'L', 'stated'],
          ['preferences.colour', 'bottle', 'stated'],
          ['preferences.delivery', 'pickup', 'stated'],
        ],
      );
    }));

  async function walk(steps: (visitor: Visitor) => Promise<void>): Promise<void> {
    await withProfile(async (profile) => {
      const visitor = await chromium.open(profile);
      try {
        await steps(visitor);
      } finally {
        await visitor.close();
      }
    });
  }

  async function sayThings(visitor: Visitor): Promise<void> {
    await introduce(visitor, shop.url);
    await visitor.goto(`${shop.url}/workshop`);
    await choose(visitor, 'brakes');
    await visitor.type('#bicycle', 'A red Holm');
    await visitor.press('form[data-repair] button.act');
    await onPage(visitor, '/workshop/promise');
    // Written and not sent is not said.
    await visitor.goto(`${shop.url}/checkout?item=furt`);
    await visitor.type('#phone', '+351 912 345 678');
    await visitor.goto(`${shop.url}/support`);
    await visitor.type('#text', 'Something I thought better of');
  }

  async function onEveryPage(visitor: Visitor, elsewhere: typeof NOTHING): Promise<void> {
    for (const page of PAGES) {
      await visitor.goto(shop.url + page);
      await settled(visitor);
      const { session, ...rest } = await visitor.run(kept);
      assert.deepEqual(rest, elsewhere, page);
      assert.deepEqual(Object.keys(session), [VISIT], page);
      assert.deepEqual(keysIn(session[VISIT] ?? ''), SAID, page);
      // Longer than what an id, which is random, or a time could hold by chance.
      assert.doesNotMatch(session[VISIT] ?? '', /4111.?1111|912.?345|better of/, page);
    }
  }
});

/** The keys of a visit's entries, each once, whatever conversation they are of. */
function keysIn(visit: string): string[] {
  const { entries, ...rest } = JSON.parse(visit) as { entries: { key: string; authority?: string }[] };
  assert.deepEqual(Object.keys(rest), ['v', 'user', 'since']);
  assert.deepEqual(
    entries.filter(({ authority }) => authority !== undefined && authority !== 'stated'),
    [],
  );
  return [
    ...new Set(entries.map(({ key }) => key.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '<id>'))),
  ].sort();
}

/** In the page: everything this origin has left in the browser. */
async function kept() {
  return {
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: { ...localStorage } as Record<string, string>,
    session: { ...sessionStorage } as Record<string, string>,
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookies: document.cookie,
  };
}
