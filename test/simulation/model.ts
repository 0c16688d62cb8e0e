/**
 * What must be recalled, what may be, and what must not be: worked out from what was asked of the memories and how they
 * answered, with nothing of how src does it. It knows three answers, for what happens at the same time in two tabs may
 * end either way; it never says "must" where it is not sure.
 */
import type { Says, Selector } from './steps.js';

/** One page load, as the model sees it. */
export interface PageFacts {
  readonly id: number;
  readonly tab: number;
  readonly from: ReadonlySet<number>;
  readonly says: Says;
  /** What was settled before this tick it has heard of. */
  since: number;
  readonly opened: number;
  ready: number | undefined;
  gone: number | undefined;
  /** The latest that the clock has said since it was begun. */
  latest: number;
  /** "Not me" was pressed on a page that names somebody. */
  denied: boolean;
  /** Something was broken while it was there: it may not have read what it was told of. */
  faulted: boolean;
}

/** Something asked of a page. */
interface Asked {
  readonly page: PageFacts;
  readonly who: string | null;
  readonly invoked: number;
  /** By the simulation's own time, in milliseconds. */
  readonly invokedAt: number;
  settled?: number;
  /** The person's database, as the page named it when it was asked; for what was stored, when it was answered. */
  local: string | undefined;
  /** Tells one person of a page from the next. */
  readonly session: object;
}

/** A word of somebody: a fact's value or a message, with a text that is nowhere else. */
export interface Word extends Asked {
  readonly n: number;
  readonly key: string;
  readonly text: string;
  readonly rank: number;
  /** Its page had looked at the device, for whoever is on it now, when it was said. */
  readonly informed: boolean;
  readonly until?: number;
  /** Milliseconds, as the memory said. */
  at?: number;
  outcome: 'asked' | 'device' | 'visit' | 'failed';
  /** Brought in from a file, with a time of its own. */
  readonly imported?: boolean;
  /** It may have been carried in a file too, and come back with it. */
  carried?: boolean;
  /** Tabs in which it was brought in again, of which nobody knows that it is not in their visits. */
  readonly broughtAgain: Set<number>;
  /** When it was last brought in from a file that was carried away before. */
  broughtAt?: number;
  /** It may have gone for want of room, or because what it was stored in cannot be read. */
  unsure?: boolean;
  /** The named people who took it over with this visit. */
  readonly adopted: Set<string>;
  /** The days on which a page was begun, or had its person's database open, when it had expired. */
  readonly calledExpired: Set<number>;
}

interface Taken extends Asked {
  ok: boolean;
  /** Not done by the page that was asked, but left to the next. */
  left: boolean;
  noted: boolean;
  /** By the simulation's own time: until then it may not be done, or a page of another tab not have been told that it is. */
  untoldUntil?: number;
}

export interface Forgotten extends Taken {
  readonly of: Selector;
  readonly prefix: string | undefined;
  /** Answered, or left, and only in the visit: there was nobody on the device yet. Other pages hear of it when there is. */
  waits?: boolean;
  /** When it was answered somebody else was at its page, who may have begun after it and lost what they said before that. */
  elsewhere?: boolean;
  readonly at: number;
}

export interface Left extends Taken {
  readonly kind: 'wipe' | 'aside';
}

export const RANK = { stated: 4, observed: 1, inferred: 0 } as const;

export class Model {
  readonly words: Word[] = [];
  readonly forgets: Forgotten[] = [];
  readonly leaves: Left[] = [];
  readonly pages: PageFacts[] = [];
  tick = 0;
  /** A tab was duplicated: what a visit holds may be in another one too. */
  duplicated = false;
  granted = false;
  /** Ticks at which somebody cleared all of the site's data. */
  cleared = 0;
  /** Who is signed out is forgotten. */
  discards = false;

  readonly ofKey = new Map<string, Word[]>();
  /** Something ends by itself as time passes. */
  ends = false;

