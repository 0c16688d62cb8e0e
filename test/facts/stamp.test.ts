import { expect } from '@open-wc/testing';
import { compareHeld } from '../../src/facts/order.js';
import { counterOf, isStamp, MAX_AHEAD, metStamp, nextStamp, stamp, wallOf } from '../../src/facts/stamp.js';
import { fact, NOON } from './samples.js';

describe('Stamps', () => {
  it('are twelve digits of wall and four of counter, and sort as text', () => {
    expect(stamp(NOON, 7)).to.equal('018bcfe568000007');
    expect([wallOf('018bcfe568000007'), counterOf('018bcfe568000007')]).to.deep.equal([NOON, 7]);
    expect(stamp(9, 0) < stamp(10, 0)).to.equal(true);
    expect(isStamp('018bcfe568000007')).to.equal(true);
    for (const other of ['018BCFE568000007', '18bcfe568000007', '', undefined, 7])
      expect(isStamp(other)).to.equal(false);
  });

  it('follow the clock while it runs', () => {
    expect(nextStamp(NOON, undefined)).to.equal(stamp(NOON, 0));
    expect(nextStamp(NOON + 1, stamp(NOON, 9))).to.equal(stamp(NOON + 1, 0));
  });

  it('count on when the clock stands still or goes back', () => {
    expect(nextStamp(NOON, stamp(NOON, 9))).to.equal(stamp(NOON, 10));
    expect(nextStamp(NOON - 5000, stamp(NOON, 9))).to.equal(stamp(NOON, 10));
  });

  it('carry into the wall when the counter is full', () => {
    expect(nextStamp(NOON, stamp(NOON, 0xffff))).to.equal(stamp(NOON + 1, 0));
  });

  it('never begin again: after the last of all it stands', () => {
    const last = 'f'.repeat(16);
    expect(nextStamp(NOON, last)).to.equal(last);
    expect(nextStamp(NOON, 'fffffffffffffffe')).to.equal(last);
  });

  it('take a clock that is no time at all as the beginning of time', () => {
    expect(nextStamp(-1, undefined)).to.equal(stamp(0, 0));
    expect(isStamp(nextStamp(8.64e15, undefined))).to.equal(true);
    expect(nextStamp(NOON + 0.7, undefined)).to.equal(stamp(NOON, 0));
  });

  it('that are met count as they are up to five minutes past their arrival', () => {
    expect(metStamp(fact({ wall: NOON + 9, received: NOON }))).to.equal(stamp(NOON + 9, 0));
    expect(metStamp(fact({ wall: NOON + 9e9 }))).to.equal(stamp(NOON + 9e9, 0));
    expect(wallOf(metStamp(fact({ wall: NOON + 9e9, received: NOON })))).to.equal(NOON + MAX_AHEAD);
  });

  it('let a correction written within those five minutes stand after what it corrects', () => {
    const wrong = fact({ wall: NOON + 3_600_000, received: NOON });
    const at = nextStamp(NOON + 1000, metStamp(wrong));
    const right = fact({ wall: wallOf(at), counter: counterOf(at), received: NOON + 2000 });
    expect(compareHeld(right, wrong)).to.be.above(0);
  });
});
