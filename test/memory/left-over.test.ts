import { expect } from '@open-wc/testing';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import {
  everything,
  failureOf,
  loaded,
  rememberedPerson,
  testBrowser,
  type AnyMemory,
  type Page,
  type TestBrowser,
} from './support.js';

const canary = 'canary';

/** Ana's page, in whose browser no database can be used for as long as the test likes. */
async function withoutDatabase(browser: TestBrowser): Promise<Page & { mend(): void }> {
  await rememberedPerson(browser, { 'identity.name': { given: canary } });
  const faults: { fail?: (times: number) => void } = {};
  const page = await loaded(browser, {
    on: (platform) => {
      const indexedDB = faultyIndexedDb(platform.indexedDB as IndexedDb);
      faults.fail = (times) =>
        indexedDB.fail({ at: 'transaction', error: new DOMException('no disk', 'NotReadableError') }, times);
      return Object.assign(platform, { indexedDB });
    },
  });
  faults.fail?.(Infinity);
  return { ...page, mend: () => faults.fail?.(0) };
}

describe('what could not be taken away yet', () => {
  const acts: [string, (memory: AnyMemory) => Promise<unknown>][] = [
    ['“not you?”', (memory) => memory.notMe()],
    ['forgetting everything', (memory) => memory.forget('everything')],
    ['withdrawing', (memory) => memory.consent.withdraw()],
  ];
  for (const [what, act] of acts) {
    it(`is not shown to the next person who grants, nor told what they say: ${what}`, async () => {
      const browser = testBrowser();
      const { memory, mend } = await withoutDatabase(browser);
      await act(memory).catch(() => undefined);
      expect(memory.recall('identity.name')).to.equal(undefined);
      mend();
      await memory.remember('preferences.size', 'M');
      await memory.consent.grant();
      expect(memory.recall('identity.name')).to.equal(undefined);
      await memory.close();
      const next = await loaded(browser);
      expect(next.memory.facts().map(({ key }) => key)).to.deep.equal(['preferences.size']);
      await next.memory.close();
      await browser.clear();
    });
  }

  for (const [what, act] of acts.slice(1)) {
    it(`is not said to be gone, and is gone with the next page: ${what}`, async () => {
      const browser = testBrowser();
      const { memory, mend } = await withoutDatabase(browser);
      expect(await failureOf(() => act(memory))).to.include({ code: 'storage_failed' });
      expect(memory.recall('identity.name')).to.equal(undefined);
      mend();
      await memory.close();
      const next = await loaded(browser);
      expect(next.memory.recall('identity.name')).to.equal(undefined);
      expect(await everything(browser)).not.to.contain(canary);
      await next.memory.close();
      await browser.clear();
    });
  }
});
