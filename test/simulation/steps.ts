/** What can happen in a history, how one is drawn from a seed, and how it is told. */
import { chance, type Chance } from './random.js';

export const KEYS = [
  'identity.company',
  'preferences.shoe',
  'preferences.bell',
  'preferences.size',
  'care.allergy.nuts',
] as const;
export type Key = (typeof KEYS)[number];

/** Who the server says is signed in, as a page says it. */
export type Says = 'ana' | 'ben' | null | undefined;

export type Selector =
  | { readonly key: string }
  | { readonly under: string }
  | { readonly purpose: string }
  | { readonly conversation: number };

const FAULTS = [
  'full disk',
  'no more room',
  'spoilt record',
  'failed commit',
  'failed request',
  'commit that is not heard of',
  'failed open',
  'lost connection',
  'silently lost connection',
  'full local storage',
  'full session storage',
  'code not fetched',
  'spoiled boot record',
  'spoiled visit',
] as const;
export type Fault = (typeof FAULTS)[number];

type Act =
  | { readonly do: 'open'; readonly says: Says; readonly how: 'leave' | 'close' | 'cache' }
  | {
      readonly do: 'remember';
      readonly key: Key;
      readonly authority: 'stated' | 'observed' | 'inferred';
      readonly lasts?: number;
    }
  | { readonly do: 'forget'; readonly of: Selector }
  | { readonly do: 'forget everything' | 'not me' | 'grant' | 'refuse' | 'withdraw' }
  | { readonly do: 'start' }
  | { readonly do: 'say' | 'end'; readonly chat: number }
  | { readonly do: 'export' | 'import' | 'import a file' }
  | { readonly do: 'close' | 'leave' | 'crash' | 'freeze' | 'thaw' | 'back' | 'duplicate' | 'hide' | 'show' }
  | { readonly do: 'discard' | 'clear site data' | 'clear local storage' }
  | { readonly do: 'crash the browser'; readonly losesLocal: boolean; readonly losesSessions: boolean }
  /** Undefined: the clock is set right. */
  | { readonly do: 'jump'; readonly ms: number | undefined }
  | { readonly do: 'settle' }
  | { readonly do: 'fault'; readonly fault: Fault }
  | { readonly do: 'heal' };

export type Step = Act & {
  readonly tab: number;
  /** What the step itself leaves to chance, so that leaving another step out changes little of it. */
  readonly seed: number;
  /** Milliseconds before the next step; undefined: until it is done, a second at most. */
  readonly wait?: number;
};

/** What stays as it is for a whole history. */
export interface Setting {
  readonly deaf: number;
  readonly slowness: number;
  readonly slowCode: number;
  readonly lag: number;
  readonly records: boolean;
  readonly buffersNew: boolean;
  readonly locks: boolean;
  /** How far the clocks of two pages are apart, at most. */
  readonly skew: number;
  readonly keep?: string;
  readonly signedOut?: 'discard';
}

export interface Plan {
  readonly seed: number;
  readonly setting: Setting;
  /** What pages say that are loaded because there was none. */
  readonly says: readonly Says[];
  readonly steps: readonly Step[];
}

/** So many steps a history has. */
export const LENGTH = 200;
const TABS = 3;
const DAY = 86_400_000;
const JUMPS = [-3_600_000, -60_000, -1000, 1000, 60_000, 3_600_000, 5 * 3_600_000, DAY, -DAY];

