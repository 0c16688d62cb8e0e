import { expect } from '@open-wc/testing';
import { askedProblem } from '../../src/facts/asked.js';
import type { Json } from '../../src/facts/entry.js';
import { identityProblem } from '../../src/facts/identity.js';
import { idOf } from './samples.js';

const home = 'identity.addresses.home';

describe('Identity', () => {
  it('has the names and values of people everywhere', () => {
    const fine: Record<string, Json[]> = {
      'identity.name': [
        { given: 'Ana' },
        { full: '田中 さくら' },
        { given: 'Ana', family: '', preferred: 'Anita' },
      ],
      'identity.email': ['ana@example.org', 'ünï@exämple.de'],
      'identity.phone': ['+49 30 901820', '030/90182-0', '٠٣٠١٢٣٤٥'],
      'identity.language': ['de', 'de-AT', 'zh-Hant-TW'],
      'identity.timeZone': ['Europe/Vienna', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'],
      'identity.company': ['Acme'],
      [home]: [
        {
          streetAddress: 'Hauptstr. 1\nHinterhaus',
          postalCode: '10115',
          addressLevel2: 'Berlin',
          country: 'DE',
        },
      ],
      'identity.addresses.work': [{ label: 'The shop' }],
      [`identity.addresses.${idOf(1)}`]: [{ addressLine1: '1', instructions: 'Ring twice' }],
    };
    for (const [key, values] of Object.entries(fine)) {
      for (const value of values)
        expect(identityProblem(key, value), `${key} ${JSON.stringify(value)}`).to.equal(undefined);
    }
  });

  it('has no other names', () => {
    for (const key of [
      'identity.nickname',
      'identity.name.given',
      'identity.addresses',
      'identity.addresses.mum',
      `${home}.street`,
      'identity.toString',
    ]) {
      expect(identityProblem(key, 'x')?.path, key).to.equal('');
    }
  });

  it('has values of another kind refused, with the path', () => {
    const wrong: readonly (readonly [string, Json, string])[] = [
      ['identity.name', 'Ana', ''],
      ['identity.name', {}, ''],
      ['identity.name', { given: ' ' }, ''],
      ['identity.name', { given: 7 }, 'given'],
      ['identity.name', { first: 'Ana' }, 'first'],
      ['identity.email', 'ana', ''],
      ['identity.email', 'ana@example.org, ben@example.org', ''],
      ['identity.phone', 'call me', ''],
      ['identity.phone', 4930901820, ''],
      ['identity.language', 'de_AT', ''],
      ['identity.timeZone', '', ''],
      ['identity.company', ' ', ''],
      [home, 'Hauptstr. 1', ''],
      [home, ['Hauptstr. 1'], ''],
      [home, { city: 'Berlin' }, 'city'],
      [home, { postalCode: 10115 }, 'postalCode'],
      [home, { country: null }, 'country'],
    ];
    for (const [key, value, path] of wrong)
      expect(identityProblem(key, value)?.path, `${key} ${JSON.stringify(value)}`).to.equal(path);
  });
});

describe('A skipped question', () => {
  it('is noted with its time', () => {
    expect(askedProblem({ skipped: 1_700_000_000_000 })).to.equal(undefined);
    for (const value of [{}, { skipped: 'yes' }, { skipped: 1, more: 2 }, 1, null])
      expect(askedProblem(value)?.path).to.equal('skipped');
  });
});
