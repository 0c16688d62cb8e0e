import { expect } from '@open-wc/testing';
import { identityInWords } from '../../src/memory/identity-words.js';

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