export function planOf(seed: number): Plan {
  const random = chance(seed);
  const some = (probability: number, weight: number) => (random.happens(probability) ? weight : 0);
  const named = random.happens(0.5);
  const tabs = 1 + random.below(TABS);
  // Many conversations that have ended, on a device that has no room for more.
  const crowded = random.happens(0.2);
  const faults = FAULTS.filter((fault) => (crowded && fault === 'no more room') || random.happens(0.25));
  const setting: Setting = {
    deaf: random.pick([0, 0, 0, 0.3, 1]),
    slowness: random.pick([1, 1, 4, 30]),
    slowCode: random.pick([0, 5, 100]),
    lag: random.pick([1, 1, 50, 500]),
    records: random.happens(0.5),
    buffersNew: random.happens(0.5),
    locks: random.happens(0.85),
    skew: random.pick([0, 0, 5, 3000]),
    ...(random.happens(0.2) && { keep: 'P30D' }),
    ...(random.happens(0.15) && { signedOut: 'discard' as const }),
  };
  // A swarm: each history has some of what can happen, so that what is rare in all is common in a few.
  const weights = {
    open: random.pick([6, 15]),
    remember: random.pick([20, 40]),
    forget: some(crowded ? 0.3 : 0.8, random.pick([3, 12])),
    'forget everything': some(0.3, 1),
    'not me': some(0.4, random.pick([1, 3])),
    grant: crowded ? 15 : random.pick([2, 6, 15]),
    refuse: some(0.2, 1),
    withdraw: some(0.3, 1),
    start: crowded ? 8 : some(0.7, 4),
    say: crowded ? 20 : some(0.8, 12),
    end: crowded ? 10 : some(0.5, 2),
    export: some(0.4, 2),
    import: some(0.7, 2),
    'import a file': some(0.4, 2),
    close: some(0.5, 2),
    leave: some(0.7, 3),
    crash: some(0.5, 2),
    freeze: some(0.3, 2),
    thaw: 4,
    back: some(0.6, 4),
    duplicate: some(0.25, 1),
    hide: some(0.5, 3),
    show: some(0.6, 3),
    'crash the browser': some(0.3, 2),
    discard: some(0.4, 2),
    'clear site data': some(0.15, 1),
    'clear local storage': some(0.15, 1),
    jump: some(0.4, random.pick([3, 8])),
    settle: random.pick([0, 2, 4]),
    fault: faults.length ? random.pick([2, 6]) : 0,
    heal: faults.length ? (crowded ? 2 : 4) : 0,
  };
  const says: readonly Says[] = named
    ? random.pick<readonly Says[]>([
        ['ana', 'ben', null],
        ['ana', undefined, null],
        ['ana', 'ana', 'ben', undefined],
        ['ana', null, null],
      ])
    : random.pick<readonly Says[]>([[undefined], [null], [undefined, null]]);
  const rush = random.pick([0.15, 0.5, 0.8]);
  // Clocks that are wrong for a while, or for good.
  const rights = random.pick([0, 0.5]);
  const jumps = random.pick([JUMPS, [DAY]]);
  const lasting = random.pick([0.1, 0.1, 0.5]);
  const caches = random.happens(0.4);
  const keys = random.happens(0.5) ? KEYS.slice(0, 2) : KEYS;

  // More than are taken: some will find nothing to do.
  const steps = Array.from({ length: 2 * LENGTH }, (): Step => {
    const name = random.weighted(weights);
    return {
      ...actOf(name),
      tab: random.below(tabs),
      seed: random.below(2 ** 31),
      ...(random.happens(rush) && { wait: random.pick([0, 0, 0.3, 1, 3, 20, 300]) }),
    };
  });
  return { seed, setting, says, steps };

  function actOf(name: keyof typeof weights): Act {
    switch (name) {
      case 'open':
        return {
          do: name,
          says: random.pick(says),
          how: random.pick(caches ? ['cache', 'cache', 'leave'] : ['leave', 'leave', 'close']),
        };
      case 'remember':
        return {
          do: name,
          key: random.pick(keys),
          authority: random.pick(['stated', 'stated', 'stated', 'observed', 'inferred']),
          ...(random.happens(lasting) && { lasts: random.pick([5000, DAY, DAY]) }),
        };
      case 'forget':
        return { do: name, of: selectorOf(random, keys) };
      case 'say':
      case 'end':
        return { do: name, chat: random.below(crowded ? 12 : 4) };
      case 'crash the browser':
        return { do: name, losesLocal: random.happens(0.5), losesSessions: random.happens(0.5) };
      case 'jump':
        return {
          do: name,
          ms: random.happens(rights) ? undefined : random.pick(jumps),
        };
      case 'fault':
        return { do: name, fault: crowded && random.happens(0.5) ? 'no more room' : random.pick(faults) };
      default:
        return { do: name };
    }
  }
}

function selectorOf(random: Chance, keys: readonly string[]): Selector {
  return random.pick<() => Selector>([
    () => ({ key: random.pick(keys) }),
    () => ({ key: random.pick(keys) }),
    () => ({ under: random.pick(['preferences', 'identity', 'conversations']) }),
    () => ({ purpose: random.pick(['preferences', 'care', 'conversations']) }),
    () => ({ conversation: random.below(4) }),
  ])();
}

// --- telling ----------------------------------------------------------------------------------

export function tell(step: Step): string {
  const { tab, wait } = step;
  return `${sentence(step, `tab ${tab}`)}${wait === undefined ? '' : ` (the next step comes ${wait} ms later)`}`;
}

function sentence(step: Step, tab: string): string {
  switch (step.do) {
    case 'open':
      return `In ${tab} a page is loaded that says ${step.says === undefined ? 'nothing about who is there' : step.says === null ? 'that nobody is signed in' : `${step.says} is signed in`}; the one before it ${{ leave: 'is left', close: 'closes its memory first', cache: 'goes into the back/forward cache' }[step.how]}.`;
    case 'remember':
      return `${cap(tab)} remembers ${step.key} (${step.authority}${step.lasts ? `, for ${step.lasts} ms` : ''}).`;
    case 'forget':
      return `${cap(tab)} forgets ${JSON.stringify(step.of)}.`;
    case 'start':
      return `${cap(tab)} starts a conversation.`;
    case 'say':
    case 'end':
      return `${cap(tab)} ${step.do === 'say' ? 'says something in' : 'ends'} conversation ${step.chat}.`;
    case 'crash the browser':
      return `The browser crashes${step.losesLocal ? ', and loses what it had not written of local storage' : ''}${step.losesSessions ? ', and does not restore its tabs' : ''}.`;
    case 'jump':
      return step.ms === undefined ? 'The clock is set right.' : `The clock jumps by ${step.ms / 1000} s.`;
    case 'settle':
      return 'Everything comes to rest.';
    case 'discard':
      return `${cap(tab)} is discarded in the background, and loaded again when it is come back to.`;
    case 'clear site data':
      return 'Somebody clears all data of the site.';
    case 'clear local storage':
      return 'Something clears local storage.';
    case 'fault':
      return `From here on: ${step.fault}.`;
    case 'heal':
      return 'What was broken works again.';
    case 'import':
      return `${cap(tab)} imports what it exported last.`;
    case 'import a file':
      return `${cap(tab)} imports a file of a later version.`;
    case 'back':
      return `${cap(tab)} goes back to a page in its back/forward cache.`;
    case 'not me':
      return `In ${tab} somebody presses "not me".`;
    case 'grant':
    case 'refuse':
    case 'withdraw':
      return `In ${tab} somebody presses ${step.do}.`;
    default:
      return `${cap(tab)}: ${step.do}.`;
  }
}

const cap = (text: string) => text[0]?.toUpperCase() + text.slice(1);
