import '../../src/define.js';
import { expect } from '@open-wc/testing';
import { loaded, rememberedPerson, testBrowser } from '../memory/support.js';
import { clear, part, press, readable, settled, show } from './show.js';

describe('the center, when another tab has put the person aside', () => {
  afterEach(clear);

  it('asks nobody whether to forget what that person had', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { 'identity.name': { given: 'Ana' }, 'preferences.size': 'M' });
    const { memory } = await loaded(browser);
    const element = await show('memory-center', { memory: memory as never, open: true });
    await press(element, 'forget-all');
    for (let turn = 0; turn < 20 && !part(element, 'question'); turn += 1) {
      await memory.count();
      await settled(element);
    }
    expect(readable(element)).to.contain('2 things');
    const other = await loaded(browser);
    await other.memory.notMe();
    await other.memory.remember('preferences.size', 'S');
    await memory.count();
    await settled(element);
    expect(part(element, 'question')).to.equal(null);
    expect(readable(element)).not.to.contain('2 things');
    await Promise.all([other.memory.close(), memory.close()]);
    await browser.clear();
  });
});
