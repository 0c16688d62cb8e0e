/** What is read, and done, where the disk is full or cannot be read: a real memory on a database that fails when told. */
import { expect } from '@open-wc/testing';
import type { Memory } from '../../src/memory/types.js';
import { browserPlatform } from '../../src/platform/browser.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb, type FaultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { loaded, newTab, testBrowser, type TestBrowser } from '../memory/support.js';
import { catchRaised } from './raised.js';
import {
  appears,
  clear,
  expectAccessible,
  focused,
  part,
  parts,
  press,
  settled,
  show,
  text,
} from './show.js';

const FULL = new DOMException('full', 'QuotaExceededError');
const NOT_KEPT = 'Not kept on this device: it has no room left, or cannot write.';
const HIDDEN =
  'Out of sight here, but not yet gone from this device: it has no room left, or cannot write. Please free some space.';

describe('on a full disk', () => {
  let browser: TestBrowser;
  let faulty: FaultyIndexedDb;
  let memory: Memory;
  let raised: readonly string[];
  let stop: () => void;

  beforeEach(async () => {
    browser = testBrowser();
    const first = await loaded(browser);
    await first.memory.remember('identity.name', { given: 'Ana' });
    await first.memory.remember('preferences.size', 'M');
    await first.memory.consent.grant();
    for (let n = 1; n <= 6; n += 1) {
      const chat = await first.memory.conversations.start({ channel: 'chat', topic: `Topic ${n}` });
      await chat.say({ text: 'Hello' });
      await chat.end();
    }
    await first.memory.close();
    faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    ({ memory } = (await loaded(browser, {
      on: (platform) => ({ ...platform, indexedDB: faulty }),
    })) as unknown as { memory: Memory });
    ({ raised, stop } = catchRaised());
  });
  afterEach(async () => {
    stop();
    clear();
    await memory.close();
    await browser.clear();
  });

  const fill = () => faulty.fail({ at: 'commit', error: FULL }, Infinity);
  const unreadable = () => faulty.fail({ at: 'value', is: () => true, error: FULL }, Infinity);
  const center = () => show('memory-center', { memory, open: true });
  const values = (element: Awaited<ReturnType<typeof center>>) => parts(element, 'value').map(text);
  const said = async (element: Awaited<ReturnType<typeof center>>) => {
    await appears(element, '[part="status"]:not(:empty)');
    await settled(element);
    return text(part(element, 'status'));
  };
  const left = async () => {
    await memory.close();
    const next = await loaded(browser, { tab: newTab() });
    const facts = next.memory.facts().map(({ value }) => value);
    await next.memory.close();
    return facts;
  };

  it('what is forgotten is out of sight, and nobody is told that it is gone', async () => {
    const element = await center();
    fill();
    await press(element, 'forget', 1);
    expect(await said(element)).to.equal(HIDDEN);
    expect(values(element)).to.deep.equal(['Ana']);
    expect(text(part(element, 'kept'))).not.to.contain('new to us');
    await expectAccessible(element);
    expect(await left(), 'there is room again').to.deep.equal([{ given: 'Ana' }]);
    expect(raised).to.deep.equal([]);
  });

  for (const end of ['forget-all', 'withdraw'] as const) {
    it(`everything can be forgotten all the same: ${end}`, async () => {
      const element = await center();
      fill();
      await press(element, 'forget');
      await said(element);
      await press(element, end);
      await appears(element, '[part~="sure"]');
      expect(text(part(element, 'question'))).to.contain('1 thing and 6 conversations');
      await press(element, 'sure');
      await appears(element, '[part="empty"]');
      expect(await said(element)).to.match(/^Gone from this device, /);
      expect(await left()).to.deep.equal([]);
      expect(raised).to.deep.equal([]);
    });
  }

  it('that lets nothing be opened, nobody is told that everything is gone', async () => {
    const element = await center();
    faulty.fail({ at: 'open', error: FULL }, Infinity);
    await press(element, 'forget-all');
    await appears(element, '[part~="sure"]');
    await press(element, 'sure');
    expect(await said(element)).to.equal(HIDDEN);
    expect(focused(element)).to.equal(part(element, 'status'));
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    expect(raised).to.deep.equal([]);
  });

  it('a new value stands there, and is said not to be kept, instead of that it does not fit', async () => {
    const element = await center();
    fill();
    parts(element, 'correct')[1]?.click();
    await appears(element, '[part="field"]');
    (part(element, 'field') as HTMLInputElement).value = 'L';
    await press(element, 'save');
    expect(await said(element)).to.equal(NOT_KEPT);
    expect(values(element)).to.deep.equal(['Ana', 'L']);
    expect(part(element, 'unfit')).to.equal(null);
    expect(raised).to.deep.equal([]);
  });

  it('that cannot be counted it forgets everything, in no numbers', async () => {
    const element = await center();
    faulty.fail({ at: 'value', is: (value) => 'messages' in Object(value), error: FULL }, Infinity);
    await press(element, 'forget-all');
    await appears(element, '[part~="sure"]');
    expect(text(part(element, 'question'))).to.equal('Forget everything about you? This cannot be undone.');
    await press(element, 'sure');
    expect(await said(element)).to.match(/^Gone from this device, /);
    expect(await left()).to.deep.equal([]);
  });

  it('that cannot be read a copy is said not to have been made', async () => {
    const element = await center();
    unreadable();
    await press(element, 'copy');
    expect(await said(element)).to.equal('That did not work. Try again.');
    expect(raised.join()).to.match(/^(Uncaught )?MemoryError: export: the browser has no room left/);
  });

  it('that cannot be opened, nobody whom it may still know is told that they will be new, nor that nothing is kept of them', async () => {
    await memory.close();
    faulty.fail({ at: 'open', error: FULL }, Infinity);
    ({ memory } = (await loaded(browser, {
      on: (platform) => ({ ...platform, indexedDB: faulty }),
    })) as unknown as { memory: Memory });
    await memory.remember('preferences.size', 'L').catch(() => undefined);
    const UNKEPT =
      'Your browser lets us keep nothing at the moment. Everything works; what you say now may be forgotten when you leave.';
    const element = await center();
    expect(text(part(element, 'kept'))).to.equal(`What this browser keeps of you ${UNKEPT}`);
    const consent = await show('memory-consent', { memory });
    expect(memory.consent.state).to.equal('undecided');
    expect(text(consent.renderRoot)).to.equal(UNKEPT);
    faulty.fail({ at: 'open' }, 0);
    expect(await left(), 'not new at all').to.deep.equal([{ given: 'Ana' }, 'M']);
  });

  it('earlier conversations are not numbered where they cannot be counted, and who asks for them is told', async () => {
    unreadable();
    const element = await show('memory-conversations', { memory });
    await appears(element, '[part="toggle"]');
    await settled(element);
    expect(text(part(element, 'toggle'))).to.equal('Earlier conversations');
    expect(text(part(element, 'status'))).to.equal('');
    expect(raised).to.deep.equal([]);
    await press(element, 'toggle');
    expect(await said(element as never)).to.equal('That could not be read. Try again.');
    faulty.fail({ at: 'put' }, 0);
    await press(element, 'toggle');
    await press(element, 'toggle');
    await appears(element, '[part="item"]');
    expect(parts(element, 'item')).to.have.length(6);
  });

  for (const [lang, words] of [
    ['de', /^Hier nicht mehr zu sehen, aber noch nicht von diesem Gerät gelöscht/],
    ['ar', /^لم يعد هذا ظاهرًا هنا، لكنه لم يُحذف بعد/],
  ] as const) {
    it(`it is said in the language of the page: ${lang}`, async () => {
      const element = await show('memory-center', { memory, open: true }, { lang });
      fill();
      await press(element, 'forget', 1);
      expect(await said(element)).to.match(words);
      await expectAccessible(element);
    });
  }
});
