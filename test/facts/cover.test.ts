import { expect } from '@open-wc/testing';
import { covers } from '../../src/facts/cover.js';
import type { Authority } from '../../src/facts/entry.js';
import { isSelector } from '../../src/facts/guard.js';
import { includes } from '../../src/facts/includes.js';
import { isFinal, matches } from '../../src/facts/selector.js';
import { forgetsDroppedBy, seenAndAfter } from '../../src/facts/writing.js';
import { fact, forget, idOf, message } from './samples.js';

const CID = idOf(1);
const key = 'preferences.size';
const target = { key, purpose: 'preferences' };

describe('A forget', () => {
  it('takes what its writer had not heard of it, in whatever order they arrive', () => {
    expect(covers(forget({ key }, { seq: 5 }), fact({ key, seen: 4 }))).to.equal(true);
    expect(covers(forget({ key }, { seq: 5 }), fact({ key, seen: 5 }))).to.equal(false);
    expect(covers(forget({ under: 'preferences' }, { seq: 5 }), fact({ key, seen: 4, seq: 9 }))).to.equal(
      true,
    );
  });

  it('takes nothing that it does not speak of', () => {
    expect(covers(forget({ key: 'preferences.colour' }, { seq: 5 }), fact({ key }))).to.equal(false);
    expect(covers(forget({ purpose: 'shop' }, { seq: 5 }), fact({ key, purpose: 'preferences' }))).to.equal(
      false,
    );
    expect(covers(forget({ purpose: 'shop' }, { seq: 5 }), fact({ key, purpose: 'shop' }))).to.equal(true);
  });

  it('that is pending takes everything but what names it in `after`', () => {
    const pending = forget({ key });
    expect(covers(pending, fact({ key, seen: 1000 }))).to.equal(true);
    expect(covers(pending, fact({ key, seen: 1000, after: [pending.entry.id] }))).to.equal(false);
  });

  it('spares what its own writer stated afterwards, when it gets its seq too', () => {
    const { entry } = forget({ key });
    const stated = fact({ key, ...seenAndAfter(target, 3, [{ entry }]) });
    expect(covers({ entry, seq: 12, received: 0 }, stated)).to.equal(false);
  });

  it('spares what its own writer stated between its acknowledgement and the cursor’s coming up to it', () => {
    const acknowledged = forget({ key }, { seq: 12 });
    expect(covers(acknowledged, fact({ key, ...seenAndAfter(target, 9, [acknowledged]) }))).to.equal(false);
    expect(seenAndAfter(target, 12, [acknowledged])).to.deep.equal({ seen: 12 });
  });

  it('of a key is not undone by anything less than the person’s own word', () => {
    const known = forget({ key }, { seq: 5 });
    const coming = (authority: Authority) => covers(known, fact({ key, seen: 9, authority }));
    expect(['verified', 'stated'].map((authority) => coming(authority as Authority))).to.deep.equal([
      false,
      false,
    ]);
    for (const authority of ['recorded', 'agent', 'observed', 'inferred'] as const)
      expect(coming(authority), authority).to.equal(true);
    expect(
      covers(forget({ under: 'preferences' }, { seq: 5 }), fact({ key, seen: 9, authority: 'observed' })),
    ).to.equal(false);
  });

  it('of a conversation or a message is final', () => {
    const mid = idOf(2);
    const said = message(`conversations.${CID}.m.${mid}`, { seen: 9 });
    expect(covers(forget({ under: `conversations.${CID}` }, { seq: 5 }), said)).to.equal(true);
    expect(covers(forget({ key: said.entry.key }, { seq: 5 }), said)).to.equal(true);
    expect(covers(forget({ under: 'conversations' }, { seq: 5 }), said)).to.equal(false);
    expect(isFinal({ under: `conversations.${CID}.topic` })).to.equal(false);
    expect(isFinal({ under: 'conversations.latest' })).to.equal(false);
    expect(isFinal({ purpose: 'conversations' })).to.equal(false);
  });

  it('of all conversations does not make the forget of one of them needless: that one is final', () => {
    const one = forget({ under: `conversations.${CID}` });
    const all = forget({ under: 'conversations' });
    expect(forgetsDroppedBy(all.entry, [one])).to.deep.equal([]);
    const later = forget({ under: `conversations.${CID}` }, { wall: 2 });
    expect(
      forgetsDroppedBy(later.entry, [forget({ key: `conversations.${CID}.topic` }, { wall: 1 })]),
    ).to.have.length(1);
  });

  it('of a whole root does not make the forget of a key needless: that one keeps observed facts away', () => {
    const narrow = forget({ key });
    const wide = forget({ under: 'preferences' });
    expect(forgetsDroppedBy(wide.entry, [narrow])).to.deep.equal([]);
    const observed = fact({ key, authority: 'observed', ...seenAndAfter(target, 0, [narrow, wide]) });
    expect([covers(narrow, observed), covers(wide, observed)]).to.deep.equal([true, false]);
  });

  it('makes an earlier one of its kind needless that was never sent', () => {
    const later = { wall: 2 };
    const earlier = forget({ under: 'preferences' }, { wall: 1 });
    const keyed = forget({ key }, { wall: 1 });
    expect(forgetsDroppedBy(forget({ under: 'preferences' }, later).entry, [earlier])).to.deep.equal([
      earlier.entry.id,
    ]);
    expect(forgetsDroppedBy(forget({ key }, later).entry, [keyed, earlier])).to.deep.equal([keyed.entry.id]);
    expect(forgetsDroppedBy(earlier.entry, [earlier])).to.deep.equal([]);
    expect(
      forgetsDroppedBy(forget({ key }, later).entry, [forget({ key }, { seq: 3, wall: 1 })]),
    ).to.deep.equal([]);
  });

  it('leaves one of a later time, that was asked before it by a clock that is ahead', () => {
    const ahead = forget({ key }, { wall: 2 });
    expect(forgetsDroppedBy(forget({ key }, { wall: 1 }).entry, [ahead])).to.deep.equal([]);
  });

  it('that was sent without an answer has to be named by what is written after the next one', () => {
    const unanswered = forget({ key });
    const next = forget({ key });
    const again = fact({ key, ...seenAndAfter(target, 3, [unanswered, next]) });
    expect(again.entry.after).to.deep.equal([unanswered.entry.id, next.entry.id]);
    expect(covers({ ...unanswered, seq: 5 }, again)).to.equal(false);
  });
});

