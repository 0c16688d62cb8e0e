import { expect } from '@open-wc/testing';
import {
  databasesLeft,
  failureOf,
  loaded,
  rememberedPerson,
  testBrowser,
  type AnyMemory,
} from './support.js';

describe('what is read after site data were cleared, while the page is open', () => {
  const reads: [string, (memory: AnyMemory) => Promise<unknown>][] = [
    ['count', (memory) => memory.count()],
    ['export', (memory) => memory.export()],
    ['latest', (memory) => memory.conversations.latest()],
  ];
  for (const [name, read] of reads) {
    it(`is of nobody, and nobody is shown any more: ${name}`, async () => {
      const browser = testBrowser();
      await rememberedPerson(browser, { 'identity.name': { given: 'Ana' } });
      const { memory } = await loaded(browser);
      await browser.clear();
      expect(await databasesLeft(browser)).to.deep.equal([]);
      for (const key of browser.world.local.keys()) browser.world.local.remove(key);
      expect(await failureOf(() => read(memory))).to.include({ code: 'put_aside' });
      expect(memory.facts()).to.deep.equal([]);
      await read(memory);
      expect(memory.status).to.deep.include({ state: 'ready', kept: 'visit', gate: 'open' });
      expect(memory.status.storage).to.deep.equal({ session: 'ok', device: 'unused' });
      expect(await browser.databases(), 'nothing is stored again').to.deep.equal([]);
      await memory.close();
    });
  }
});
