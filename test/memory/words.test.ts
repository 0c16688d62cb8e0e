import { expect } from '@open-wc/testing';
import { identityInWords } from '../../src/memory/identity-words.js';
import { browserPlatform } from '../../src/platform/browser.js';
import { loaded, testBrowser, type Load } from './support.js';

const LABELS = { 'preferences.delivery': { title: { en: 'Delivery', de: 'Lieferung' } } };

/** What a number, a list and a label are in words, for a page that says this about its language. */
async function wordsOf(options: Load): Promise<string[]> {
  const browser = testBrowser();
  const { memory } = await loaded(browser, { labels: LABELS, ...options });
  const fact = await memory.remember('preferences.delivery', 'home');
  const described = [1234.5, ['M', 'L']].map((value) => memory.describe({ ...fact, value } as never).value);
  await memory.close();
  await browser.clear();
  return [memory.language, memory.title('preferences.delivery'), ...described];
}

const inPage =
  (...languages: string[]): NonNullable<Load['on']> =>
  (platform) => ({ ...platform, page: { ...platform.page, languages } });

describe('labels and values', () => {
  it('are in the language that was asked for, else in that of the page, else in that of the browser', async () => {
    const german = ['de', 'Lieferung', '1.234,5', 'M, L'];
    expect(await wordsOf({ language: 'de', on: inPage('en') })).to.deep.equal(german);
    expect(await wordsOf({ on: inPage('de', 'en') })).to.deep.equal(german);
    expect(await wordsOf({ on: inPage('', 'de') })).to.deep.equal(german);
  });

  it('are in the next one where a page says what is no language', async () => {
    const german = ['de', 'Lieferung', '1.234,5', 'M, L'];
    for (const none of ['de_DE', 'klingon!', '', '{{lang}}', '-'])
      expect(await wordsOf({ language: none, on: inPage('x', 'de') }), none).to.deep.equal(german);
    expect(await wordsOf({ language: 'en_US', on: inPage() })).to.deep.equal([
      'en',
      'Delivery',
      '1,234.5',
      'M, L',
    ]);
  });

  it('are asked for of what is nothing of the kind, and nobody is told of an error', async () => {
    const browser = testBrowser();
    const { memory } = await loaded(browser, { labels: LABELS });
    const odd = [undefined, null, 5, 'x', {}, []] as never[];
    for (const what of odd) {
      expect(memory.title(what)).to.be.a('string');
      expect(memory.choices(what)).to.deep.equal([]);
      expect(memory.describe(what)).to.equal(undefined);
    }
    expect(memory.describe({ key: 5 } as never)).to.deep.equal({ title: '5', value: '–' });
    await memory.close();
    await browser.clear();
  });

  it('are those of the value where its label is no text, and nobody is told of an error', async () => {
    const browser = testBrowser();
    const values = { M: null, L: 'Large', XXL: {} };
    const labels = { 'preferences.size': { title: null, values } } as never;
    const { memory } = await loaded(browser, { labels });
    const described = ['M', 'L', 'XXL'].map((value) => memory.describe({ key: 'preferences.size', value }));
    const choices = memory.choices('preferences.size');
    await memory.close();
    await browser.clear();
    expect(described.map(({ title }) => title)).to.deep.equal(['size', 'size', 'size']);
    expect(described.map(({ value }) => value)).to.deep.equal(['M', 'Large', '']);
    expect(choices).to.deep.equal([
      ['M', 'M'],
      ['L', 'Large'],
      ['XXL', ''],
    ]);
  });

  it('begin with what the page says of itself', () => {
    const { lang } = document.documentElement;
    document.documentElement.lang = 'pt';
    const { languages } = browserPlatform().page;
    document.documentElement.lang = lang;
    expect(languages).to.deep.equal(['pt', ...navigator.languages]);
  });
});

describe('identity in words', () => {
  it('says a name once, as the person wrote it', () => {
    expect(identityInWords('identity.name', { given: 'Ana', full: 'Ana Silva' }, 'en')).to.equal('Ana Silva');
    expect(
      identityInWords('identity.name', { given: 'Ana', family: 'Silva', preferred: 'Anita' }, 'en'),
    ).to.equal('Ana Silva');
    expect(identityInWords('identity.name', { preferred: 'Anita' }, 'en')).to.equal('Anita');
  });

  it('writes an address as on an envelope, its country by name in the reader’s language', () => {
    const address = {
      country: 'PT',
      postalCode: '4050-262',
      addressLevel2: 'Porto',
      streetAddress: 'Rua das Flores 21\n2.º',
    };
    expect(identityInWords('identity.addresses.home', address, 'en')).to.equal(
      'Rua das Flores 21, 2.º, 4050-262 Porto, Portugal',
    );
    expect(identityInWords('identity.addresses.home', { ...address, country: 'DE' }, 'de')).to.match(
      /Deutschland$/,
    );
    expect(identityInWords('identity.addresses.home', { country: 'somewhere' }, 'en')).to.equal('somewhere');
  });

  it('leaves everything else to the label', () => {
    expect(identityInWords('identity.email', 'ana@example.com', 'en')).to.equal(undefined);
    expect(identityInWords('preferences.delivery', 'home', 'en')).to.equal(undefined);
  });
});
