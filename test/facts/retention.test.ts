import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { addDuration } from '../../src/facts/add-duration.js';
import { durationProblem, lengthOf } from '../../src/facts/retention.js';
import { untilOf } from '../../src/facts/until.js';
import { holds } from './runs.js';

const at = (text: string) => Date.parse(text);
const added = (from: string, iso: string) => new Date(addDuration(at(from), iso)).toISOString();

describe('Durations', () => {
  it('go by the calendar', () => {
    expect(added('2026-01-31T10:20:30.400Z', 'P1M')).to.equal('2026-02-28T10:20:30.400Z');
    expect(added('2024-02-29T00:00:00.000Z', 'P1Y')).to.equal('2025-02-28T00:00:00.000Z');
    expect(added('2026-11-21T00:00:00.000Z', 'P13M')).to.equal('2027-12-21T00:00:00.000Z');
    expect(added('2026-12-31T23:59:59.999Z', 'P2W1DT1H1M1S')).to.equal('2027-01-16T01:01:00.999Z');
    expect(added('1969-12-31T23:00:00.000Z', 'P1M')).to.equal('1970-01-31T23:00:00.000Z');
  });

  it('are whole numbers in the order of ISO 8601, and never nothing', () => {
    for (const iso of ['P1Y', 'P13M', 'P2W', 'P30D', 'PT4H', 'PT90M', 'P1Y2M3W4DT5H6M7S', 'P0Y1D'])
      expect(durationProblem(iso), iso).to.equal(undefined);
    for (const iso of [
      '',
      'P',
      'PT',
      'P1',
      '13M',
      'P1DT',
      'P1H',
      'P-1D',
      'P1.5M',
      'P1D1M',
      'p1d',
      'P0D',
      'PT0S',
      ' P1D',
      'P99999Y',
      30,
      undefined,
      {},
    ]) {
      expect(durationProblem(iso), String(iso)).to.be.a('string');
    }
    expect(addDuration(0, 'tomorrow')).to.be.NaN;
    expect(lengthOf('tomorrow')).to.be.NaN;
  });

  it('are as long as they are from the beginning of 1970', () => {
    const some = fc.array(fc.nat(9999), { minLength: 7, maxLength: 7 });
    holds(some, ([years, months, weeks, days, hours, minutes, seconds]) => {
      const iso = `P${years}Y${months}M${weeks}W${days}DT${hours}H${minutes}M${seconds}S`;
      if (lengthOf(iso) !== addDuration(0, iso)) throw new Error(iso);
    });
    expect(lengthOf('P13M')).to.equal(396 * 86_400_000);
    expect(lengthOf('P1YT1H')).to.equal(365 * 86_400_000 + 3_600_000);
  });

  it('agree with the calendar of the browser', () => {
    const cases = fc.record({
      from: fc.integer({ min: -6e12, max: 8e13 }),
      years: fc.nat(300),
      months: fc.nat(300),
      days: fc.nat(400),
    });
    holds(cases, ({ from, years, months, days }) => {
      const first = new Date(from);
      const day = first.getUTCDate();
      first.setUTCDate(1);
      first.setUTCMonth(first.getUTCMonth() + years * 12 + months);
      const last = new Date(Date.UTC(2000, 0, 1));
      last.setUTCFullYear(first.getUTCFullYear(), first.getUTCMonth() + 1, 0);
      first.setUTCDate(Math.min(day, last.getUTCDate()));
      const expected = first.getTime() + days * 86_400_000;
      const got = addDuration(from, `P${years}Y${months}M${days}D`);
      if (got !== expected)
        throw new Error(`${new Date(got).toISOString()} is not ${new Date(expected).toISOString()}`);
    });
  });
});

describe('What is kept', () => {
  it('is kept as long as the strictest allows', () => {
    const now = at('2026-11-21T00:00:00Z');
    expect(untilOf(now, ['P13M', 'P1M'])).to.equal(at('2026-12-21T00:00:00Z'));
    expect(untilOf(now, ['P1M', undefined], now + 5)).to.equal(now + 5);
    expect(untilOf(now, [undefined, 'P1D'], now + 9e9)).to.equal(now + 86_400_000);
    expect(untilOf(now, [undefined])).to.equal(undefined);
  });
});