  add(word: Word): void {
    this.words.push(word);
    const others = this.ofKey.get(word.key);
    if (others) others.push(word);
    else this.ofKey.set(word.key, [word]);
    this.ends ||= word.until !== undefined;
  }

  wordIn(text: string): Word | undefined {
    const n = /«(\d+)»/.exec(text)?.[1];
    return n === undefined ? undefined : this.words[Number(n)];
  }

  // --- must not -------------------------------------------------------------------------------

  /** Why this page must not show it, by the id of the invariant; undefined: it may. */
  forbids(word: Word, page: PageFacts, wall: number): string | undefined {
    const who = whoAt(page);
    if (word.who !== null && word.who !== who)
      return `I13: said by ${word.who}, shown to ${who ?? 'nobody in particular'}`;
    if (word.who === null && who !== null && !word.adopted.has(who))
      return `I13: said by nobody in particular, shown to ${who}`;
    if (
      word.who === null &&
      who !== null &&
      word.outcome === 'device' &&
      (word.settled as number) < page.opened &&
      !this.words.some((other) => other === word && other.session !== word.session) &&
      word.adopted.size === 0
    )
      return `I13: of an anonymous person on the device, shown to ${who}`;
    for (const left of this.leaves) {
      if (left.kind === 'aside' && left.who !== null) continue;
      const known = page === left.page || heard(left, page);
      if (known && this.#leftWith(word, left, page))
        return `I13/I16: shown after the person had ${left.kind === 'wipe' ? 'been forgotten' : 'gone'}`;
    }
    // Brought in again by a page of this tab that was left before it was stored: it goes when the database has answered.
    const inVisit = page.ready === undefined && [...word.broughtAgain].some((tab) => page.from.has(tab));
    for (const forget of this.forgets) {
      const known = page === forget.page || heard(forget, page);
      if (known && this.takes(forget, word) && !inVisit) return 'I10/I16: shown after it had been forgotten';
    }
    if (word.until !== undefined && word.until <= wall) return 'retention: shown after it had expired';
    return undefined;
  }

  #leftWith(word: Word, left: Left, page: PageFacts): boolean {
    if (word.invoked > left.invoked) return false;
    if (word.outcome === 'device' && (word.settled as number) < left.invoked)
      return left.local !== undefined && word.local === left.local;
    // It was in the visit of this tab.
    return (
      !this.duplicated &&
      word.page === left.page &&
      word.session === left.session &&
      !word.imported &&
      page.tab === left.page.tab
    );
  }

  /** Whether it is sure that this forget takes this word away. */
  takes(forget: Forgotten, word: Word): boolean {
    // By its time it may have been said after a forget of somebody whose clock is behind, who had not heard of it.
    if (!selects(forget, word) || (word.broughtAt ?? 0) > forget.invoked) return false;
    const onDevice = forget.local !== undefined && word.local === forget.local;
    if (word.invoked > forget.invoked)
      return (
        'key' in forget.of &&
        word.rank < RANK.stated &&
        onDevice &&
        forget.ok &&
        !forget.left &&
        word.invoked > (forget.settled as number)
      );
    if (word.outcome === 'device' && (word.settled as number) < forget.invoked) return onDevice;
    return !this.duplicated && word.page === forget.page && word.session === forget.session && !word.imported;
  }

  // --- must -----------------------------------------------------------------------------------

