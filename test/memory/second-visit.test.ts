import { expect } from '@open-wc/testing';
import { createMemory } from '../../src/index.js';
import { newTab, testBrowser } from '../helpers/site.js';

describe('the second visit', () => {
  it('recalls what was stated, before the database has answered', async () => {
    const browser = testBrowser();
    const first = createMemory({ site: browser.site, platform: browser.page() });
    await first.remember('identity.name', { given: 'Ana' });
    await first.remember('preferences.size', 'M', { why: 'tried both' });
    const chat = await first.conversations.start({
      channel: 'chat',
      topic: 'Boiler',
      with: { name: 'Mike', kind: 'person' },
    });
    await chat.say({ by: 'visitor', text: 'It leaks again' });
    await chat.end({ outcome: 'solved', summary: 'new washer' });
    await first.consent.grant();
    await first.close();

    const platform = browser.page(newTab());
    const second = createMemory({ site: browser.site, platform });
    expect(second.status.state).to.equal('provisional');
    await second.ready;
    expect(second.status.kept).to.equal('device');
    expect(second.value('identity.name')).to.deep.equal({ given: 'Ana' });
    expect(second.recall('preferences.size')).to.include({
      value: 'M',
      why: 'tried both',
      authority: 'stated',
    });
    expect(second.conversations.recent[0]).to.include({ topic: 'Boiler', state: 'ended', outcome: 'solved' });
    const [again] = await second.conversations.latest();
    expect((await again!.messages()).map(({ text }) => text)).to.deep.equal(['It leaks again']);
    await second.close();
    expect(Object.keys(browser.local()).sort()).to.deep.equal(['boot', 'gen', 'visited']);

    const third = createMemory({ site: browser.site, platform: browser.page(newTab()) });
    expect(third.status.state).to.equal('provisional');
    expect(third.value('identity.name')).to.deep.equal({ given: 'Ana' });
    expect(third.conversations.recent[0]).to.include({ topic: 'Boiler' });
    const shown = third.recall('identity.name');
    await third.ready;
    expect(third.recall('identity.name')).to.equal(shown);
    expect(third.status.corrected).to.equal(false);
    await third.close();
    await browser.clear();
  });
});
