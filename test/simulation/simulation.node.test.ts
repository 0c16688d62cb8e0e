/** A share of the simulator that every run affords; `npm run hunt` is the rest of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BUGS } from './bugs.js';
import { loadMemory } from './bundle.js';
import { firstSeed } from './first-seed.js';
import { play } from './history.js';
import { story } from './shrink.js';
import { everyWorker } from './workers.js';
import { LENGTH, planOf, type Plan, type Says, type Step } from './steps.js';

/** With `HISTORIES` so many on all cores, from the commit's own seed on; else a few that are always the same. */
const HISTORIES = Number(process.env['HISTORIES'] ?? 15);

test('in histories of 200 steps with everything a browser does, all that must hold does', async () => {
  const first = process.env['HISTORIES'] ? firstSeed() : 1;
  const failed: string[] = [];
  let steps = 0;
  let next = first;
  await everyWorker(
    {},
    () => {
      const count = Math.min(5, first + HISTORIES - next);
      next += count;
      return count > 0 ? { first: next - count, count, all: true } : undefined;
    },
    (found) => {
      steps += found.steps;
      for (const { seed, violation } of found.failed)
        failed.push(`npm run hunt -- --seed ${seed}: ${violation.id}, ${violation.what}`);
    },
  );
  console.log(`${HISTORIES} histories from seed ${first} on, ${steps} steps`);
  assert.deepEqual(failed, []);
  assert.equal(steps, HISTORIES * LENGTH);
});

test('a history is the same whenever it is played', async () => {
  const { make } = await loadMemory();
  assert.deepEqual(await play(planOf(7), make), await play(planOf(7), make));
});

test('each seeded bug fits the code as it is', async () => {
  for (const { name, patches } of BUGS) await loadMemory(name, patches);
});

// --- what the simulator has found, as the shortest histories of it ---------------------------------

test('“not me” pressed twice leaves nobody at the page', () =>
  holds([
    { do: 'open', ...leaving('ben') },
    { do: 'remember', ...shoe },
    { do: 'grant' },
    { do: 'not me' },
    { do: 'not me' },
    { do: 'open', tab: 1, ...leaving('ben') },
    { do: 'remember', tab: 1, ...shoe },
    { do: 'settle' },
  ]));

test('who leaves while their grant is under way has left', () =>
  holds([{ do: 'remember', ...shoe }, { do: 'grant', wait: 1 }, { do: 'not me' }, { do: 'settle' }]));

test('who is forgotten while their grant is under way is forgotten', () =>
  holds([
    { do: 'remember', ...shoe },
    { do: 'grant', wait: 1 },
    { do: 'forget everything' },
    { do: 'settle' },
  ]));

test('everything is forgotten on a page that was closed to somebody who has signed out since', () =>
  holds([
    { do: 'open', ...leaving('ana') },
    { do: 'grant' },
    { do: 'open', ...leaving(undefined) },
    { do: 'remember', ...shoe },
    { do: 'open', tab: 1, ...leaving(null) },
    { do: 'settle' },
    { do: 'grant' },
    { do: 'forget everything' },
  ]));

test('a page that begins while another carries out “not me” does not show who has left', () =>
  holds([
    { do: 'grant' },
    { do: 'remember', ...shoe },
    { do: 'start', tab: 1 },
    { do: 'not me', wait: 1 },
    { do: 'open', ...leaving(undefined) },
  ]));

test('what is said after a forget that has not been heard of is shown at once', () =>
  holds(
    [
      { do: 'grant' },
      { do: 'forget', of: { key: shoe.key } },
      { do: 'open', tab: 1, ...leaving(undefined) },
      { do: 'remember', ...shoe },
      { do: 'forget', tab: 1, of: { key: shoe.key } },
      { do: 'remember', ...shoe },
    ],
    { deaf: 1 },
  ));

test('what two tabs forget one after the other stays forgotten, although the clock was set back between', () =>
  holds([
    { do: 'grant' },
    { do: 'remember', ...shoe },
    { do: 'open', tab: 1, ...leaving(null) },
    { do: 'forget', of: { key: shoe.key }, wait: 0 },
    { do: 'jump', ms: -86_400_000 },
    { do: 'forget', tab: 1, of: { key: shoe.key } },
  ]));

