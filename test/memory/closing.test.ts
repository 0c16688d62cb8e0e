import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { load, loaded, rememberedPerson, testBrowser, until, type AnyMemory } from './support.js';

const SHOE = 'preferences.shoe';

/** What is asked of the page of somebody who is remembered, and what the next page makes of it. */
const ACTS: Record<
  string,
  [act: (memory: AnyMemory) => Promise<unknown>, after: (memory: AnyMemory) => unknown, expected: unknown]
> = {
  'a conversation that is begun': [
    (memory) => memory.conversations.start({ channel: 'chat' }),
    (memory) => memory.conversations.recent.length,
    1,
  ],
  'what is remembered': [(memory) => memory.remember(SHOE, 'L'), (memory) => memory.value(SHOE), 'L'],
  'what is forgotten': [
    (memory) => memory.forget({ key: SHOE }),
    (memory) => memory.facts().map(({ key }) => key),
    ['identity.name'],
  ],
  'forgetting everything': [(memory) => memory.forget('everything'), (memory) => memory.facts(), []],
  '“not you?”': [(memory) => memory.notMe(), (memory) => memory.facts(), []],
  'a narrower grant': [
    (memory) => memory.consent.grant({ device: true, purposes: ['identity'] } as never),
    (memory) => memory.facts().map(({ key }) => key),
    ['identity.name'],
  ],
  refusing: [(memory) => memory.consent.refuse(), (memory) => memory.consent.state, 'refused'],
  withdrawing: [(memory) => memory.consent.withdraw(), (memory) => memory.facts(), []],
};

describe('closing', () => {
  for (const [what, [act, after, expected]] of Object.entries(ACTS))
    for (const when of ['before the database has answered', 'after it'])
      it(`waits for what was asked before, and loses none of it: ${what}, ${when}`, async () => {
        const browser = testBrowser();
        await rememberedPerson(browser, { 'identity.name': { given: 'Ana' }, [SHOE]: 'M' });
        const { memory } = load(browser);
        if (when === 'after it') await memory.ready;
        let became = 'under way';
        act(memory).then(
          () => (became = 'done'),
          (error: { code: string }) => (became = error.code),
        );
        await memory.close();
        expect(became).to.equal('done');
        const next = await loaded(browser);
        expect(after(next.memory)).to.deep.equal(expected);
        await next.memory.close();
        await browser.clear();
      });

  it('asks a database that did not answer no more, and tells nobody', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const page = await loaded(browser, { on: (platform) => Object.assign(platform, { indexedDB: faulty }) });
    const other = await loaded(browser);
    faulty.fail({ at: 'transaction', error: new DOMException('busy', 'AbortError') });
    const failed = until(page.memory, () => page.memory.status.storage.device === 'failed');
    await other.memory.forget({ key: SHOE });
    await failed;
    await Promise.all([page.memory.close(), other.memory.close()]);
    const before = [page.memory.version, faulty.opens, faulty.transactions];
    page.platform.advance(60_000);
    await browser.databases();
    expect([page.memory.version, faulty.opens, faulty.transactions]).to.deep.equal(before);
    await browser.clear();
  });
});
