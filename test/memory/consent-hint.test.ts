import { expect } from '@open-wc/testing';
import { table } from '../../src/memory/table.js';
import '../../src/define.js';
import { load, loaded, testBrowser } from './support.js';

const SHOE = 'preferences.shoe';
const LATER = 60_000;

describe('a developer whose page does not ask for consent', () => {
  beforeEach(() => void delete table().asks);
  afterEach(() => void delete table().asks);

  it('is told once, when something was remembered and a while has passed', async () => {
    const { memory, platform } = await loaded(testBrowser());
    platform.advance(LATER);
    expect(platform.warnings).to.deep.equal([]);
    await memory.remember(SHOE, 'M');
    expect(platform.warnings).to.deep.equal([]);
    platform.advance(LATER);
    expect(platform.warnings).to.have.length(1);
    expect(platform.warnings[0])
      .to.contain('<memory-consent></memory-consent>')
      .and.contain("consent: 'host'");
    await memory.remember(SHOE, 'L');
    platform.advance(LATER);
    expect(platform.warnings).to.have.length(1);
    await memory.close();
  });

  for (const name of ['memory-consent', 'memory-center'])
    it(`is told nothing where a <${name}> comes in time, in a shadow root too`, async () => {
      const { memory, platform } = await loaded(testBrowser());
      await memory.remember(SHOE, 'M');
      const host = document.createElement('div');
      host.attachShadow({ mode: 'closed' }).append(document.createElement(name));
      document.body.append(host);
      platform.advance(LATER);
      host.remove();
      expect(platform.warnings).to.deep.equal([]);
      await memory.close();
    });

  const ways = {
    'the site asks itself': { consent: 'host' },
    'a consent manager does': { consent: { current: () => undefined, subscribe: () => () => undefined } },
    'nothing may outlive the visit': { shared: true },
  } as const;
  for (const [why, options] of Object.entries(ways))
    it(`is told nothing where ${why}`, async () => {
      const { memory, platform } = await loaded(testBrowser(), options);
      await memory.remember(SHOE, 'M');
      platform.advance(LATER);
      expect(platform.warnings).to.deep.equal([]);
      await memory.close();
    });

  it('is told nothing where the person has decided', async () => {
    for (const decide of ['grant', 'refuse'] as const) {
      const { memory, platform } = load(testBrowser());
      await memory.remember(SHOE, 'M');
      await memory.consent[decide]();
      platform.advance(LATER);
      expect(platform.warnings).to.deep.equal([]);
      await memory.close();
    }
  });
});