  /** Whether it is sure to live on a page that shows the person of `local`. */
  lives(word: Word, page: PageFacts, local: string | undefined, wall: number): boolean {
    const own = word.page === page;
    if (word.settled === undefined || (word.outcome !== 'device' && !(own && word.outcome === 'visit')))
      return false;
    if (word.unsure || (word.imported && word.outcome !== 'device')) return false;
    // What somebody cleared away is nobody's to bring back, and what was on its way then may have been cleared or not.
    if (word.invoked < this.cleared) return false;
    const who = whoAt(page);
    if (word.who !== who) return false;
    if (word.who === null && word.outcome === 'device' && word.local !== local) return false;
    if (
      word.until !== undefined &&
      (word.until <= Math.max(wall, page.latest) || word.calledExpired.size > 1)
    )
      return false;
    // A page that names somebody puts whoever was there aside, and that is for good where they had no name.
    if (word.who === null && this.#since(word, ({ says }) => typeof says === 'string')) return false;
    if (this.mayBeDiscarded(word)) return false;
    const concerns = (other: Forgotten | Left) =>
      other.page === word.page ||
      ('of' in other && (other.elsewhere || other.waits || other.settled === undefined)) ||
      other.local === undefined ||
      word.local === undefined ||
      other.local === word.local;
    for (const forget of this.forgets)
      if (selects(forget, word) && concerns(forget) && !this.before(forget, word)) return false;
    for (const left of this.leaves) {
      if (left.who !== word.who || !concerns(left) || this.before(left, word)) continue;
      if (left.kind === 'wipe' || word.who === null) return false;
    }
    return true;
  }

  /** A page has said since that nobody is signed in, where who is signed out is forgotten. */
  mayBeDiscarded(word: Word): boolean {
    return word.who !== null && this.discards && this.#since(word, ({ says }) => says === null);
  }

  #since(word: Word, is: (page: PageFacts) => boolean): boolean {
    return this.pages.some((page) => is(page) && (page.gone ?? Infinity) > word.invoked);
  }

  /** Whether it is sure that the word came after: it has heard of it. */
  before(other: Forgotten | Left, word: Word): boolean {
    if ('of' in other && 'key' in other.of && word.rank < RANK.stated) return false;
    if (word.imported) return false;
    // Noted before its page knew whose database it meant, and done again by a page of another tab that finds it noted still.
    if (other.local === undefined && word.invokedAt < (other.untoldUntil ?? 0)) return false;
    if (other.page === word.page) return other.invoked < word.invoked;
    if (other.settled === undefined || !other.ok || other.settled > word.invoked) return false;
    if ('of' in other && other.waits) return false;
    // Its conversation has gone with it, and its page may not have heard of that yet.
    if ('of' in other && word.key.endsWith('.m') && word.page.opened < other.settled) return false;
    if ('at' in other && word.at !== undefined && word.at <= other.at) return false;
    return !other.left || word.page.opened > other.settled;
  }

  /** Whether, when both live, this page must show something else than `shown`. */
  beats(word: Word, shown: Word, shownAt: number): boolean {
    if (word === shown || word.at === undefined) return false;
    if (word.rank !== shown.rank) return word.rank > shown.rank;
    if (word.at !== shownAt) return word.at > shownAt;
    return this.after(word, shown);
  }

  /** Whether `later` was said by somebody who knew of `earlier`. */
  after(later: Word, earlier: Word): boolean {
    if (later.imported || earlier.imported) return false;
    if (later.page === earlier.page)
      return later.session === earlier.session && later.invoked > earlier.invoked;
    return (
      earlier.settled !== undefined &&
      earlier.outcome === 'device' &&
      later.local === earlier.local &&
      later.page.opened > earlier.settled &&
      later.informed &&
      !later.page.faulted
    );
  }
}

/** What was left to the next page is done by one that begins, not by those that are there. */
function heard({ ok, left, settled }: Forgotten | Left, page: PageFacts): boolean {
  return ok && (settled as number) < (left ? page.opened : page.since);
}

export function whoAt(page: PageFacts): string | null {
  return page.denied ? null : (page.says ?? null);
}

export function selects({ of, prefix }: Forgotten, { key }: Word): boolean {
  if ('key' in of) return key === of.key;
  const under = prefix ?? ('under' in of ? of.under : 'purpose' in of ? of.purpose : undefined);
  return under !== undefined && (key === under || key.startsWith(`${under}.`));
}
