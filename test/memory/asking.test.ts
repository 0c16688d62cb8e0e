import { expect } from '@open-wc/testing';
import { z } from 'zod/mini';
import { failureOf, loaded, rememberedPerson, testBrowser } from './support.js';

const SHOE = 'preferences.shoe';

/** A person who answers when the test says so. */
function askedPerson() {
  let asked = 0;
  let begin: () => void = () => undefined;
  const wasAsked = new Promise<void>((resolve) => (begin = resolve));
  let answer: (value: unknown) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  return {
    get asked() {
      return asked;
    },
    wasAsked,
    ask: () => {
      asked += 1;
      begin();
      return new Promise<unknown>((resolve, reject) => {
        answer = resolve;
        refuse = reject;
      });
    },
    answer: (value: unknown) => answer(value),
    refuse: (error: unknown) => refuse(error),
  };
}

describe('asking', () => {
  it('asks what is not known, once a person, and remembers the answer', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    let asked = 0;
    const asker = () => ((asked += 1), 'M');
    expect(await memory.ask(SHOE, asker)).to.equal('M');
    expect(await memory.ask(SHOE, asker)).to.equal('M');
    expect(memory.recall(SHOE)).to.include({ value: 'M', authority: 'stated' });
    await memory.consent.grant();
    await memory.close();
    const next = await loaded(browser);
    expect(await next.memory.ask(SHOE, asker)).to.equal('M');
    expect(asked).to.equal(1);
    await next.memory.close();
    await browser.clear();
  });

  it('waits for the database before it asks', async () => {
    const browser = testBrowser();
    await rememberedPerson(browser, { [SHOE]: 'M' });
    browser.world.local.remove(`customer-memory:${browser.site}:boot`);
    const { memory } = await loaded(browser);
    expect(await memory.ask(SHOE, () => expect.fail('it is known'))).to.equal('M');
    await memory.close();
    await browser.clear();
  });

  it('does not ask again what was skipped, or only when it is time', async () => {
    const browser = testBrowser();
    const { memory, platform, tab } = await loaded(browser);
    let asked = 0;
    const skip = () => void (asked += 1);
    expect(await memory.ask(SHOE, skip)).to.equal(undefined);
    expect(await memory.ask(SHOE, skip)).to.equal(undefined);
    expect(await memory.ask('identity.email', skip)).to.equal(undefined);
    expect(asked).to.equal(2);
    await memory.close();
    const next = await loaded(browser, { tab });
    expect(await next.memory.ask(SHOE, skip, { every: 'PT1H' })).to.equal(undefined);
    expect(asked).to.equal(2);
    next.platform.setTime(platform.clock.now() + 3_600_001);
    expect(await next.memory.ask(SHOE, () => 'M', { every: 'PT1H' })).to.equal('M');
    expect(await next.memory.ask('identity.email', skip)).to.equal(undefined);
    expect(asked).to.equal(2);
    await next.memory.forget('everything');
    await next.memory.ask('identity.email', skip);
    expect(asked, 'another person is asked').to.equal(3);
    await next.memory.close();
  });

  for (const key of ['preferences.a.b.c.d.e', `care.${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}`])
    for (const granted of [false, true])
      it(`does not ask again what was skipped ${granted ? 'on the device' : 'in the visit'}, however deep or long its key: ${key.slice(0, 24)}`, async () => {
        const browser = testBrowser();
        let asked = 0;
        const skip = () => void (asked += 1);
        const first = await loaded(browser);
        await first.memory.remember(SHOE, 'M');
        if (granted) await first.memory.consent.grant();
        await first.memory.ask(key, skip);
        await first.memory.close();
        const { memory } = await loaded(browser, { tab: first.tab });
        await memory.ask(key, skip);
        expect(asked).to.equal(1);
        expect(memory.status.unreadable).to.equal(undefined);
        await memory.close();
        await browser.clear();
      });

  it('asks once for all who want to know at the same time', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const person = askedPerson();
    const questions = [
      memory.ask(SHOE, person.ask),
      memory.ask(SHOE, person.ask),
      memory.ask(SHOE, person.ask),
    ];
    await person.wasAsked;
    person.answer('M');
    expect(await Promise.all(questions)).to.deep.equal(['M', 'M', 'M']);
    expect(person.asked).to.equal(1);
    await memory.close();
  });

  it('asks again where something newer disagrees', async () => {
    const browser = testBrowser();
    const { memory, platform } = await loaded(browser);
    await memory.remember(SHOE, 'M');
    platform.advance(1000);
    await memory.remember(SHOE, 'L', { authority: 'observed' });
    expect(memory.recall(SHOE)).to.include({ reconfirm: true });
    platform.advance(1000);
    expect(await memory.ask(SHOE, () => 'M')).to.equal('M');
    expect(memory.recall(SHOE)).not.to.have.property('reconfirm');
    expect(await memory.ask(SHOE, () => expect.fail('it is confirmed'))).to.equal('M');
    await memory.close();
  });

  it('does not give one person’s answer to another', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const person = askedPerson();
    const question = failureOf(() => memory.ask(SHOE, person.ask));
    await person.wasAsked;
    await memory.notMe();
    const other = askedPerson();
    const theirs = memory.ask(SHOE, other.ask);
    await other.wasAsked; // on their own account
    person.answer('canary');
    expect(await question).to.include({ code: 'put_aside' });
    expect(memory.recall(SHOE)).to.equal(undefined);
    other.answer('S');
    expect(await theirs).to.equal('S');
    expect(memory.value(SHOE)).to.equal('S');
    await memory.close();
  });

  it('can be called off, and is then not a skip', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    const person = askedPerson();
    const control = new AbortController();
    const question = memory.ask(SHOE, person.ask, { signal: control.signal });
    await person.wasAsked;
    control.abort();
    person.answer('M');
    expect(await question).to.equal(undefined);
    expect(memory.recall(SHOE)).to.equal(undefined);
    expect(
      await memory.ask(SHOE, () => expect.fail('called off before it began'), {
        signal: AbortSignal.abort(),
      }),
    ).to.equal(undefined);
    expect(await memory.ask(SHOE, () => 'L')).to.equal('L');
    await memory.close();
  });

  it('rejects as the asker does, and remembers nothing then', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { preferences: { shoe: z.enum(['S', 'M']) } });
    const asker = () => {
      throw new Error('of the host');
    };
    let error: unknown;
    await memory.ask(SHOE, asker).catch((caught: unknown) => (error = caught));
    expect(String(error)).to.equal('Error: of the host');
    expect(await failureOf(() => memory.ask(SHOE, () => 'XXL'))).to.include({ code: 'invalid_value' });
    expect(await memory.ask(SHOE, () => 'M'), 'it is asked again').to.equal('M');
    await memory.close();
  });

  it('refuses what it does not understand', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser);
    expect(await failureOf(() => memory.ask('shoe', () => 'M'))).to.include({ code: 'malformed_key' });
    expect(await failureOf(() => memory.ask(SHOE, 'M' as never))).to.include({ code: 'misuse' });
    expect(await failureOf(() => memory.ask(SHOE, () => 'M', { every: 'daily' }))).to.include({
      code: 'invalid_option',
    });
    expect(await failureOf(() => memory.ask('preferences.asked.shoe', () => 'M'))).to.include({
      code: 'unknown_key',
    });
    await memory.close();
  });
});
