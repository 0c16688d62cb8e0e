/**
 * How far a round can have come when it was killed. What was told is certain; a tab may have gone on while its last word
 * was under way, but never begins a group before all of the one before was accepted.
 */
import type { Group, Lanes, Step, TabName, Told } from './talk.js';
import { apply, copyOf, NOTHING, type World } from './world.js';

/** How many groups each tab has been through. */
export type Reach = Readonly<Record<TabName, number>>;

/** Did it take place? One that was refused may have, too. */
export interface Happened {
  readonly step: Step;
  readonly how: 'surely' | 'perhaps' | 'never';
}

/** Both tabs write it: of what they said last, either may stand. */
export const SHARED = 'preferences.shared';

const TAKING: readonly Step['do'][] = ['everything', 'withdraw', 'not me'];

/** Whether a group takes the whole person away: it is begun when the other tab has done all of its own. */
export function isTaking({ steps }: Group): boolean {
  return steps.some((step) => TAKING.includes(step.do));
}

/** Every reach that agrees with what was told, the shortest first. */
export function reaches(lanes: Lanes, told: readonly Told[]): Reach[] {
  const { a, b } = lanes;
  const taking = a.findIndex(isTaking);
  const from = { a: leastOf(a, 'a', told), b: leastOf(b, 'b', told) };
  const all: Reach[] = [];
  for (let first = from.a; first <= a.length; first += 1)
    for (let second = from.b; second <= b.length; second += 1)
      if (taking < 0 || first <= taking || second === b.length) all.push({ a: first, b: second });
  return all.sort((one, other) => one.a + one.b - other.a - other.b);
}

function leastOf(lane: readonly Group[], tab: TabName, told: readonly Told[]): number {
  const mine = told.filter((one) => one.tab === tab);
  const last = Math.max(0, ...mine.map(({ group }) => group));
  const here = mine.filter(({ group }) => group === last).length;
  return here > 0 && here === lane[last]?.steps.length ? last + 1 : last;
}

/** Every step of a round, in an order in which it can have been: what takes all away comes after all of the other tab. */
export function happened(lanes: Lanes, told: readonly Told[], reach: Reach, granted: boolean): Happened[] {
  const taking = lanes.a.findIndex(isTaking);
  const at = taking < 0 ? lanes.a.length : taking;
  const mine = lanes.a.map((group, n) => of(group, 'a', n));
  const others = lanes.b.map((group, n) => of(group, 'b', n));
  return asGranted([...mine.slice(0, at), ...others, ...mine.slice(at)].flat(), granted);

  function of({ steps }: Group, tab: TabName, n: number): Happened[] {
    return steps.map((step, at) => {
      const word = told.find((one) => one.tab === tab && one.group === n && one.step === at);
      return { step: inTab(step, tab), how: howOf(word, n - reach[tab], steps) };
    });
  }
}

/** @param from how many groups after the last one that was surely begun. */
function howOf(word: Told | undefined, from: number, steps: readonly Step[]): Happened['how'] {
  if (word?.refused !== undefined) return 'perhaps';
  if (word || from < 0) return 'surely';
  // That a step alone has taken place is the next reach; but what a grant moves may have been moved in part.
  return from === 0 && (steps.length > 1 || steps[0]?.do === 'grant') ? 'perhaps' : 'never';
}

/** What was said before a grant is there as far as the grant took place: the tab it was said in is gone. */
function asGranted(steps: readonly Happened[], granted: boolean): Happened[] {
  let open = granted;
  return steps.map(({ step, how }, at) => {
    if (step.do === 'grant') open = true;
    if (TAKING.includes(step.do)) open = false;
    if (open || step.do === 'grant' || TAKING.includes(step.do)) return { step, how };
    const next = steps.slice(at).find((one) => one.step.do === 'grant' || TAKING.includes(one.step.do));
    return { step, how: next?.step.do === 'grant' ? weaker(how, next.how) : 'never' };
  });
}

const HOWS = ['never', 'perhaps', 'surely'] as const;

const weaker = (one: Happened['how'], other: Happened['how']): Happened['how'] =>
  HOWS[Math.min(HOWS.indexOf(one), HOWS.indexOf(other))] as Happened['how'];

const inTab = (step: Step, tab: TabName): Step =>
  step.do === 'remember' && step.key === SHARED ? { ...step, key: `${SHARED}@${tab}` } : step;

/** The state, or the states, in which the world must be after that. */
export function after(world: World, steps: readonly Happened[]): World {
  const next = copyOf(world);
  const before = next.facts.get(SHARED) ?? NOTHING;
  next.facts.delete(SHARED);
  for (const tab of ['a', 'b']) next.facts.set(`${SHARED}@${tab}`, before);
  for (const { step, how } of steps) if (how !== 'never') apply(next, step, how === 'surely');
  const sides = ['a', 'b'].flatMap((tab) => next.facts.get(`${SHARED}@${tab}`) ?? []);
  for (const tab of ['a', 'b']) next.facts.delete(`${SHARED}@${tab}`);
  const [old] = before;
  // What stood there before stands only where neither tab has surely said something else.
  const values = sides.flatMap((side) => [...side]);
  const stands = sides.every((side) => side.has(old));
  if (sides.length > 0) next.facts.set(SHARED, new Set(values.filter((value) => stands || value !== old)));
  return next;
}
