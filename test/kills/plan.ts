/** What happens in a round, and when it ends: all of it from the seed and from what is known to be there. */
import type { Chance } from '../simulation/random.js';
import { isTaking, SHARED } from './possible.js';
import type { Group, Lanes, Step, TabName, Value } from './talk.js';
import type { Words } from './words.js';
import { apply, copyOf, type World } from './world.js';

/** When the browser is killed. Milliseconds are after that. */
export type Moment =
  /** The first page was asked for: in the middle of a start. */
  | { readonly at: 'start'; readonly ms: number }
  /** So many steps were accepted. */
  | { readonly at: 'write'; readonly accepted: number; readonly ms: number }
  /** A tab has said that it is about to do this group. */
  | { readonly at: 'about'; readonly tab: TabName; readonly group: number; readonly ms: number }
  /** Everything was done. */
  | { readonly at: 'end'; readonly ms: number }
  /** The browser was asked to close, and is about to. */
  | { readonly at: 'closing'; readonly ms: number }
  /** Not at all: it closes as it should, and has written what it holds back. */
  | { readonly at: 'never' };

export interface RoundPlan {
  readonly lanes: Lanes;
  readonly moment: Moment;
}

const KEYS = 6;
const MOST = 32;

/** Whether the browser is killed before its first page has looked round. */
export function killsAtStart(chance: Chance): Extract<Moment, { at: 'start' }> | undefined {
  return chance.happens(0.08) ? { at: 'start', ms: chance.below(chance.pick([40, 400])) } : undefined;
}

/** @param two whether a second tab is there. */
export function planRound(chance: Chance, world: World, words: Words, two: boolean): RoundPlan {
  const plan = { a: planner('a'), b: planner('b') };
  plan.a.go(4 + chance.below(MOST));
  if (two) plan.b.go(4 + chance.below(MOST));
  if (chance.happens(0.15)) {
    plan.a.takeAway();
    plan.a.go(2 + chance.below(6));
  }
  const lanes = { a: plan.a.groups, b: plan.b.groups };
  return { lanes, moment: momentOf(chance, lanes) };

  function planner(tab: TabName) {
    const groups: Group[] = [];
    const now = copyOf(world);
    const mine = () => [...now.chats.keys()].filter((topic) => topic.startsWith(tab));
    /** Whoever speaks in one that has ended opens it again. */
    const open = () => mine().filter((topic) => now.chats.get(topic)?.ended.has(undefined));
    const keys = Array.from({ length: KEYS }, (_, n) => `preferences.${tab}${n}`);
    const care = Array.from({ length: KEYS }, (_, n) => `care.${tab}.n${n}`);

    function add(steps: readonly Step[], loud = false): void {
      if (steps.length > 0) groups.push({ loud, steps });
      for (const step of steps) apply(now, step, true);
    }

    const remember = (key = chance.pick([...keys, ...care, SHARED])): Step => {
      const word = words.next();
      const value: Value = { word, more: more(chance, 300), end: word };
      return { do: 'remember', key, value };
    };
    const text = () => {
      const word = words.next();
      return `${word} ${more(chance, chance.happens(0.1) ? 9000 : 200)} ${word}`;
    };
    const start = (): Step => ({
      do: 'start',
      chat: tab + words.next().slice(1, -1),
      texts: Array.from({ length: chance.below(4) }, text),
    });
    const say = (chat = chance.pick(open())): Step => ({ do: 'say', chat, text: text() });

    function act(): void {
      if (open().length === 0) return add([start()]);
      switch (
        chance.weighted({
          remember: 6,
          facts: 2,
          start: 2,
          say: 6,
          talk: 3,
          end: 1,
          key: 2,
          under: 1,
          chat: 1,
        })
      ) {
        case 'remember':
          return add([remember()]);
        case 'facts':
          return add(some([...keys, ...care]).map(remember));
        case 'start':
          return add([start()]);
        case 'say':
          return add([say()]);
        case 'talk':
          return add(Array.from({ length: 2 + chance.below(12) }, () => say()));
        case 'end':
          return add([{ do: 'end', chat: chance.pick(open()), word: words.next() }]);
        case 'key':
          return add([{ do: 'forget', of: { key: chance.pick([...keys, ...care]) } }], chance.happens(0.5));
        case 'under':
          return add([{ do: 'forget', of: { under: `care.${tab}` } }], chance.happens(0.5));
        case 'chat':
          return add([{ do: 'forget', of: { conversation: chance.pick(mine()) } }], chance.happens(0.5));
      }
    }

    const some = (all: readonly string[]) => all.filter(() => chance.happens(0.4)).slice(0, 8);

    return {
      groups,
      go(count: number): void {
        if (!now.granted.includes(true)) {
          for (const key of some(keys)) add([remember(key)]);
          add([start()]);
          add([{ do: 'grant' }], true);
        }
        for (let left = count; left > 0; left -= 1) act();
      },
      takeAway: () => add([{ do: chance.pick(['everything', 'everything', 'withdraw', 'not me']) }], true),
    };
  }
}

function more(chance: Chance, most: number): string {
  return 'x'.repeat(chance.below(chance.pick([5, 50, most])));
}

function momentOf(chance: Chance, lanes: Lanes): Moment {
  const steps = [...lanes.a, ...lanes.b].reduce((sum, group) => sum + group.steps.length, 0);
  const loud = (['a', 'b'] as const).flatMap((tab) =>
    lanes[tab].flatMap(({ loud }, group) => (loud ? [{ tab, group }] : [])),
  );
  const grave = loud.filter(({ tab, group }) => {
    const one = lanes[tab][group] as Group;
    return isTaking(one) || one.steps[0]?.do === 'grant';
  });
  const soon = () => chance.below(chance.pick([1, 4, 20, 60]));
  if (grave.length > 0 && chance.happens(0.5)) return { at: 'about', ...chance.pick(grave), ms: soon() };
  const which = chance.weighted({ write: 12, about: 3, end: 1, closing: 1, never: 2 });
  if (which === 'about' && loud.length > 0) return { at: 'about', ...chance.pick(loud), ms: soon() };
  switch (which) {
    case 'about':
    case 'write':
      return {
        at: 'write',
        accepted: 1 + chance.below(steps),
        ms: chance.below(chance.pick([1, 5, 30, 300])),
      };
    case 'end':
      return { at: 'end', ms: chance.below(600) };
    case 'closing':
      return { at: 'closing', ms: chance.below(100) };
    case 'never':
      return { at: 'never' };
  }
}
