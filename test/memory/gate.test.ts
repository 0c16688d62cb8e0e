import { expect } from '@open-wc/testing';
import type { IndexedDb } from '../../src/platform/platform.js';
import type { FakePlatform } from '../../src/platform/fake.js';
import {
  everything,
  load,
  loaded,
  newTab,
  registryOf,
  rememberedPerson,
  shownBy,
  testBrowser,
  type Load,
  type Page,
  type TestBrowser,
} from './support.js';

type Active = 'none' | 'anonymous' | 'claimed' | 'x' | 'y';
type Says = undefined | null | '' | 'x';

const saying = (says: Says): string =>
  says === undefined ? 'says nothing' : says === 'x' ? 'names X' : `says nobody (${JSON.stringify(says)})`;
const with_ = (says: Says): Load => (says === undefined ? {} : { says });
const SHOE = 'preferences.shoe';

/** A browser that remembers who is at home in it, with or without the boot record of the visit before. */
async function browserOf(active: Active, boot: boolean): Promise<TestBrowser> {
  const browser = testBrowser();
  if (active !== 'none') {
    const { memory } = await loaded(browser, active === 'x' || active === 'y' ? { says: active } : {});
    if (active !== 'anonymous') await memory.remember('identity.name', { given: `canary-${active}` });
    await memory.remember(SHOE, `canary-${active}`);
    const chat = await memory.conversations.start({ channel: 'chat', topic: `canary-${active}` });
    await chat.say({ text: `canary-${active}` });
    await memory.consent.grant();
    await memory.close();
    expect(browser.local()).to.have.property('boot');
  }
  if (!boot) browser.world.local.remove(`customer-memory:${browser.site}:boot`);
  return browser;
}

