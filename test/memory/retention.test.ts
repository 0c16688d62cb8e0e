import { expect } from '@open-wc/testing';
import { z } from 'zod/mini';
import type { FakePlatform } from '../../src/platform/fake.js';
import { answer, openRaw } from '../store/support.js';
import {
  databasesLeft,
  everything,
  load,
  newTab,
  testBrowser,
  until,
  type Page,
  type Tab,
  type TestBrowser,
} from './support.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const purposes = {
  preferences: { title: 'What you like', keep: 'P30D' },
  conversations: { title: 'What was said', keep: 'P30D' },
};

describe('what is kept for thirty days', () => {
  let browser: TestBrowser;
  let begun: number;
  beforeEach(() => {
    browser = testBrowser();
    // With a day, so that nothing here depends on the hour: days are noted in UTC.
    begun = Math.floor(browser.page().clock.now() / DAY) * DAY;
  });
  afterEach(() => browser.clear());

  async function on(day: number, tab: Tab = newTab(), site: object = { purposes }): Promise<Page> {
    const at = (platform: FakePlatform) => {
      platform.setTime(begun + day * DAY);
      return platform;
    };
    const page = load(browser, { ...site, tab, on: at });
    await page.memory.ready;
    return page;
  }

  /** A visit on that day, left when the day is noted; nothing waits for that but what is asked for. */
  async function visit(day: number, isDone = noted, site?: object): Promise<void> {
    const { memory } = await on(day, newTab(), site);
    while (!(await isDone(day))) continue;
    await memory.close();
  }
  const noted = async (day: number) => (await everything(browser)).includes(`${begun + day * DAY}]`);

  async function remembered(): Promise<void> {
    const { memory } = await on(0);
    await memory.remember('identity.name', { given: 'Ana' });
    await memory.remember('preferences.size', 'canary-fact');
    await memory.remember('preferences.colour', 'canary-spoilt');
    const messages = [{ text: 'canary-message' }];
    await memory.conversations.start({ channel: 'chat', topic: 'canary-topic', messages });
    await memory.consent.grant();
    await memory.close();
    await spoil('preferences.colour');
  }

  /** Nobody can read it from now on. */
  async function spoil(key: string): Promise<void> {
    const subject = (await browser.databases()).find((name) => name !== '');
    const database = await openRaw(`customer-memory:${browser.site}${subject}`);
    const rows = database.transaction('rows', 'readwrite').objectStore('rows');
    const keys = await answer(rows.getAllKeys());
    for (const place of keys) {
      const row = await answer<{ entry: { key?: string } }>(rows.get(place));
      if (row.entry.key === key) await answer(rows.put({ entry: { ...row.entry, at: 0 } }, place));
    }
    database.close();
  }

  const left = async (...tabs: Tab[]) =>
    [...new Set((await everything(browser, ...tabs)).match(/canary-\w+/g) ?? [])].sort();
  const ALL = ['canary-fact', 'canary-message', 'canary-spoilt', 'canary-topic'];
  const gone = async () => !(await left()).length;

  it('is gone from every store of the browser when they are over, though nobody was here in between', async () => {
    await remembered();
    await visit(1);
    expect(await left()).to.deep.equal(ALL);
    await visit(31);
    const name = Object.entries(browser.local()).find(([key]) => key === 'boot')?.[1];
    expect(name).to.contain('Ana').and.not.to.contain('canary');
    await visit(32, gone);
    const { memory } = await on(33);
    expect(memory.facts().map(({ value }) => value)).to.deep.equal([{ given: 'Ana' }]);
    expect(memory.status.unreadable).to.equal(0);
    expect(JSON.stringify(await memory.export())).not.to.contain('canary');
    await memory.close();
  });

  it('is there as long as a clock that was wrong for a day is the only one to say so, and gone when it is time', async () => {
    await remembered();
    await visit(300);
    await visit(2);
    await visit(3);
    expect(await left()).to.deep.equal(ALL);
    const { memory } = await on(4);
    expect(memory.value('preferences.size')).to.equal('canary-fact');
    await memory.close();
    await visit(31);
    await visit(5);
    expect((await left()).length).to.equal(4);
    await visit(32);
    await visit(33, gone);
  });

  it('is gone from the device itself in the same way: what it is told beside its people', async () => {
    const site = { purposes, devicePreferences: { theme: z.string() } };
    const { memory } = await on(0, newTab(), site);
    await memory.remember('preferences.theme', 'canary-theme');
    await memory.consent.grant();
    await memory.close();
    for (const day of [300, 2, 31]) await visit(day, noted, site);
    expect(await left()).to.deep.equal(['canary-theme']);
    expect(JSON.stringify(browser.local())).not.to.contain('canary');
    await visit(32, gone, site);
  });

  for (const [keep, hours] of [
    ['PT4H', [3, 5]],
    ['P1D', [22, 25]],
  ] as const)
    it(`is shown two or three hours after somebody was here, and gone two days later, where the site keeps for ${keep}`, async () => {
      const site = { keep };
      const first = await on(0, newTab(), site);
      await first.memory.consent.grant();
      await first.memory.close();
      const [before, after] = hours;
      const second = await on(before / 24, newTab(), site);
      await second.memory.remember('preferences.size', 'canary-fact');
      await second.memory.close();
      const third = await on(after / 24, newTab(), site);
      expect(third.memory.value('preferences.size')).to.equal('canary-fact');
      await third.memory.close();
      for (const day of [4, 5]) await (await on(day, newTab(), site)).memory.close();
      expect(await left()).to.deep.equal([]);
    });

  it('is there while somebody speaks every day on a page that stays open, though other pages keep for a week', async () => {
    const site = { keep: 'P7D' };
    const open = await on(0, newTab(), site);
    await open.memory.consent.grant();
    const pages = [open];
    for (let day = 1; day <= 10; day += 1) {
      open.platform.setTime(begun + day * DAY);
      await open.memory.remember('preferences.size', `canary-${day}`);
      while (!(await noted(day))) continue;
      if (day >= 9) pages.push(await on(day, newTab(), site));
    }
    expect(pages.at(-1)?.memory.value('preferences.size')).to.equal('canary-10');
    await Promise.all(pages.map(({ memory }) => memory.close()));
  });

  for (const [who, says, shown] of [
    ['somebody named', 'ana', ['preferences.colour', 'preferences.size']],
    // Of whom nobody knows whether they are the same.
    ['an anonymous person', undefined, ['preferences.colour']],
  ] as const)
    for (const [why, day, site, now] of [
      ['keeps for thirty days', 32, { keep: 'P30D' }, 32],
      ['has a clock that is years ahead', 1000, {}, 1],
    ] as const)
      it(`is shown, and forgotten, wholly where ${who} was missing on another page and granted there: one that ${why}`, async () => {
        const first = await on(0, newTab(), { says });
        await first.memory.remember('preferences.size', 'M');
        await first.memory.consent.grant();
        await first.memory.close();
        const other = await on(day, newTab(), { ...site, says });
        expect(other.memory.facts()).to.deep.equal([]);
        await other.memory.remember('preferences.colour', 'red');
        await other.memory.consent.grant();
        await other.memory.close();
        const page = await on(now, newTab(), { says });
        const keys = ({ memory }: Page) => memory.facts().map(({ key }) => key);
        expect(keys(page)).to.deep.equal(shown);
        await page.memory.forget('everything');
        await page.memory.close();
        const later = await on(now + 1, newTab(), { says });
        expect(keys(later)).to.deep.equal([]);
        await later.memory.close();
        expect(await databasesLeft(browser)).to.deep.equal([]);
      });

  for (const [when, days] of [
    ['before', [1, 2]],
    ['after', []],
  ] as const)
    it(`goes with who was put aside though the clock was decades ahead at the grant: set right ${when} they were`, async () => {
      const first = await on(26_000);
      await first.memory.remember('preferences.size', 'canary-fact');
      await first.memory.consent.grant();
      await first.memory.close();
      for (const day of days) await (await on(day)).memory.close();
      for (const day of [3, 4, 5, 36, 37])
        await (await on(day, newTab(), { purposes, says: 'ben' })).memory.close();
      expect(await left()).to.deep.equal([]);
    });

  it('is brought down on another day to what the site has room for, the oldest conversations that have ended first', async () => {
    const site = { purposes, budget: 1000 };
    const { memory } = await on(0, newTab(), site);
    await memory.consent.grant();
    for (const topic of ['canary-first', 'canary-open', 'canary-second', 'canary-last']) {
      const conversation = await memory.conversations.start({ channel: 'chat', topic });
      await conversation.say({ text: 'x'.repeat(400) });
      if (topic !== 'canary-open') await conversation.end({ outcome: 'answered' });
    }
    await memory.close();
    const day = await on(1, newTab(), site);
    const topics = () => day.memory.conversations.recent.map(({ topic }) => topic);
    await until(day.memory, () => day.memory.status.evicted === 2);
    expect(topics()).to.have.members(['canary-last', 'canary-open']);
    await day.memory.close();
    const [name] = Object.entries(browser.local()).filter(([key]) => key === 'boot');
    expect(name?.[1]).to.contain('canary-last').and.not.to.contain('canary-first');
    const next = await on(2, newTab(), site);
    expect(next.memory.status.evicted).to.equal(2);
    await next.memory.close();
    expect(await left()).to.deep.equal(['canary-last', 'canary-open']);
  });

  for (const granted of [false, true])
    it(`is not counted when they are over${granted ? '' : ', in the visit'}`, async () => {
      const { memory, platform } = await on(0);
      await memory.remember('preferences.size', 'M');
      if (granted) await memory.consent.grant();
      await memory.conversations.start({ channel: 'chat', messages: [{ text: 'It leaks' }] });
      expect(await memory.count()).to.deep.equal({ facts: 1, conversations: 1, messages: 1 });
      platform.advance(31 * DAY);
      expect(await memory.conversations.latest()).to.deep.equal([]);
      expect(await memory.count()).to.deep.equal({ facts: 0, conversations: 0, messages: 0 });
      await memory.close();
    });

  it('is gone from a tab that was never granted anything, four hours after it was left', async () => {
    const tab = newTab();
    const { memory } = await on(0, tab);
    await memory.remember('preferences.size', 'canary-fact');
    await memory.close();
    expect(await left(tab)).to.deep.equal(['canary-fact']);
    const next = await on(5 / 24, tab);
    expect(next.memory.facts()).to.deep.equal([]);
    expect(await left(tab)).to.deep.equal([]);
    await next.memory.close();
  });

  it('is gone from a tab that is never left, with the next word that is said in it', async () => {
    const tab = newTab();
    const { memory, platform } = await on(0, tab);
    await memory.remember('preferences.size', 'canary-fact');
    const ended = until(memory, () => memory.value('preferences.colour') === 'red');
    platform.setTime(begun + 31 * DAY);
    await memory.remember('preferences.colour', 'red');
    await ended;
    expect(memory.value('preferences.size')).to.equal(undefined);
    expect(await left(tab)).to.deep.equal([]);
    platform.setTime(begun + 31 * DAY + HOUR);
    await memory.close();
  });
});
