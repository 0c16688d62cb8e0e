import { expect } from '@open-wc/testing';
import type { Conversation } from '../../src/index.js';
import {
  loaded,
  occupied,
  rememberedPerson,
  sessionOf,
  testBrowser,
  type Page,
  type TestBrowser,
} from './support.js';

const SHOE = 'preferences.shoe';

describe('what is on its way to the device', () => {
  let browser: TestBrowser;
  let page: Page;
  let conversation: Conversation;
  let release: () => void;
  const visit = () => JSON.stringify(sessionOf(browser, page.tab));

  beforeEach(async () => {
    browser = testBrowser();
    await rememberedPerson(browser, { 'preferences.bell': 'brass' });
    page = await loaded(browser);
    // What is fetched when something is first said is here from now on.
    await page.memory.remember('preferences.first', 'word');
    conversation = await page.memory.conversations.start({ channel: 'chat' });
    release = await occupied(browser);
  });

  afterEach(async () => {
    release();
    await page.memory.close();
    await browser.clear();
  });

  it('has no copy in the visit where it arrives at once', async () => {
    const said = page.memory.remember(SHOE, 'canary');
    release();
    await said;
    expect(visit()).not.to.contain('canary');
    page.platform.advance(1000);
    page.platform.setVisibility('hidden');
    expect(visit()).not.to.contain('canary');
  });

  for (const [when, happen] of [
    ['the page is hidden or left', () => page.platform.setVisibility('hidden')],
    ['the device takes its time', () => page.platform.advance(250)],
  ] as const) {
    it(`is in the visit when ${when}, and is not there any more once it has arrived`, async () => {
      const said = [page.memory.remember(SHOE, 'canary'), conversation.say({ text: 'parrot' })];
      await Promise.resolve();
      expect(visit()).not.to.contain('canary');
      happen();
      await Promise.resolve();
      expect(visit()).to.contain('canary').and.to.contain('parrot');
      release();
      await Promise.all(said);
      await Promise.resolve();
      expect(visit()).not.to.contain('canary').and.not.to.contain('parrot');
      await page.memory.close();
      const next = await loaded(browser);
      expect(next.memory.value(SHOE)).to.equal('canary');
      await next.memory.close();
    });
  }

  it('is in the visit at once from the moment the page was hidden, until it is shown again', async () => {
    page.platform.setVisibility('hidden');
    const said = page.memory.remember(SHOE, 'canary');
    await Promise.resolve();
    expect(visit()).to.contain('canary');
    page.platform.setVisibility('shown');
    const more = page.memory.remember(SHOE, 'parrot');
    await Promise.resolve();
    expect(visit()).not.to.contain('parrot');
    release();
    await Promise.all([said, more]);
  });
});
