import { expect } from '@open-wc/testing';
import { browserPlatform } from '../../src/platform/browser.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { fakeMemory, head, type FakeState } from '../helpers/fake-memory.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { databasesLeft, loaded, testBrowser, until } from '../memory/support.js';
import {
  appears,
  clear,
  expectAccessible,
  focused,
  heard,
  part,
  press,
  settled,
  show,
  text,
} from './show.js';

const useful: FakeState = { consent: { useful: true }, facts: { 'preferences.size': { value: 'M' } } };

describe('memory-consent', () => {
  afterEach(clear);

  it('is nothing until something worth keeping was said', async () => {
    const memory = fakeMemory();
    const consent = await show('memory-consent', { memory });
    expect(consent.getBoundingClientRect().height).to.equal(0);
    await memory.tell(useful);
    await settled(consent);
    expect(text(part(consent, 'label'))).to.equal('Remember me on this device');
  });

  it('asks at once where the site wants it', async () => {
    const consent = await show('memory-consent', { memory: fakeMemory(), when: 'now' });
    expect(part(consent, 'box')).to.exist;
  });

  it('is unticked', async () => {
    const consent = await show('memory-consent', { memory: fakeMemory(useful) });
    expect((part(consent, 'box') as HTMLInputElement).checked).to.equal(false);
  });

  it('grants when ticked, and says what follows', async () => {
    const memory = fakeMemory(useful);
    const consent = await show('memory-consent', { memory });
    const grants: unknown[] = [];
    consent.addEventListener('memory-consent-grant', (event) => grants.push(event.detail.grant));
    part(consent, 'box')?.focus();
    await press(consent, 'box');
    expect(memory.asked).to.deep.equal([['grant', { device: true }]]);
    expect(grants).to.deep.equal([{ device: true }]);
    expect((part(consent, 'box') as HTMLInputElement).checked).to.equal(true);
    expect(text(part(consent, 'hint'))).to.equal('Remembered from now on. Untick it and we forget.');
    expect(focused(consent)).to.equal(part(consent, 'box'));
    expect(part(consent, 'refuse')).to.equal(null);
  });

  it('forgets when unticked again', async () => {
    const memory = fakeMemory(useful);
    const consent = await show('memory-consent', { memory });
    await press(consent, 'box');
    await press(consent, 'box');
    expect(memory.asked.map(([verb]) => verb)).to.deep.equal(['grant', 'withdraw']);
    expect(text(part(consent, 'hint'))).to.match(/^All right\./);
  });

  it('refuses, says what follows, and puts the focus there', async () => {
    const memory = fakeMemory(useful);
    const consent = await show('memory-consent', { memory });
    const names = heard(document, 'memory-consent-refuse');
    await press(consent, 'refuse');
    expect(names).to.deep.equal(['memory-consent-refuse']);
    expect(memory.asked).to.deep.equal([['refuse']]);
    expect(text(consent.renderRoot)).to.equal(
      'All right. This visit is forgotten when you close the tab. We won’t ask again for six months.',
    );
    expect(focused(consent)).to.equal(part(consent, 'hint'));
  });

  it('changes nothing when the page cancels', async () => {
    const memory = fakeMemory(useful);
    const consent = await show('memory-consent', { memory });
    consent.addEventListener('memory-consent-grant', (event) => event.preventDefault());
    consent.addEventListener('memory-consent-refuse', (event) => event.preventDefault());
    await press(consent, 'box');
    await press(consent, 'refuse');
    expect(memory.asked).to.deep.equal([]);
    expect((part(consent, 'box') as HTMLInputElement).checked).to.equal(false);
  });

  it('says so, with the box unticked, when keeping fails', async () => {
    const memory = fakeMemory({ ...useful, failing: ['grant'] });
    const consent = await show('memory-consent', { memory });
    const before = window.onerror;
    window.onerror = () => true;
    await press(consent, 'box');
    window.onerror = before;
    expect((part(consent, 'box') as HTMLInputElement).checked).to.equal(false);
    expect(text(part(consent, 'hint'))).to.equal('That did not work. Nothing was changed.');
  });

  for (const state of ['granted', 'refused'] as const) {
    it(`is nothing on a visit after it was ${state}`, async () => {
      const memory = fakeMemory({ ...useful, consent: { state, useful: true } });
      expect(text((await show('memory-consent', { memory, when: 'now' })).renderRoot)).to.equal('');
    });
  }

  it('is nothing where the site asks, and while the consent manager has not spoken', async () => {
    for (const consent of [{ by: 'host' }, { state: 'unknown' }] as const) {
      const memory = fakeMemory({ ...useful, consent: { useful: true, ...consent } });
      expect(text((await show('memory-consent', { memory, when: 'now' })).renderRoot)).to.equal('');
    }
  });

  it('says what is so where the browser keeps nothing, once there is something to say it about', async () => {
    const status = { storage: { session: 'ok', device: 'blocked' } } as const;
    const memory = fakeMemory({ status });
    const consent = await show('memory-consent', { memory });
    expect(text(consent.renderRoot)).to.equal('');
    await memory.tell({ heads: [head()] });
    await settled(consent);
    expect(text(consent.renderRoot)).to.match(/^Your browser lets us keep nothing at the moment\./);
    expect(part(consent, 'box')).to.equal(null);
  });

  it('says that it is not done yet, and when it is, where the device cannot forget what it was told to keep', async () => {
    const browser = testBrowser();
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    await memory.remember('preferences.size', 'M');
    const consent = await show('memory-consent', { memory: memory as never });
    part(consent, 'box')?.click();
    await until(memory, () => memory.consent.state === 'granted');
    await settled(consent);
    const { onerror } = window;
    window.onerror = () => true;
    const broken = new DOMException('no disk', 'NotReadableError');
    faulty.fail({ at: 'transaction', error: broken }, Infinity);
    part(consent, 'box')?.click();
    await appears(consent, '[part="hint"][tabindex]');
    await memory.count();
    await settled(consent);
    window.onerror = onerror;
    expect(text(consent.renderRoot)).to.equal('That could not be done yet. It is done on your next visit.');
    expect(focused(consent)).to.equal(part(consent, 'hint'));
    await expectAccessible(consent);
    faulty.fail({ at: 'transaction', error: broken }, 0);
    await memory.close();
    const next = await loaded(browser);
    expect(next.memory.facts()).to.deep.equal([]);
    expect(await databasesLeft(browser)).to.deep.equal([]);
    await next.memory.close();
  });

  it('names the purposes it asks for, and asks for those only', async () => {
    const memory = fakeMemory({ ...useful, titles: { support: 'helping you', news: 'the newsletter' } });
    const consent = await show('memory-consent', { memory, purposes: 'support news' });
    expect(text(part(consent, 'purposes'))).to.equal('For this only: helping you and the newsletter.');
    await press(consent, 'box');
    expect(memory.asked).to.deep.equal([['grant', { device: true, purposes: ['support', 'news'] }]]);
  });

  it('asks nothing for a purpose that was not declared, and says so', async () => {
    const reported: string[] = [];
    const onerror = window.onerror;
    window.onerror = (_message, _source, _line, _column, error) =>
      Boolean(reported.push(error?.message ?? ''));
    try {
      const consent = await show('memory-consent', { memory: fakeMemory(useful), purposes: 'nope' });
      expect(text(consent.renderRoot)).to.equal('');
      expect(reported.length).to.be.greaterThan(0);
      expect(new Set(reported)).to.deep.equal(new Set(['"nope" is not declared']));
    } finally {
      window.onerror = onerror;
    }
  });

  it('takes the site’s own words for the hint', async () => {
    const consent = await show(
      'memory-consent',
      { memory: fakeMemory(useful) },
      { slot: '<span slot="hint">Ours.</span>' },
    );
    const slot = consent.renderRoot.querySelector<HTMLSlotElement>('slot[name=hint]');
    expect(slot?.assignedNodes().map(text)).to.deep.equal(['Ours.']);
  });

  it('gives no answer more weight than the other', async () => {
    const consent = await show('memory-consent', { memory: fakeMemory(useful) });
    const [yes, no] = ['text', 'refuse'].map((name) => getComputedStyle(part(consent, name) as HTMLElement));
    expect(yes?.fontSize).to.equal(no?.fontSize);
    expect(yes?.fontWeight).to.equal(no?.fontWeight);
    expect(yes?.color).to.equal(no?.color);
  });

  for (const dark of [false, true]) {
    for (const lang of ['en', 'de', 'ar']) {
      it(`is accessible: ${lang}, ${dark ? 'dark' : 'light'}`, async () => {
        const consent = await show(
          'memory-consent',
          { memory: fakeMemory({ ...useful, titles: { support: 'helping you' } }), purposes: 'support' },
          { lang, dark },
        );
        await expectAccessible(consent);
        await press(consent, 'box');
        await expectAccessible(consent);
        await press(consent, 'box');
        await expectAccessible(consent);
        const status = { storage: { session: 'ok', device: 'blocked' } } as const;
        await expectAccessible(
          await show('memory-consent', { memory: fakeMemory({ status }), when: 'now' }, { lang, dark }),
        );
      });
    }
  }
});
