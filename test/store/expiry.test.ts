import { expect } from '@open-wc/testing';
import type { FakePlatform } from '../../src/platform/fake.js';
import {
  cleanUp,
  DAY,
  dump,
  fact,
  message,
  newPerson,
  newSite,
  NOW,
  realDatabases,
  start,
  uuid,
  type WholeDevice,
  type WholeSubject,
} from './support.js';

describe('what has expired', () => {
  let site: string;
  let device: WholeDevice;
  let subject: WholeSubject;
  let name: string;
  let platform: FakePlatform;
  const cid = uuid();
  const until = NOW + 10 * DAY;
  beforeEach(async () => {
    site = newSite();
    ({ device, subject, name } = await newPerson((platform = realDatabases()), site));
    await subject.load(NOW);
    await subject.write([
      fact('preferences.size', 'old-size', { until }),
      fact('preferences.colour', 'red'),
      start(cid, { until }),
      message(cid, 'old-words', { until }),
    ]);
  });
  afterEach(async () => {
    subject.close();
    device.close();
    await cleanUp(site);
  });

  const raw = async () => JSON.stringify(await dump(name));
  /** Deleting begins with a visit and is not waited for by it. */
  const deleted = async () => {
    while ((await raw()).includes(`"until":${until}`)) continue;
  };
  /** A visit has noted its day, and with it what there was to delete. */
  const noted = async (day: number) => {
    while (!(await raw()).includes(`${day}]`)) continue;
  };

  /** A visit at that time, by the clock of the device too. */
  const visit = (at: number) => {
    platform.setTime(at);
    return subject.load(at);
  };

  it('is hidden at once', async () => {
    expect((await subject.load(until - 1)).facts.length).to.equal(2);
    expect((await subject.load(until)).facts.map(({ entry }) => entry.value)).to.deep.equal(['red']);
    expect((await subject.load(until)).conversations).to.deep.equal([]);
    expect(await subject.conversations({ limit: 9 }, until)).to.deep.equal([]);
    expect(await subject.conversation(cid, until)).to.equal(undefined);
    expect(await subject.messages(cid, { last: 9 }, until)).to.deep.equal([]);
    expect(await subject.count(until)).to.deep.include({ facts: 1, messages: 0 });
    for await (const batch of subject.entries(until)) expect(JSON.stringify(batch)).not.to.contain('old-');
  });

  it('is not deleted because of one day’s clock', async () => {
    await subject.load(NOW + 1000 * DAY);
    await subject.load(NOW + 1000 * DAY + 1);
    expect(await raw()).to.match(/old-size.*|old-words.*/);
    expect((await subject.load(NOW + DAY)).facts.length).to.equal(2);
  });

  it('is deleted when a second day’s visit agrees, page and all', async () => {
    await visit(until + DAY);
    await noted(until + DAY);
    expect(await raw())
      .to.contain('old-size')
      .and.to.contain('old-words');
    await visit(until + 2 * DAY);
    await deleted();
    const after = await dump(name);
    expect(JSON.stringify(after)).not.to.contain('old-');
    expect(after['rows']?.length).to.equal(1);
    expect(after['pages']).to.deep.equal([]);
  });

  it('is not deleted when the second day disagrees', async () => {
    await subject.load(until + 1000 * DAY);
    await subject.load(until - DAY);
    expect(await raw())
      .to.contain('old-size')
      .and.to.contain('old-words');
  });

  it('is not deleted when the clock of both days was wrong, and is set right before anything is', async () => {
    const changes = async () => Number(/"changes":(\d+)/.exec(await raw())?.[1]);
    await subject.load(until + DAY);
    await noted(until + DAY);
    const before = await changes();
    // The device's own clock still says that it is NOW.
    await subject.load(until + 2 * DAY);
    while ((await changes()) === before) continue;
    expect(await raw())
      .to.contain('old-size')
      .and.to.contain('old-words');
  });

  it('takes only its own messages out of a page', async () => {
    const other = uuid();
    await subject.write([
      start(other),
      ...Array.from({ length: 40 }, (_, n) => message(other, `n${n}`, n % 2 ? { until } : {})),
    ]);
    await visit(until + DAY);
    await visit(until + 2 * DAY);
    await deleted();
    const pages = (await dump(name))['pages']?.map(
      ({ value }) => value as { messages: unknown[]; until?: number },
    );
    expect(pages?.map(({ messages }) => messages.length)).to.deep.equal([13, 7]);
    expect(pages?.every((page) => page.until === undefined)).to.equal(true);
    expect((await subject.conversation(other, until + 2 * DAY))?.messages).to.equal(20);
  });
});
