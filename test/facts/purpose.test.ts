import { expect } from '@open-wc/testing';
import { isPurpose, purposesProblem, readsOf, writesOf } from '../../src/facts/purpose.js';
import { purposeOf } from '../../src/facts/purpose-of.js';

const purposes = {
  support: {
    title: 'Helping you when you write to us',
    keys: ['care'],
    reads: ['identity', 'conversations'],
    keep: 'P13M',
  },
  fitting: {
    title: { en: 'Finding your size', de: 'Deine Größe finden' },
    keys: ['preferences.size', 'care.feet'],
  },
  preferences: { title: 'Your choices', keep: 'P2Y' },
};

describe('The purpose of a fact', () => {
  it('is the one with the longest prefix', () => {
    expect(purposeOf('care.lift.a', purposes)).to.equal('support');
    expect(purposeOf('care.feet.a', purposes)).to.equal('fitting');
    expect(purposeOf('preferences.size', purposes)).to.equal('fitting');
    expect(purposeOf('preferences.sizes', purposes)).to.equal('preferences');
  });

  it('is its root when nobody claims it', () => {
    expect(purposeOf('identity.name', purposes)).to.equal('identity');
    expect(purposeOf('care.lift.a')).to.equal('care');
  });
});

describe('A view', () => {
  it('writes its own keys and nothing else', () => {
    const writes = writesOf('support', purposes);
    expect(writes('care.lift.a')).to.equal(true);
    expect(writes('identity.name')).to.equal(false);
  });

  it('reads its own keys and what it declares', () => {
    const reads = readsOf('support', purposes);
    expect([reads('care.lift.a'), reads('identity.name'), reads('preferences.size')]).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it('of a root has its root, declared or not, unless another purpose has taken it', () => {
    expect(readsOf('preferences', purposes)('preferences.colour')).to.equal(true);
    expect(writesOf('identity', purposes)('identity.name')).to.equal(true);
    expect(readsOf('care', purposes)('care.lift.a')).to.equal(false);
  });

  it('of an undeclared purpose sees nothing', () => {
    for (const name of ['marketing', 'constructor', 'toString', '__proto__']) {
      expect(isPurpose(name, purposes), name).to.equal(false);
      expect(readsOf(name, purposes)('identity.name'), name).to.equal(false);
    }
    expect(isPurpose('support', purposes) && isPurpose('care')).to.equal(true);
  });
});

describe('Declarations of purposes', () => {
  it('are fine as written', () => {
    expect(purposesProblem(purposes)).to.equal(undefined);
    expect(purposesProblem({})).to.equal(undefined);
  });

  it('are refused by the name of the one that is wrong', () => {
    const title = 'T';
    const cases: Record<string, unknown> = {
      page: { title },
      'two words': { title },
      a: {},
      b: { title: '' },
      c: { title: {} },
      d: { title, keys: 'care' },
      e: { title, keys: ['careless'] },
      f: { title, reads: [7] },
      g: { title, keep: '13 months' },
      h: null,
    };
    for (const [name, declaration] of Object.entries(cases)) {
      expect(purposesProblem({ support: purposes.support, [name]: declaration })).to.match(
        new RegExp(`^\\.${name}: .`),
      );
    }
    for (const other of [null, [], 'support']) expect(purposesProblem(other)).to.match(/^ takes/);
  });

  it('are refused when two claim the same prefix, naming both', () => {
    const problem = purposesProblem({ support: purposes.support, sales: { title: 'Sales', keys: ['care'] } });
    expect(problem).to.match(/^\.sales: /);
    expect(problem).to.contain('"support"').and.to.contain('"care"');
  });
});
