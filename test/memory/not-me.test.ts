import { expect } from '@open-wc/testing';
import { everything, load, loaded, registryOf, rememberedPerson, shownBy, testBrowser } from './support.js';

const SHOE = 'preferences.shoe';

describe('“not you?”', () => {
  it('shows nobody at once, begins with a new person, and lets the old one not come back by itself', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary', 'identity.name': { given: 'canary' } });
    const page = await loaded(browser);
    const { memory } = page;
    expect(memory.visitor.assurance).to.equal('claimed');
    const done = memory.notMe();
    expect(memory.recall(SHOE), 'at once').to.equal(undefined);
    expect(memory.conversations.recent).to.deep.equal([]);
    await done;
    expect(memory.visitor.assurance).to.equal('anonymous');
    expect(await shownBy(page)).not.to.contain('canary');
    expect((await registryOf(browser))!.subjects.map(({ state }) => state)).to.deep.equal(['aside']);
    expect(browser.local()).not.to.have.property('boot');
    await memory.remember(SHOE, 'mine');
    expect(memory.status.kept).to.equal('visit');
    expect(memory.consent.useful).to.equal(true);
    await memory.consent.grant();
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.value(SHOE)).to.equal('mine');
    expect(await shownBy(next)).not.to.contain('canary');
    await next.memory.close();
    await browser.clear();
  });

  it('puts a verified person aside until they are named again', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' }, { says: 'x' });
    const page = await loaded(browser, { says: 'x' });
    await page.memory.notMe();
    expect(await shownBy(page)).not.to.contain('canary');
    expect(page.memory.visitor).to.deep.equal({ assurance: 'anonymous' });
    await page.memory.remember(SHOE, 'of somebody else');
    await page.memory.close();
    const next = load(browser, { says: 'x' });
    expect(next.memory.recall(SHOE)).to.equal(undefined);
    await next.memory.ready;
    expect(next.memory.value(SHOE)).to.equal('canary');
    await next.memory.close();
    await browser.clear();
  });

  it('stands when it is said once more, on a page that goes on naming them', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' }, { says: 'x' });
    const page = await loaded(browser, { says: 'x' });
    await page.memory.notMe();
    await page.memory.notMe();
    // They are back in another tab, which tells this one.
    const other = await loaded(browser, { says: 'x' });
    await other.memory.remember(SHOE, 'canary again');
    await page.memory.ready;
    expect(await shownBy(page)).not.to.contain('canary');
    expect(page.memory.visitor).to.deep.equal({ assurance: 'anonymous' });
    await Promise.all([page.memory.close(), other.memory.close()]);
    await browser.clear();
  });

  it('drops what was said in the visit, and stores nothing of what was on its way', async () => {
    for (const granted of [false, true]) {
      const browser = testBrowser();
      const page = await loaded(browser);
      const { memory, tab } = page;
      await memory.remember('preferences.bell', 'brass');
      if (granted) await memory.consent.grant();
      const saying = memory.remember(SHOE, 'canary').catch((error: { code: string }) => error.code);
      await memory.notMe();
      await saying;
      expect(await shownBy(page)).not.to.contain('canary');
      await memory.close();
      const next = await loaded(browser, { tab });
      expect(await shownBy(next)).not.to.match(/canary|brass/);
      await next.memory.close();
      if (!granted) expect(await everything(browser, tab)).not.to.match(/canary|brass/);
      await browser.clear();
    }
  });

  it('can be said twice, and before the database has answered', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary' });
    const page = load(browser);
    await Promise.all([page.memory.notMe(), page.memory.notMe(), page.memory.forget('everything')]);
    expect(await shownBy(page)).not.to.contain('canary');
    await page.memory.close();
    const next = await loaded(browser);
    expect(await shownBy(next)).not.to.contain('canary');
    await next.memory.close();
    await browser.clear();
  });
});