describe('A selector', () => {
  it('matches by key, by prefix or by purpose', () => {
    const { entry } = fact({ key, purpose: 'shop' });
    for (const of of [{ key }, { under: key }, { under: 'preferences' }, { purpose: 'shop' }])
      expect(matches(of, entry)).to.equal(true);
    for (const of of [{ key: 'preferences' }, { under: 'preferences.si' }, { purpose: 'preferences' }])
      expect(matches(of, entry)).to.equal(false);
  });

  it('includes those that can match nothing else', () => {
    expect(includes({ under: 'preferences' }, { key })).to.equal(true);
    expect(includes({ under: 'preferences' }, { under: key })).to.equal(true);
    expect(includes({ under: key }, { under: 'preferences' })).to.equal(false);
    expect(includes({ key }, { under: key })).to.equal(false);
    expect(includes({ purpose: 'shop' }, { purpose: 'shop' })).to.equal(true);
    expect(includes({ under: 'preferences' }, { purpose: 'preferences' })).to.equal(false);
  });

  it('is one object with exactly one name', () => {
    for (const of of [{ key }, { under: 'care' }, { purpose: 'support' }])
      expect(isSelector(of)).to.equal(true);
    for (const of of [
      {},
      { key, under: 'care' },
      { key: 'care' },
      { under: 'careless' },
      { purpose: '' },
      { purpose: 7 },
      { all: true },
      'care',
      null,
      [key],
    ]) {
      expect(isSelector(of), JSON.stringify(of)).to.equal(false);
    }
  });
});
