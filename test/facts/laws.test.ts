import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { AUTHORITIES, rankOf } from '../../src/facts/authority.js';
import { covers } from '../../src/facts/cover.js';
import type { Fact, Held, Message, Row } from '../../src/facts/entry.js';
import { isExpired, living } from '../../src/facts/living.js';
import { compareHeld, timeOf } from '../../src/facts/order.js';
import { isFinal, matches } from '../../src/facts/selector.js';
import { wallOf } from '../../src/facts/stamp.js';
import { resolveKey } from '../../src/facts/value.js';
import { visible } from '../../src/facts/visible.js';
import { plans } from './plans.js';
import { holds, SEED } from './runs.js';
import { fact, idOf, NOON } from './samples.js';
import { createWorld, forgetsOf, live, reunion, shown, type Plan, type Step, type World } from './world.js';

/** Expiry may come between any two of these. */
const LATER = [0, 3, 20, 31, 999, 100_000];

describe(`Laws of the facts, over causally closed histories (seed ${SEED})`, function () {
  this.timeout(60_000);

  it('deleting, compacting and dropping needless forgets changes nothing that is shown: now, later, after a further forget or after an undo', () => {
    holds(plans, (any) => {
      // A part of the rows may lack what has been deleted since, so every device asks for all.
      const plan = {
        ...any,
        steps: any.steps.map((step): Step => (step.does === 'sync' ? { ...step, upTo: 'all' } : step)),
      };
      const remembering = createWorld(plan, false);
      const tidying = createWorld(plan, true, remembering.born);
      const before = screens(remembering, plan);
      const after = screens(tidying, plan);
      for (const [i, screen] of before.entries()) same(screen, after[i]);
    });
  });

  it('once everybody has heard everything, all devices and the endpoint show the same, however they heard it and whatever they deleted meanwhile', () => {
    holds(plans, (plan) => {
      const remembering = createWorld(plan, false);
      const tidying = createWorld(plan, true, remembering.born);
      for (const world of [remembering, tidying]) live(world, [...plan.steps, ...reunion(plan)]);
      for (const later of LATER) {
        const truth = shown(remembering.rows, remembering.now + later);
        for (const world of [remembering, tidying]) {
          same(shown(world.rows, world.now + later), truth);
          for (const { held } of world.devices) same(shown(held, world.now + later), truth);
        }
      }
    });
  });

  it('the order in which entries arrive changes nothing, even when each deletes what it covers', () => {
    holds(fc.tuple(plans, fc.infiniteStream(fc.nat(0xffff))), ([plan, places]) => {
      const { rows, now } = lived(plan);
      const shuffled = rows
        .map((row) => ({ row, place: places.next().value as number }))
        .sort((a, b) => a.place - b.place);
      let held: Held[] = [];
      for (const { row } of shuffled) {
        held = [...held, row];
        const forgets = forgetsOf(held);
        held = held.filter(
          (one) =>
            one.entry.kind === 'forget' || !forgets.some((forget) => covers(forget, one as Held<Fact>)),
        );
      }
      for (const later of LATER) same(shown(held, now + later), shown(rows, now + later));
    });
  });

  it('an entry stands against a forget exactly if its writer knew of it, the forget is not final, and nobody else speaks for the person', () => {
    holds(plans, (plan) => {
      const world = lived(plan);
      for (const { held } of [...world.devices, { held: world.rows }]) {
        const forgets = forgetsOf(held);
        for (const one of held) {
          if (one.entry.kind === 'forget') continue;
          const { entry } = one as Held<Fact | Message>;
          const stands = forgets
            .filter((forget) => matches(forget.entry.of, entry))
            .every(
              ({ entry: { id, of } }) =>
                world.born.get(entry.id)?.knew.has(id) &&
                !isFinal(of) &&
                !('key' in of && entry.kind === 'fact' && rankOf(entry.authority) < rankOf('stated')),
            );
          const isCovered = forgets.some((forget) => covers(forget, one as Held<Fact>));
          if (stands === isCovered)
            throw new Error(`${entry.id} ${stands ? 'should stand' : 'should be covered'}`);
        }
      }
    });
  });

  it('what one wrote stands after everything one had met, whatever the clocks say', () => {
    holds(plans, (plan) => {
      const { rows, born } = lived(plan);
      const byId = new Map(rows.map((row) => [row.entry.id, row]));
      for (const row of rows) {
        for (const id of born.get(row.entry.id)?.met ?? []) {
          const met = byId.get(id);
          if (met && compareHeld(row, met) <= 0)
            throw new Error(`${row.entry.id} stands before ${id}, which its writer had met`);
        }
      }
    });
  });

  it('the stamps of one device only rise, and no other clock carries them further than five minutes past the endpoint’s', () => {
    holds(plans, (plan) => {
      const world = createWorld(plan, false);
      const last = new Map<number, string>();
      live(world, plan.steps, (_, step) => {
        const at = world.born.get(idOf(world.step))?.at;
        if (at === undefined || !('device' in step)) return;
        const device = step.device % plan.clocks.length;
        const before = last.get(device);
        if (before !== undefined && at <= before) throw new Error(`${at} is not after ${before}`);
        last.set(device, at);
        const ahead = wallOf(at) - world.now;
        if (ahead > Math.max(5 * 60_000 + 1, plan.clocks[device] ?? 0)) throw new Error(`${ahead} ms ahead`);
      });
    });
  });

  it('a merge moves what lives, save what the known one forgot later than it was written, or for good', () => {
    holds(plans, (plan) => {
      const steps = plan.steps.filter(({ does }) => does !== 'merge' && does !== 'undo');
      const world = lived({ ...plan, steps });
      const { before, now, head } = world;
      const rows = [...world.rows];
      const forgets = forgetsOf(rows);
      live(world, [{ does: 'merge' }]);
      const moved = new Set(world.rows.slice(rows.length).map(({ received }) => received));
      const facts = before.filter(({ entry }) => entry.kind === 'fact') as (Row & Held<Fact>)[];
      for (const one of living(facts, forgetsOf(before), now)) {
        const isForgotten = forgets.some(
          (forget) =>
            matches(forget.entry.of, one.entry) &&
            (compareHeld(forget, one) > 0 ||
              isFinal(forget.entry.of) ||
              ('key' in forget.entry.of && rankOf(one.entry.authority) < rankOf('stated'))),
        );
        if (moved.delete(one.received as number) === isForgotten)
          throw new Error(`${one.entry.id} is ${isForgotten ? '' : 'not '}forgotten`);
      }
      same(moved.size, 0);
      for (const { seq, entry } of world.rows.slice(rows.length))
        same(seq > head && entry.seen === head, true);
    });
  });

  it('undoing a merge leaves everything as if it had never been, and takes nothing that was written since', () => {
    holds(plans, (plan) => {
      const merging = createWorld(plan, true);
      const merged = plan.steps.some(({ does }) => does === 'merge');
      const others = plan.steps.map((step): Step =>
        step.does === 'merge' || step.does === 'undo' ? { does: 'wait', ms: 0 } : step,
      );
      live(merging, [...plan.steps, { does: 'undo' }, ...reunion(plan)]);
      const without = createWorld(plan, false, merging.born);
      live(without, [...others, { does: 'wait', ms: 0 }, ...reunion(plan)]);
      same(shown(merging.rows, merging.now), shown(without.rows, without.now));
      for (const { held } of merging.devices)
        same(shown(held, merging.now), shown(without.rows, without.now));
      if (!merged) same(shown(merging.before, merging.now), shown(without.before, without.now));
    });
  });

  it('what comes back to the anonymous one by an undo is what it had, less what was forgotten meanwhile', () => {
    holds(plans, (plan) => {
      const steps = plan.steps.filter(({ does }) => does !== 'undo');
      const merging = lived({ ...plan, steps: [...steps, { does: 'undo' }] });
      const { before, now } = createWorld(plan, false);
      const meanwhile = merging.merges.flatMap(({ head }) =>
        forgetsOf(merging.rows).filter(({ seq = 0 }) => seq > head),
      );
      const had = visible(before, now + 1e9).values;
      const has = visible(merging.before, now + 1e9).values;
      for (const [key, { held }] of had) {
        const isForgotten = meanwhile.some(({ entry }) => matches(entry.of, held.entry));
        if (!isForgotten && has.get(key)?.held.entry.id !== held.entry.id) throw new Error(`${key} was lost`);
      }
      for (const row of merging.before) {
        if (row.entry.kind === 'fact' && meanwhile.some(({ entry }) => matches(entry.of, row.entry as Fact)))
          throw new Error(`${row.entry.key} came back`);
      }
    });
  });

  it('the value of a key is the strongest living word, the newest of equally strong ones, in whatever order they are given', () => {
    const rows = fc.uniqueArray(
      fc.record({
        n: fc.nat(400),
        authority: fc.constantFrom(...AUTHORITIES),
        value: fc.nat(2),
        wall: fc.constantFrom(NOON, NOON + 1, NOON + 400_000, NOON + 500_000),
        counter: fc.nat(1),
        received: fc.option(fc.constantFrom(NOON, NOON + 150_000), { nil: undefined }),
        until: fc.option(fc.constantFrom(NOON - 1, NOON, NOON + 1), { nil: undefined }),
      }),
      { selector: ({ n }) => n, maxLength: 8 },
    );
    holds(rows, (samples) => {
      const held = samples.map(({ n, received, until, ...sample }) =>
        fact({
          ...sample,
          id: idOf(n),
          ...(received !== undefined && { received }),
          ...(until !== undefined && { until }),
        }),
      );
      const alive = held.filter(({ entry }) => !isExpired(entry, NOON));
      const resolved = resolveKey(held, NOON);
      same(resolved?.held.entry.id, resolveKey([...held].reverse(), NOON)?.held.entry.id);
      if (!resolved) return same(alive.length, 0);
      const { entry } = resolved.held;
      for (const other of alive) {
        const stronger = rankOf(other.entry.authority) - rankOf(entry.authority);
        const newer = timeOf(other) - timeOf(resolved.held);
        if (stronger > 0 || (stronger === 0 && newer > 0))
          throw new Error(`${other.entry.id} should be the value`);
      }
      const newest = alive.reduce((a, b) => (compareHeld(a, b) > 0 ? a : b));
      same(resolved.reconfirm, newest.entry.value !== entry.value);
    });
  });

  it('messages stand as the endpoint has them, then those it does not have yet, as they were said', () => {
    holds(plans, (plan) => {
      const { devices, now } = lived(plan);
      for (const { held } of devices) {
        const { messages } = visible(held, now);
        const seqs = messages.map(({ seq }) => seq ?? Infinity);
        same([...seqs].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join(), seqs.join());
        const pending = messages.filter(({ seq }) => seq === undefined).map(({ entry }) => entry.id);
        same(
          held
            .filter(({ entry }) => pending.includes(entry.id))
            .map(({ entry }) => entry.id)
            .join(),
          pending.join(),
        );
      }
    });
  });
});

/** A world that deletes nothing and has lived this plan. */
function lived(plan: Plan): World {
  const world = createWorld(plan, false);
  live(world, plan.steps);
  return world;
}

/** What there was to see after each step, on the device that did it and at the endpoint, then and a little later; at the end everywhere. */
function screens(world: World, plan: Plan): string[] {
  const seen: string[] = [];
  const look = (held: readonly Held[], later: number) => seen.push(shown(held, world.now + later));
  live(world, [...plan.steps, ...reunion(plan)], (_, step) => {
    const later = LATER[world.step % LATER.length] ?? 0;
    const device = 'device' in step ? world.devices[step.device % world.devices.length] : undefined;
    for (const held of [device?.held ?? [], world.rows]) {
      look(held, 0);
      look(held, later);
    }
  });
  for (const held of [...world.devices.map((device) => device.held), world.rows, world.before]) {
    for (const later of LATER) look(held, later);
  }
  return seen;
}

/** As `expect(a).to.equal(b)`, at a thousandth of its price where it is right. */
function same(a: unknown, b: unknown): void {
  if (a !== b) void expect(a).to.equal(b);
}
