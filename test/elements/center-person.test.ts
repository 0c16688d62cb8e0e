import '../../src/define.js';
import { expect } from '@open-wc/testing';
import type { MemoryElement } from '../../src/elements.js';
import {
  databasesLeft,
  loaded,
  rememberedPerson,
  testBrowser,
  type AnyMemory,
  type TestBrowser,
} from '../memory/support.js';
import { catchRaised } from './raised.js';
import { appears, clear, focused, part, press, readable, settled, show, text } from './show.js';

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

const AWAY = 'It was put away or forgotten. Nothing was changed.';

describe('the center, when what it shows is taken from under it', () => {
  let browser: TestBrowser;
  let memory: AnyMemory;
  let element: MemoryElement;
  let raised: readonly string[];
  let stop: () => void;

  beforeEach(async () => {
    browser = testBrowser();
    const first = await loaded(browser);
    await first.memory.remember('preferences.size', 'M');
    await first.memory.consent.grant();
    for (let n = 1; n <= 6; n += 1) {
      const chat = await first.memory.conversations.start({ channel: 'chat', topic: `Topic ${n}` });
      await chat.end();
    }
    await first.memory.close();
    ({ memory } = await loaded(browser));
    element = await show('memory-center', { memory: memory as never, open: true });
    ({ raised, stop } = catchRaised());
  });
  afterEach(async () => {
    stop();
    clear();
    await memory.close();
    await browser.clear();
  });

  const said = async () => {
    await appears(element, '[part="status"]:not(:empty)');
    await memory.ready;
    await settled(element);
    return text(part(element, 'status'));
  };
  const change = async () => {
    part(element, 'correct')?.click();
    await appears(element, '[part="field"]');
    (part(element, 'field') as HTMLInputElement).value = 'L';
  };
  /** As a browser does when the person tells it to, while a page is open. */
  const clearSiteData = async () => {
    await browser.clear();
    expect(await databasesLeft(browser)).to.deep.equal([]);
    for (const name of browser.world.local.keys()) browser.world.local.remove(name);
  };

  it('by another tab: what is saved meanwhile is not said of whoever is here then', async () => {
    const other = await loaded(browser);
    await change();
    const left = other.memory.notMe();
    part(element, 'save')?.click();
    await left;
    expect(await said()).to.equal(AWAY);
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    await memory.remember('preferences.size', 'S');
    await settled(element);
    expect(part(element, 'field'), 'their own, which nobody has begun to change').to.equal(null);
    expect(raised).to.deep.equal([]);
    // The one that writes for the next start waits for the other.
    await Promise.all([other.memory.close(), memory.close()]);
  });

  for (const [act, begin] of [
    ['save', change],
    ['copy', undefined],
    ['forget-all', undefined],
    ['withdraw', undefined],
    ['more', undefined],
  ] as const) {
    it(`by the browser, whose site data were cleared: ${act}`, async () => {
      await begin?.();
      await clearSiteData();
      await press(element, act);
      expect(await said()).to.equal(AWAY);
      expect(text(part(element, 'empty'))).to.equal('Nothing.');
      expect(part(element, 'question')).to.equal(null);
      expect(focused(element)).to.equal(part(element, 'status'));
      expect(raised).to.deep.equal([]);
    });
  }

  it('by the browser: what is forgotten then is gone', async () => {
    await clearSiteData();
    await press(element, 'forget');
    expect(await said()).to.match(/^Gone from this device, /);
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    expect(raised).to.deep.equal([]);
  });
});
