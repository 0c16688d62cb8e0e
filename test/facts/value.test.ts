import { expect } from '@open-wc/testing';
import { compact } from '../../src/facts/history.js';
import { resolveKey } from '../../src/facts/value.js';
import { visible } from '../../src/facts/visible.js';
import { wrong } from '../../src/facts/wrong.js';
import { fact, forget, idOf, message, NOON } from './samples.js';

describe('The value of a key', () => {
  it('is the person’s own word, however often something else was observed since', () => {
    const stated = fact({ value: 'M', wall: NOON });
    const observed = fact({ value: 'L', authority: 'observed', wall: NOON + 1 });
    expect(resolveKey([stated, observed], NOON)).to.deep.equal({ held: stated, reconfirm: true });
  });

  it('is not asked again when what is newer says the same, however it is written', () => {
    const stated = fact({ value: { given: 'Ana', family: 'Ruiz' }, wall: NOON });
    const observed = fact({ value: { family: 'Ruiz', given: 'Ana' }, authority: 'observed', wall: NOON + 1 });
    expect(resolveKey([stated, observed], NOON)?.reconfirm).to.equal(false);
  });

  it('falls back to a weaker word when the stronger one has expired', () => {
    const stated = fact({ value: 'M', until: NOON });
    const observed = fact({ value: 'L', authority: 'observed', wall: NOON - 1 });
    expect(resolveKey([stated, observed], NOON - 1)?.held).to.equal(stated);
    expect(resolveKey([stated, observed], NOON)?.held).to.equal(observed);
    expect(resolveKey([], NOON)).to.equal(undefined);
  });

  it('cannot be won by a clock that runs ahead', () => {
    const ahead = fact({ value: 'L', wall: NOON + 9e9, received: NOON });
    const later = fact({ value: 'M', wall: NOON + 400_000, received: NOON + 400_000 });
    expect(resolveKey([ahead, later], NOON)?.held).to.equal(later);
  });
});

describe('A history', () => {
  it('keeps the strongest, the newest, and four to read', () => {
    const stated = fact({ wall: NOON });
    const observed = [1, 2, 3, 4, 5, 6].map((n) => fact({ authority: 'observed', wall: NOON + n }));
    expect(compact([stated, ...observed])).to.deep.equal([stated, ...observed.slice(2)]);
  });

  it('keeps what will be the value when a stronger or newer one has expired', () => {
    const lasting = fact({ wall: NOON });
    const passing = fact({ wall: NOON + 1, until: NOON + 1000 });
    const soonGone = fact({ wall: NOON + 2, until: NOON + 10 });
    expect(compact([lasting, passing, soonGone], 0)).to.deep.equal([lasting, passing, soonGone]);
    expect(compact([passing, fact({ wall: NOON + 3, until: NOON + 1000 })], 0)).to.have.length(1);
  });

  it('keeps what remains when a purpose is forgotten or a merge undone', () => {
    const rows = [
      fact({ purpose: 'shop' }),
      fact({ wall: NOON + 1 }),
      fact({ wall: NOON + 2, merge: idOf(1) }),
    ];
    expect(compact(rows, 0)).to.deep.equal(rows);
  });

  it('drops no accepted fact for the sake of a pending one, which may yet be refused', () => {
    const accepted = fact({ wall: NOON, seq: 1, received: NOON });
    const pending = fact({ wall: NOON + 1 });
    expect(compact([accepted, pending], 0)).to.deep.equal([accepted, pending]);
  });
});

describe('A wrong fact', () => {
  const weak = fact({ authority: 'inferred', value: 'S' });
  const strong = fact({ value: 'M' });

  it('that is the value takes its key with it, or a guess would follow it', () => {
    expect(wrong(strong.entry.id, [weak, strong], NOON)).to.deep.equal({
      forget: { key: 'preferences.size' },
    });
  });

  it('that is not the value is hidden alone', () => {
    expect(wrong(weak.entry.id, [weak, strong], NOON)).to.deep.equal({ hide: weak.entry.id });
  });

  it('that is not there is nothing to do', () => {
    expect(wrong(idOf(3), [weak, strong], NOON)).to.equal(undefined);
  });
});

describe('What is shown', () => {
  it('is every key’s value and every message, the endpoint’s order first, then as they were said', () => {
    const cid = idOf(1);
    const say = (n: number, seq?: number) =>
      message(`conversations.${cid}.m.${idOf(n)}`, { wall: NOON - n, ...(seq !== undefined && { seq }) });
    const pending = [say(4), say(3)];
    const { values, messages } = visible(
      [...pending, say(2, 7), say(1, 6), fact(), forget({ key: 'preferences.colour' })],
      NOON,
    );
    expect([...values.keys()]).to.deep.equal(['preferences.size']);
    expect(messages.map(({ entry }) => entry.key.slice(-1))).to.deep.equal(['1', '2', '4', '3']);
  });
});