test('a page that could not fetch what carries out “not me” does not show who has left in another tab since', () =>
  holds(
    [
      { do: 'grant', tab: 1 },
      { do: 'remember', ...shoe },
      { do: 'settle', wait: 300 },
      { do: 'not me', wait: 0.3 },
      { do: 'fault', fault: 'code not fetched', wait: 0 },
      { do: 'open', says: undefined, how: 'cache' },
      { do: 'settle' },
    ],
    { deaf: 1 },
  ));

test('what was to be forgotten of who has left since takes nothing from who comes after them', () =>
  holds(
    [
      { do: 'grant' },
      { do: 'forget', tab: 1, of: { key: shoe.key }, wait: 0.3 },
      { do: 'open', tab: 1, says: null, how: 'cache' },
      { do: 'not me' },
      { do: 'back', tab: 1 },
      { do: 'remember', tab: 1, ...shoe },
      { do: 'grant', wait: 1 },
      { do: 'export' },
      { do: 'open', tab: 1, says: null, how: 'cache' },
      { do: 'settle' },
    ],
    { slowCode: 100 },
  ));

test('what is forgotten while it waits for a record that cannot be read to be set aside stays forgotten', () =>
  holds(
    [
      { do: 'grant' },
      { do: 'remember', ...shoe },
      { do: 'start', tab: 1 },
      { do: 'settle', wait: 20 },
      { do: 'fault', fault: 'spoilt record', wait: 20 },
      { do: 'remember', ...shoe, wait: 0 },
      { do: 'forget', of: { under: 'preferences' }, wait: 20 },
      { do: 'open', tab: 2, ...leaving(undefined) },
      { do: 'settle' },
    ],
    { slowness: 30 },
  ));

test('what a page that was left at once had forgotten is gone, though another had forgotten it by a clock that was ahead', () =>
  holds(
    [
      { do: 'open', says: null, how: 'leave' },
      { do: 'open', tab: 1, says: null, how: 'leave' },
      { do: 'jump', ms: 18_000_000 },
      { do: 'grant' },
      { do: 'forget', tab: 1, of: { under: 'preferences' } },
      { do: 'jump', ms: undefined },
      { do: 'forget', tab: 1, of: { key: company.key } },
      { do: 'remember', tab: 1, ...company },
      { do: 'forget', of: { key: company.key }, wait: 0.3 },
      { do: 'open', says: null, how: 'cache' },
    ],
    { lag: 50 },
  ));

test('what is forgotten while its grant is under way is forgotten, although another tab says “not me” then', () =>
  holds(
    [
      { do: 'open', tab: 1, ...leaving(undefined) },
      { do: 'remember', ...shoe },
      { do: 'grant', tab: 1, wait: 3 },
      { do: 'grant', wait: 300 },
      { do: 'not me', tab: 1, wait: 3 },
      { do: 'forget', of: { key: shoe.key }, wait: 1 },
      { do: 'settle' },
    ],
    { slowness: 10, slowCode: 0 },
  ));

test('a page whose grant fails does not tell the next one what it had read under no generation', () =>
  holds(
    [
      { do: 'open', says: null, how: 'leave' },
      { do: 'open', tab: 1, says: null, how: 'leave' },
      { do: 'grant', wait: 20 },
      { do: 'fault', fault: 'full local storage' },
      { do: 'forget', tab: 1, of: { key: company.key } },
      { do: 'grant', wait: 20 },
      { do: 'open', tab: 1, says: null, how: 'leave' },
      { do: 'heal' },
      { do: 'remember', ...shoe },
      { do: 'grant', tab: 1 },
      { do: 'forget', tab: 1, of: { under: 'preferences' } },
      { do: 'grant', wait: 0 },
      { do: 'fault', fault: 'failed commit', wait: 1 },
      { do: 'open', says: null, how: 'leave' },
    ],
    { lag: 50 },
  ));

test('a page granted again after “not me” in another tab, which it could not hear of, leaves nothing of whom it shows to the next page', () =>
  holds(
    [
      { do: 'start', tab: 1 },
      { do: 'grant', tab: 1, wait: 1 },
      { do: 'say', tab: 2, chat: 0, wait: 300 },
      { do: 'leave', tab: 2 },
      { do: 'fault', fault: 'full local storage', wait: 300 },
      { do: 'forget', of: { under: 'conversations' }, wait: 0.3 },
      { do: 'remember', tab: 1, ...company },
      { do: 'start', tab: 2 },
      { do: 'heal' },
      { do: 'forget', tab: 2, of: { purpose: 'preferences' } },
      { do: 'not me', tab: 2 },
      { do: 'leave', tab: 2, wait: 3 },
      { do: 'grant' },
      { do: 'end', tab: 1, chat: 3, wait: 3 },
      { do: 'remember', tab: 1, ...company },
      { do: 'remember', tab: 1, ...shoe },
      { do: 'forget', tab: 2, of: { key: shoe.key }, wait: 0 },
      { do: 'settle' },
    ],
    { deaf: 1, slowness: 30 },
  ));

