import { expect } from '@open-wc/testing';
import { load, loaded, rememberedPerson, testBrowser, type AnyMemory } from './support.js';

const SIZE = 'preferences.size';
type Verb = 'grant' | 'refuse' | 'withdraw';

/** Presses one after the other, without waiting for what the one before does. */
async function press({ consent }: AnyMemory, verbs: readonly Verb[]): Promise<void> {
  await Promise.allSettled(verbs.map((verb) => consent[verb]()));
}

describe('the last press decides, however fast it comes', () => {
  it('is that of whoever is here then, when another tab has taken back what was granted before', async () => {
    const browser = testBrowser();
    const [here, there] = [await loaded(browser), await loaded(browser)];
    await here.memory.consent.grant();
    await there.memory.consent.withdraw();
    await here.memory.consent.grant();
    expect(here.memory.consent.state).to.equal('granted');
    for (const { memory } of [here, there]) await memory.close();
    await browser.clear();
  });

  const presses: [Verb[], 'granted' | 'refused'][] = [
    [['refuse', 'grant'], 'granted'],
    [['grant', 'refuse'], 'refused'],
    [['grant', 'withdraw', 'grant'], 'granted'],
    [['refuse', 'grant', 'refuse'], 'refused'],
    [['grant', 'refuse', 'grant', 'withdraw'], 'refused'],
  ];
  for (const known of [false, true])
    for (const ready of [false, true])
      for (const [verbs, state] of presses)
        it(`${verbs.join(', ')}: ${known ? 'by somebody remembered' : 'by a stranger'}, ${ready ? 'after' : 'before'} the database has answered`, async () => {
          const browser = testBrowser();
          if (known) await rememberedPerson(browser, { [SIZE]: 'M' });
          const { memory } = load(browser);
          if (ready) await memory.ready;
          await press(memory, verbs);
          expect(memory.consent.state).to.equal(state);
          await memory.remember(SIZE, 'L');
          expect(memory.status.kept).to.equal(state === 'granted' ? 'device' : 'visit');
          await memory.close();
          const next = await loaded(browser);
          expect([next.memory.consent.state, next.memory.value(SIZE)]).to.deep.equal([
            state,
            state === 'granted' ? 'L' : undefined,
          ]);
          await next.memory.close();
          await browser.clear();
        });
});