/** The names of the databases that a page opens, from the site's own on. */
function noting(names: string[]): (platform: FakePlatform) => FakePlatform {
  return (platform) => {
    const { factory, keyRange } = platform.indexedDB as IndexedDb;
    const noted = new Proxy(factory, {
      get(target, name) {
        if (name === 'open')
          return (...given: [string, number]) => (names.push(given[0]), target.open(...given));
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    return { ...platform, indexedDB: { factory: noted, keyRange } };
  };
}

interface Expected {
  readonly shown: boolean;
  readonly gate: string;
  readonly assurance: string;
  /** Whether a boot record and an active person of before are still what they were. */
  readonly kept: boolean;
  readonly aside?: boolean;
}

function expectedOf(active: Active, says: Says): Expected {
  const named = says === 'x';
  if (active === 'none')
    return { shown: false, gate: 'open', assurance: named ? 'verified' : 'anonymous', kept: true };
  if (active === 'anonymous' || active === 'claimed') {
    if (named) return { shown: false, gate: 'switched', assurance: 'verified', kept: false, aside: true };
    return {
      shown: true,
      gate: 'open',
      assurance: active === 'claimed' ? 'claimed' : 'anonymous',
      kept: true,
    };
  }
  if (says === undefined) return { shown: false, gate: 'closed', assurance: 'anonymous', kept: true };
  if (!named) return { shown: false, gate: 'signed-out', assurance: 'anonymous', kept: false };
  if (active === 'x') return { shown: true, gate: 'open', assurance: 'verified', kept: true };
  return { shown: false, gate: 'switched', assurance: 'verified', kept: false };
}

describe('the gate', () => {
  for (const active of ['none', 'anonymous', 'claimed', 'x', 'y'] as const) {
    for (const says of [undefined, null, '', 'x'] as const) {
      for (const boot of [true, false]) {
        if (active === 'none' && !boot) continue;
        const who = active === 'x' || active === 'y' ? `verified ${active.toUpperCase()}` : active;
        it(`${who}, and the page ${saying(says)}${boot ? '' : ', without a boot record'}`, () =>
          cell(active, says, boot));
      }
    }
  }

  async function cell(active: Active, says: Says, boot: boolean): Promise<void> {
    const browser = await browserOf(active, boot);
    const before = {
      registry: await registryOf(browser),
      databases: await browser.databases(),
      local: browser.local(),
    };
    const expected = expectedOf(active, says);
    const opened: string[] = [];

    const page = load(browser, { ...with_(says), on: noting(opened) });
    const { memory } = page;
    const canary = `canary-${active}`;
    // Before the database has answered: what is not to be shown is not, for no moment.
    expect(memory.value(SHOE)).to.equal(expected.shown && boot ? canary : undefined);
    expect(memory.conversations.recent).to.have.length(expected.shown && boot ? 1 : 0);
    await memory.ready;

    expect(memory.status.state).to.equal('ready');
    expect(memory.status.gate).to.equal(expected.gate);
    expect(memory.visitor.assurance).to.equal(expected.assurance);
    expect(memory.visitor.user).to.equal(expected.assurance === 'verified' ? 'x' : undefined);
    expect(memory.value(SHOE)).to.equal(expected.shown ? canary : undefined);
    expect(memory.recall('identity.name')?.value).to.deep.equal(
      expected.shown && active !== 'anonymous' ? { given: canary } : undefined,
    );
    expect(memory.conversations.recent.map(({ topic }) => topic)).to.deep.equal(
      expected.shown ? [canary] : [],
    );
    if (!expected.shown) expect(await shownBy(page)).not.to.contain('canary');
    expect(memory.status.corrected).to.equal(false);

    const after = await registryOf(browser);
    expect(await browser.databases()).to.have.members(before.databases);
    if (active !== 'none') {
      const [person] = after!.subjects;
      expect(after!.subjects).to.have.length(1);
      expect(after!.active).to.equal(expected.kept ? before.registry!.active : undefined);
      expect(person!.state).to.equal(expected.aside ? 'aside' : 'open');
      expect(after!.gen).to.equal(browser.local()['gen']);
      if (expected.kept) expect(browser.local()['gen']).to.equal(before.local['gen']);
      else expect(browser.local()['gen']).not.to.equal(before.local['gen']);
      expect('boot' in browser.local()).to.equal(expected.kept && boot);
      const theirs = `customer-memory:${browser.site}:${person!.local}`;
      expect(opened.includes(theirs), 'opens the database of who is not shown').to.equal(expected.shown);
    } else {
      expect(browser.local()).to.deep.equal({});
    }

    await memory.close();
    await browser.clear();
  }

  it('opens the memory of the person named, who was here before somebody else', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary-x' }, { says: 'x' });
    await rememberedPerson(browser, { [SHOE]: 'canary-y' }, { says: 'y' });
    for (const says of ['x', 'y', 'x'] as const) {
      const page = await loaded(browser, { says });
      expect(page.memory.value(SHOE)).to.equal(`canary-${says}`);
      expect(page.memory.status.gate).to.equal('switched');
      expect(await shownBy(page)).not.to.contain(`canary-${says === 'x' ? 'y' : 'x'}`);
      await page.memory.close();
    }
    const again = load(browser, { says: 'x' });
    expect(again.memory.value(SHOE), 'from the boot record').to.equal('canary-x');
    await again.memory.ready;
    expect(again.memory.status.gate).to.equal('open');
    await again.memory.close();
    await browser.clear();
  });

  it('brings a signed-out person back when they are named again, and nobody else', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'canary-x' }, { says: 'x' });
    const out = await loaded(browser, { says: null });
    await out.memory.close();
    const silent = await loaded(browser);
    expect(silent.memory.status.gate).to.equal('open');
    expect(await shownBy(silent)).not.to.contain('canary');
    await silent.memory.close();
    const back = await loaded(browser, { says: 'x' });
    expect(back.memory.value(SHOE)).to.equal('canary-x');
    await back.memory.close();
    await browser.clear();
  });

  it('wipes the memory of who signed out, where the site wants that', async () => {
    for (const boot of [true, false]) {
      const browser = await browserOf('x', boot);
      const { memory } = await loaded(browser, { says: null, signedOut: 'discard' });
      expect(memory.status.gate).to.equal('signed-out');
      expect(await everything(browser)).not.to.contain('canary');
      await memory.close();
      const back = await loaded(browser, { says: 'x' });
      expect(back.memory.value(SHOE)).to.equal(undefined);
      await back.memory.close();
      await browser.clear();
    }
  });

  it('keeps what is said at a closed page for the visit, and loses none of it', async () => {
    const browser = await browserOf('x', true);
    const tab = newTab();
    const before = (await registryOf(browser))!;
    const first = await loaded(browser, { tab });
    await first.memory.remember(SHOE, 'mine');
    const chat = await first.memory.conversations.start({ channel: 'chat' }).catch((error: unknown) => error);
    expect(chat, 'there is nobody to whom a conversation could belong').to.be.an('object');
    expect(first.memory.status).to.include({ gate: 'closed', kept: 'visit' });
    expect(first.memory.recall(SHOE)).to.equal(undefined);
    expect(await registryOf(browser)).to.deep.equal(before);
    await first.memory.close();

    const named = await loaded(browser, { tab, says: 'x' });
    expect(named.memory.value(SHOE), 'what this visit wrote moves by itself').to.equal('mine');
    await named.memory.close();
    const later = await loaded(browser, { says: 'x' });
    expect(later.memory.value(SHOE)).to.equal('mine');
    await later.memory.close();
    await browser.clear();
  });

  it('tells its listeners that a memory turned out to be closed', async () => {
    const browser = await browserOf('x', false);
    const { memory } = load(browser);
    const gates: string[] = [];
    memory.subscribe((): void => void gates.push(memory.status.gate));
    await memory.ready;
    await Promise.resolve();
    expect(gates[0]).to.equal('open');
    expect(gates.at(-1)).to.equal('closed');
    await memory.close();
    await browser.clear();
  });

  it('changes nothing of a person who is not shown, whatever a closed page asks for', async () => {
    for (const act of [
      (page: Page) => page.memory.forget('everything'),
      (page: Page) => page.memory.forget({ under: 'identity' }),
      (page: Page) => page.memory.forget({ key: SHOE }),
      (page: Page) => page.memory.notMe(),
      (page: Page) => page.memory.consent.grant(),
      (page: Page) => page.memory.consent.refuse(),
      (page: Page) => page.memory.wrong('01900000-0000-7000-8000-000000000001'),
    ]) {
      const browser = await browserOf('x', true);
      const page = await loaded(browser);
      await Promise.resolve(act(page)).catch(() => undefined);
      expect(await shownBy(page)).not.to.contain('canary');
      await page.memory.close();
      const named = await loaded(browser, { says: 'x' });
      expect(named.memory.value(SHOE), String(act)).to.equal('canary-x');
      await named.memory.close();
      await browser.clear();
    }
  });

  it('does not show again, nor open, what was put aside for another person', async () => {
    const browser = await browserOf('claimed', true);
    const named = await loaded(browser, { says: 'x' });
    await named.memory.close();
    const opened: string[] = [];
    const { active, subjects } = (await registryOf(browser))!;
    expect(active).to.equal(undefined);
    for (const says of [undefined, null, 'x', undefined] as const) {
      const page = await loaded(browser, { ...with_(says), on: noting(opened) });
      expect(await shownBy(page)).not.to.contain('canary');
      await page.memory.close();
    }
    expect(opened).not.to.include(`customer-memory:${browser.site}:${subjects[0]!.local}`);
    await browser.clear();
  });

  it('wipes after 30 days what was put aside, when a second day agrees', async () => {
    const browser = await browserOf('claimed', true);
    await (await loaded(browser, { says: 'x' })).memory.close();
    expect(await everything(browser)).to.contain('canary');
    for (const days of [31, 32]) {
      const page = await loaded(browser, {
        on: (platform) => {
          platform.setTime(platform.clock.now() + days * 86_400_000);
          return platform;
        },
      });
      await page.memory.close();
      expect((await everything(browser)).includes('canary')).to.equal(days === 31);
    }
    await browser.clear();
  });
});