test('a page whose grant found no room says nothing into a conversation of whom it could not join', () =>
  holds(
    [
      { do: 'open', says: null, how: 'leave' },
      { do: 'open', tab: 1, says: null, how: 'leave' },
      { do: 'open', tab: 2, says: null, how: 'leave' },
      { do: 'forget', of: { key: shoe.key }, wait: 3 },
      { do: 'remember', tab: 1, ...company, wait: 300 },
      { do: 'grant', tab: 2 },
      { do: 'start', tab: 2 },
      { do: 'fault', fault: 'no more room', wait: 3 },
      { do: 'grant', tab: 1 },
      { do: 'grant', wait: 20 },
      { do: 'start', tab: 2 },
      { do: 'withdraw', tab: 2 },
      { do: 'say', chat: 3, wait: 1 },
      { do: 'grant', tab: 2 },
    ],
    { deaf: 1 },
  ));

test('what is forgotten while a page looks again is forgotten, although it was said by a clock that is a day ahead', () =>
  holds(
    [
      { do: 'grant' },
      { do: 'grant', tab: 1 },
      { do: 'jump', ms: 86_400_000 },
      { do: 'forget', tab: 1, of: { key: shoe.key } },
      { do: 'remember', tab: 1, ...shoe },
      { do: 'jump', ms: undefined },
      { do: 'show', wait: 0 },
      { do: 'forget', of: { key: shoe.key } },
      { do: 'settle' },
    ],
    { deaf: 1, slowCode: 100 },
  ));

test('what is forgotten while its page joins whom another tab has made is forgotten, although it was said by a clock that is a day ahead', () =>
  holds(
    [
      { do: 'open', tab: 1, says: null, how: 'leave' },
      { do: 'jump', ms: 86_400_000 },
      { do: 'forget', of: { key: shoe.key } },
      { do: 'remember', ...shoe },
      { do: 'jump', ms: undefined },
      { do: 'grant', wait: 0 },
      { do: 'grant', tab: 1, wait: 30 },
      { do: 'forget', tab: 1, of: { key: shoe.key } },
      { do: 'settle' },
    ],
    { deaf: 1, slowCode: 0, locks: false },
  ));

test('“forget everything” pressed while its grant is under way forgets whom another tab has made meanwhile', () =>
  holds(
    [
      { do: 'remember', ...shoe, wait: 300 },
      { do: 'remember', ...company, wait: 0 },
      { do: 'grant', wait: 0 },
      { do: 'grant', tab: 1, wait: 0.3 },
      { do: 'withdraw' },
      { do: 'grant', wait: 300 },
      { do: 'remember', tab: 1, ...shoe },
      { do: 'forget everything', tab: 1 },
      { do: 'remember', ...company },
    ],
    { deaf: 1, slowness: 30, slowCode: 100 },
  ));

const company = { key: 'identity.company', authority: 'stated' } as const;
const shoe = { key: 'preferences.shoe', authority: 'stated' } as const;

function leaving(says: Says) {
  return { says, how: 'leave' } as const;
}

type Told = Step extends infer One
  ? One extends Step
    ? Omit<One, 'tab' | 'seed'> & { tab?: number }
    : never
  : never;

/** In a browser that is quick or slow to answer, in one order or another. */
async function holds(told: readonly Told[], changed: Partial<Plan['setting']> = {}): Promise<void> {
  const { make } = await loadMemory();
  for (let seed = 1; seed <= 40; seed += 1) {
    const plan: Plan = {
      seed,
      says: [undefined],
      setting: {
        deaf: 0,
        slowness: 1,
        slowCode: seed % 3,
        lag: 1,
        records: false,
        buffersNew: false,
        locks: true,
        skew: 0,
        ...changed,
      },
      steps: told.map((step, at) => ({ tab: 0, seed: seed * 100 + at, ...step }) as Step),
    };
    const { violation } = await play(plan, make);
    assert.ok(!violation, violation && story({ plan, violation }));
  }
}
