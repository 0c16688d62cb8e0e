/**
 * Plays a plan in a simulated browser with real memories, and looks after every step whether what is shown is what may
 * and must be shown. Gives the first violation, or nothing.
 */
import type { make as Make } from '../../src/memory/assemble.js';
import type { Remembered } from '../../src/memory/types.js';
import { Browser, type Page, type Tab } from './browser.js';
import { globals, NO_FAULTS, type Base } from './indexeddb.js';
import { INVARIANTS, type InvariantId } from './invariants.js';
import {
  Model,
  RANK,
  selects,
  whoAt,
  type Forgotten,
  type Left,
  type PageFacts,
  type Word,
} from './model.js';
import { chance, type Chance } from './random.js';
import { Rooms } from './rooms.js';
import { KEYS, LENGTH, type Fault, type Plan, tell, type Says, type Selector, type Step } from './steps.js';

type Made = ReturnType<typeof Make>;

export interface Violation {
  readonly id: InvariantId;
  readonly what: string;
  /** Of the step after which it was seen; the number of steps where it was at the end. */
  readonly step: number;
}

export interface Outcome {
  readonly violation: Violation | undefined;
  readonly tasks: number;
  /** How many steps were taken: what finds nobody and nothing to do it to is none. */
  readonly steps: number;
  /** How much of what is rare has come to happen. */
  readonly counts: Rooms['counts'];
}

class Broken extends Error {
  constructor(
    readonly id: InvariantId,
    readonly what: string,
  ) {
    super(`${id}: ${what}`);
  }
}

/** A page with its memory, and what was asked of it. */
interface Run {
  readonly page: Page;
  readonly facts: PageFacts;
  readonly memory: Made['memory'];
  readonly core: Made['core'];
  readonly asked: Map<string, number>;
  /** What it has shown of each person. */
  readonly seen: Set<Word>;
  closing: boolean;
  looked: string;
}

interface Exported {
  readonly entries: readonly object[];
  readonly unreadable?: readonly unknown[];
}

interface Chat {
  readonly id: string;
  /** Somebody has asked for it to end. */
  ended?: boolean;
}

/** What a memory may answer where it could not do what it was asked. */
const REFUSALS = ['storage_failed', 'quota', 'put_aside', 'closed', 'unknown_conversation', 'misuse'];

/** What nobody can do without a page. */
const NEED: ReadonlySet<Step['do']> = new Set([
  'remember',
  'forget',
  'grant',
  'start',
  'say',
  'import a file',
  'not me',
]);

/** How long everything takes to come to rest: longer than the longest wait of any part. */
const REST = 16_000;
const DAY = 86_400_000;
const SITE = 'customer-memory:shop';
const WORDS = /\w+«(\d+)»/g;
/** How long a page may take to be told what another has written, and to do what it does because of it. */
const SLOW = 4000;
/** More tasks than that a page, while nobody does anything, and something goes round in circles. */
const BUSY = 1000;

const scope = globalThis as unknown as Record<string, unknown>;
let rejected: unknown[] = [];
let listening = false;

/** Plays a history in one go. Asynchronous only because a task cannot run microtasks that are due while it is one itself. */
export async function play(plan: Plan, make: typeof Make): Promise<Outcome> {
  Object.assign(scope, globals);
  if (!listening) process.on('unhandledRejection', (error) => void rejected.push(error));
  listening = true;
  const outcome = await new Promise<Outcome>((resolve) => {
    setImmediate(() => {
      rejected = [];
      const history = new History(plan, make);
      scope['fetchSimulatedCode'] = (name: string, there: () => Promise<unknown>) =>
        history.browser.code(name, there);
      resolve(history.play());
    });
  });
  // What nobody handled is known only now that the task has ended.
  await new Promise((resolve) => setImmediate(resolve));
  const [odd] = rejected;
  if (outcome.violation || odd === undefined) return outcome;
  const what = `unhandled: ${String((odd as Error).stack)} (${INVARIANTS.I26})`;
  return { ...outcome, violation: { id: 'I26', what, step: plan.steps.length } };
}

class History {
  readonly browser: Browser;
  readonly model = new Model();
  readonly #runs: Run[] = [];
  readonly #chats: Chat[] = [];
  readonly #chance: Chance;
  readonly #rooms: Rooms;
  readonly #exports = new Map<Tab, { data: unknown; run: Run; session: object; local: string | undefined }>();
  /** A page was left before it had answered. */
  #leftBusy = false;
  /** The latest time in a file of another device. */
  #brought = 0;
  /** A crash took back what local storage had: what is shown before the database has answered may be as old. */
  #localLost = false;

  /** On which somebody was here, by the clock of then. */
  readonly #days = new Set<number>();

  #step = 0;
  #taken = 0;
  #jumps = 0;
  /** Counts what may change what a page must or must not show; what is said changes it only where it is shown. */
  #news = 0;
  #tickets = 0;
  #broken: Broken | undefined;
  #wasFull = false;
  /** When the browser crashed last. */
  #crashed = 0;
  #wasFrozen = false;
  /** What was on the device when somebody cleared it. */
  readonly #cleared = new Set<Word>();
  #grantedSince = true;

  constructor(
    readonly plan: Plan,
    readonly make: typeof Make,
  ) {
    this.#chance = chance(plan.seed);
    this.browser = new Browser(this.#chance);
    this.#rooms = new Rooms(
      this.browser.engine,
      this.model,
      () =>
        Math.max(this.browser.wall(), ...this.model.pages.map(({ latest }) => latest)) + plan.setting.skew,
      (owner) =>
        this.#runOf(owner as Page)
          ?.core.session.view.drafts()
          .map((one) => ('key' in one ? one.key : '')) ?? [],
      (cid) => this.#chats.some(({ id, ended }) => id === cid && ended),
      (id, what) => this.#try(() => this.#break(id, what)),
    );
    this.browser.engine.watch = (ended) => this.#try(() => this.#rooms.saw(ended));
    const { setting } = plan;
    this.browser.scheduler.slowness = setting.slowness;
    this.browser.faults.deaf = setting.deaf;
    this.browser.faults.slowCode = setting.slowCode;
    this.browser.lag = setting.lag;
    this.browser.skew = setting.skew;
    this.browser.engine.records = setting.records;
    this.browser.engine.buffersNew = setting.buffersNew;
    this.browser.hasLocks = setting.locks;
    this.model.discards = setting.signedOut === 'discard';
  }

  play(): Outcome {
    try {
      for (let tabs = 0; tabs < 3; tabs += 1) this.browser.newTab();
      for (const step of this.plan.steps) {
        if (this.#taken === LENGTH) break;
        this.#take(step);
        this.#step += 1;
      }
      this.#end();
    } catch (error) {
      const broken =
        error instanceof Broken
          ? error
          : new Broken('I26', `the history threw ${String((error as Error).stack)}`);
      return this.#outcome({ id: broken.id, what: broken.what, step: this.#step });
    }
    return this.#outcome(undefined);
  }

  #outcome(violation: Violation | undefined): Outcome {
    return { violation, tasks: this.browser.scheduler.ran, steps: this.#taken, counts: this.#rooms.counts };
  }

  // --- steps ----------------------------------------------------------------------------------

  #take(step: Step): void {
    const { browser } = this;
    const tab = browser.tabs[step.tab % browser.tabs.length] as Tab;
    browser.scheduler.chance = chance(step.seed);
    browser.chance = browser.scheduler.chance;
    if (!tab.page && NEED.has(step.do)) {
      this.#open(tab, browser.scheduler.chance.pick(this.plan.says));
      browser.scheduler.run(browser.scheduler.chance.pick([0, 3, 100, 1000]));
    }
    const run = this.#runOf(tab.page);
    if (this.#isIdle(step, tab, run)) return;
    this.#taken += 1;
    this.#trace?.(`--- ${tell(step)}`);
    const before = new Set(run?.asked.keys());
    this.#act(step, tab, run);
    const mine = this.#runOf(tab.page);
    const done = () => ![...(mine?.asked.keys() ?? [])].some((name) => !before.has(name));
    if (step.wait === undefined) browser.scheduler.run(1000, done);
    else browser.scheduler.run(step.wait);
    if (browser.chance.happens(0.3)) browser.flushLocal();
    this.#check();
  }

  /** Whether there is nothing that the step could be done to. */
  #isIdle(step: Step, tab: Tab, run: Run | undefined): boolean {
    const live = run?.page.state === 'live' && !run.closing;
    switch (step.do) {
      case 'open':
      case 'crash the browser':
      case 'jump':
      case 'settle':
      case 'clear site data':
      case 'clear local storage':
        return false;
      case 'leave':
      case 'crash':
      case 'discard':
        return !tab.page;
      case 'thaw':
        return tab.page?.state !== 'frozen';
      case 'back':
        return !tab.cache.length;
      case 'duplicate':
        return this.browser.tabs.length > 4;
      case 'heal':
        return this.#healthy();
      case 'fault':
        return /lost connection$|^spoilt record/.test(step.fault) && !this.#connected(tab).length;
      case 'say':
      case 'end':
        return !live || !this.#chats.length;
      case 'forget':
        return !live || ('conversation' in step.of && !this.#chats.length);
      case 'import':
        return !live || !this.#exports.has(tab);
      default:
        return !live;
    }
  }

  #act(step: Step, tab: Tab, run: Run | undefined): void {
    const { browser, model } = this;
    const live = run?.page.state === 'live' && !run.closing ? run : undefined;
    switch (step.do) {
      case 'open':
        if (live && step.how === 'close') this.#close(live);
        if (tab.page && !(step.how === 'cache' && live && browser.cache(tab.page)))
          this.#gone(tab.page, false);
        return void this.#open(tab, step.says);
      case 'remember':
        return live && this.#remember(live, step);
      case 'forget':
        return live && this.#forget(live, step.of);
      case 'forget everything':
        return (
          live && this.#leave(live, 'wipe', true, 'forget everything', () => live.memory.forget('everything'))
        );
      case 'not me':
        return live && this.#leave(live, 'aside', true, 'not me', () => live.memory.notMe());
      case 'withdraw':
      case 'refuse':
        return (
          live &&
          this.#leave(live, 'wipe', shows(live), step.do, () =>
            step.do === 'refuse' ? live.memory.consent.refuse() : live.memory.consent.withdraw(),
          )
        );
      case 'grant':
        model.granted ||= !!live;
        this.#grantedSince ||= !!live;
        return (
          live &&
          this.#ask(
            live,
            'grant',
            () => live.memory.consent.grant(),
            () => this.#settleVisit(live),
          )
        );
      case 'start':
        return (
          live &&
          this.#ask(
            live,
            'start',
            () => live.memory.conversations.start({ channel: 'chat' }),
            ({ id }) => void this.#chats.push({ id }),
          )
        );
      case 'say':
      case 'end':
        return live && this.#speak(live, step.do, step.chat);
      case 'export':
        return live && this.#export(live, tab);
      case 'import':
        return live && this.#import(live, tab);
      case 'import a file':
        return live && this.#importFile(live);
      case 'close':
        if (!live) return;
        this.#close(live);
        browser.scheduler.run(3000, () => live.asked.size === 0);
        return this.#gone(live.page, false);
      case 'leave':
      case 'crash':
        return tab.page && this.#gone(tab.page, step.do === 'crash');
      case 'freeze':
        this.#wasFrozen ||= !!live?.page.locks.size;
        return live && browser.freeze(live.page);
      case 'thaw':
        return tab.page && browser.thaw(tab.page);
      case 'back': {
        const cached = tab.cache.at(-1);
        if (!cached) return;
        if (tab.page) this.#gone(tab.page, false);
        const back = this.#runOf(cached) as Run;
        back.facts.since = model.tick += 1;
        this.#news += 1;
        browser.restore(cached);
        this.#adopt(back.facts);
        return this.#look(back);
      }
      case 'duplicate':
        if (browser.tabs.length > 4) return;
        model.duplicated = true;
        return void browser.newTab(tab);
      case 'hide':
      case 'show':
        return live && browser.show(live.page, step.do === 'hide' ? 'hidden' : 'shown');
      case 'crash the browser':
        return this.#crash(step.losesLocal, step.losesSessions);
      case 'discard': {
        const { says } = (run as Run).facts;
        if (tab.page && live) browser.show(tab.page, 'hidden');
        browser.scheduler.run(browser.chance.pick([0, 3, 1000]));
        if (tab.page) this.#gone(tab.page, true);
        return void this.#open(tab, says);
      }
      case 'clear site data':
      case 'clear local storage':
        return this.#clear(step.do === 'clear site data');
      case 'jump':
        this.#jumps += 1;
        return browser.jump(step.ms);
      case 'settle':
        return this.#settle();
      case 'fault':
        return this.#fault(step.fault, tab);
      case 'heal':
        return this.#heal();
    }
  }

  #open(tab: Tab, says: Says): Run {
    const { browser, model, plan } = this;
    const page = browser.load(tab);
    const facts: PageFacts = {
      id: page.id,
      tab: tab.id,
      from: tab.from,
      says,
      since: (model.tick += 1),
      opened: model.tick,
      ready: undefined,
      gone: undefined,
      latest: browser.wall(page),
      denied: false,
      faulted: !this.#healthy(),
    };
    model.pages.push(facts);
    this.#news += 1;
    this.#adopt(facts);
    const wall = browser.wall(page);
    this.#days.add(Math.floor(wall / DAY));
    for (const word of model.words)
      if (word.until !== undefined && word.until <= wall) word.calledExpired.add(Math.floor(wall / DAY));
    let run: Run | undefined;
    browser.scheduler.do(page, () => {
      const { keep, signedOut } = plan.setting;
      const made = this.make({
        site: 'shop',
        platform: page.platform,
        ...(says !== undefined && { identity: { user: says } }),
        ...(keep && { keep }),
        ...(signedOut && { signedOut }),
      });
      run = {
        page,
        facts,
        ...made,
        asked: new Map(),
        seen: new Set(),
        closing: false,
        looked: '',
      };
      this.#runs.push(run);
      // What is shown in the very task of the load is what is painted first.
      this.#look(run);
    });
    const opened = run as unknown as Run;
    this.#ask(
      opened,
      'ready',
      () => opened.memory.ready,
      () => {
        facts.ready = model.tick += 1;
        // It has found what cannot be read.
        facts.faulted ||= opened.memory.status.storage.device === 'failed';
        this.#news += 1;
        this.#emptied(opened);
      },
    );
    return opened;
  }

  #adopt(facts: PageFacts): void {
    if (typeof facts.says !== 'string') return;
    for (const word of this.model.words)
      if (
        word.who === null &&
        ((word.outcome !== 'device' && facts.from.has(word.page.tab)) ||
          [...word.broughtAgain].some((tab) => facts.from.has(tab)))
      )
        word.adopted.add(facts.says);
  }

  #remember(
    run: Run,
    { key, authority, lasts }: Pick<Extract<Step, { do: 'remember' }>, 'key' | 'authority' | 'lasts'>,
  ): void {
    const until = lasts === undefined ? undefined : this.browser.wall(run.page) + lasts;
    const word = this.#word(run, key, RANK[authority], until);
    this.#ask(
      run,
      'remember',
      () =>
        run.memory.remember(key, word.text, {
          authority,
          ...(until !== undefined && { until }),
        }) as Promise<Remembered>,
      (fact) => {
        if (fact.value !== word.text)
          this.#break('I12', `what came back for ${word.text} is ${String(fact.value)}`);
        this.#kept(run, word, fact.id, fact.at);
        if (fact.until !== undefined) Object.assign(word, { until: fact.until });
      },
      () => this.#unkept(word),
    );
  }

  #word(run: Run, key: string, rank: number, until?: number, imported?: true): Word {
    const { model } = this;
    const n = model.words.length;
    const word: Word = {
      n,
      key,
      rank,
      text: `${whoAt(run.facts) ?? 'someone'}«${n}»`,
      page: run.facts,
      who: whoAt(run.facts),
      invoked: (model.tick += 1),
      invokedAt: this.browser.scheduler.now,
      local: undefined,
      session: run.core.session,
      informed: run.core.session.ready && !run.core.session.closed,
      outcome: 'asked',
      broughtAgain: new Set(),
      adopted: new Set(),
      // By clocks that were ahead when somebody was here before.
      calledExpired: new Set([...this.#days].filter((day) => until !== undefined && until < (day + 1) * DAY)),
      ...(until !== undefined && { until }),
      ...(imported && { imported }),
    };
    model.add(word);
    return word;
  }

  readonly #ids = new Map<Word, string>();

  /** It was accepted: on the device, where it does not wait in RAM and in the visit any more. */
  #kept(run: Run, word: Word, id: string, at: number): void {
    word.settled = this.model.tick += 1;
    word.at = at;
    this.#ids.set(word, id);
    word.outcome = 'visit';
    if (run.core.session !== word.session) word.outcome = 'failed';
    this.#heard(word);
    this.#settleVisit(run);
  }

  /** Pages to which this word matters are looked at again. */
  #heard(word: Word): void {
    for (const run of this.#runs) if (run.facts === word.page || run.seen.has(word)) run.looked = '';
  }

  #unkept(word: Word): void {
    word.settled = this.model.tick += 1;
    word.outcome = 'failed';
    this.#heard(word);
  }

  /** What of the words of this page has reached the device since. */
  #settleVisit({ facts, core }: Run): void {
    const { session } = core;
    for (const word of this.model.words) {
      const id = this.#ids.get(word);
      if (word.page !== facts || word.outcome !== 'visit' || word.session !== session || !id) continue;
      if (session.view.pending.has(id)) continue;
      // A grant that failed had read of whom it was for, and what they had forgotten elsewhere: they may be gone since.
      if (!session.subject) word.unsure ||= this.model.forgets.some((forget) => selects(forget, word));
      if (!session.subject) continue;
      word.outcome = 'device';
      word.settled = this.model.tick += 1;
      word.local = session.subject.local;
      // It waited in the visit while its conversation went to make room: nobody could read it there.
      if (isMessage(word) && this.#rooms.gone.has(word.key.slice(0, -'.m'.length))) word.unsure = true;
      this.#isThere(word, session.subject.local);
      this.#heard(word);
    }
  }

  /** What waits no more is in the database, unless it has been taken away or overtaken since. */
  #isThere(word: Word, local: string): void {
    const { model, browser } = this;
    const others = model.ofKey.get(word.key) ?? [];
    const last = others.every((one) => one === word || one.at === undefined || one.at < (word.at as number));
    // Of a key the newest four are kept. Nobody was told when those were said that were stored with it in one transaction
    // and have not been answered yet, or whose page was left, nor those for which there was no room and that were stored
    // after all. By a clock that is ahead, or that has met a file of one that is, what was said before is newer.
    const untold = others.filter(
      (one) =>
        one.outcome === 'failed' ||
        (one.outcome === 'asked' &&
          (this.plan.setting.skew > 0 || this.#brought > 0 || one.invoked > word.invoked)),
    );
    if (!isMessage(word) && untold.length >= 4) return;
    if (
      word.unsure ||
      word.invoked < model.cleared ||
      (!isMessage(word) && (!last || word.rank < RANK.stated))
    )
      return;
    if (word.until !== undefined || this.#jumps || word.imported) return;
    if (model.forgets.some((forget) => selects(forget, word) && forget.invoked > word.invoked)) return;
    if (model.forgets.some((forget) => selects(forget, word) && forget.page !== word.page)) return;
    // A page that has not heard of it yet takes what is wiped for stored.
    if (model.leaves.some((left) => !model.before(left, word)) || model.mayBeDiscarded(word)) return;
    if (!browser.engine.text(`${SITE}:${local}`).includes(`${word.text}"`))
      this.#break('I3', `${word.text} waits no more and is not on the device`);
  }

  #forget(run: Run, of: Selector): void {
    const chat = 'conversation' in of ? this.#chats[of.conversation % (this.#chats.length || 1)] : undefined;
    if ('conversation' in of && !chat) return;
    const forget: Forgotten = {
      ...this.#taking(run),
      of,
      prefix: chat && `conversations.${chat.id}`,
      // Its page has met what others have said, at whatever time it is there, and what a file has brought.
      at: Math.max(
        this.browser.wall(run.page),
        this.#brought,
        ...this.model.words.map(({ at = 0 }) => at),
        ...this.model.pages.map(({ latest }) => latest),
      ),
    };
    this.model.forgets.push(forget);
    this.#takeAway(run, forget, 'forget', () =>
      run.memory.forget((chat ? { conversation: chat.id } : of) as { key: string }),
    );
  }

  /** @param strong whether it is sure that the person leaves: else it only may be so. */
  #leave(run: Run, kind: Left['kind'], strong: boolean, name: string, start: () => Promise<unknown>): void {
    const left: Left = { ...this.#taking(run), kind };
    this.model.leaves.push(left);
    if (kind === 'aside' && typeof run.facts.says === 'string') run.facts.denied = true;
    if (!strong) Object.assign(left, { page: { ...run.facts, id: -1 } });
    this.#takeAway(run, left, name, start, strong);
  }

  #taking({ facts, core }: Run) {
    this.#news += 1;
    return {
      page: facts,
      who: whoAt(facts),
      invoked: (this.model.tick += 1),
      invokedAt: this.browser.scheduler.now,
      local: core.session.local,
      session: core.session,
      ok: false,
      left: false,
      noted:
        core.gen !== undefined &&
        core.session.ready &&
        !core.session.closed &&
        !this.browser.faults.localFull,
    };
  }

  #takeAway(
    run: Run,
    asked: Forgotten | Left,
    name: string,
    start: () => Promise<unknown>,
    strong = true,
  ): void {
    this.#ask(
      run,
      name,
      start,
      () => {
        this.#news += 1;
        asked.settled = this.model.tick += 1;
        asked.ok = strong && asked.noted;
        if ('of' in asked) {
          asked.waits = onlyInVisit(run);
          asked.elsewhere = asked.waits || run.core.session.local !== asked.local;
        }
        if (this.browser.tabs.some(({ page }) => page && page !== run.page))
          asked.untoldUntil = this.browser.scheduler.now + SLOW;
        asked.left = this.#isNoted();
        this.#isAway(asked);
      },
      () => {
        this.#news += 1;
        asked.settled = this.model.tick += 1;
        // It is done later, for whoever is there then.
        if ('of' in asked) asked.elsewhere = true;
      },
    );
  }

  /** What has been answered for is deleted, whatever stands in the way of deleting the database. */
  #isAway(asked: Forgotten | Left): void {
    const { model, browser } = this;
    const { local } = asked;
    if (!asked.ok || asked.left || local === undefined) return;
    if ('kind' in asked && asked.kind === 'aside') return;
    for (const [text, n] of browser.engine.text(`${SITE}:${local}`).matchAll(WORDS)) {
      const word = model.words[Number(n)];
      if (!word || word.local !== local || word.outcome !== 'device' || word.imported || word.carried)
        continue;
      if ((word.settled as number) > asked.invoked) continue;
      if ('kind' in asked || model.takes(asked, word))
        this.#break('I3', `${text} was taken away, that was answered, and it is still in the database`);
    }
  }

  #speak(run: Run, how: 'say' | 'end', which: number): void {
    const chat = this.#chats[which % (this.#chats.length || 1)];
    if (!chat) return;
    this.#ask(run, how, async () => {
      const conversation = await run.memory.conversations.get(chat.id);
      if (!conversation || run.core.closed) return;
      if (how === 'end') chat.ended = true;
      if (how === 'end') return void (await conversation.end({ outcome: 'solved' }));
      const word = this.#word(run, `conversations.${chat.id}.m`, 4);
      try {
        const said = await conversation.say({ text: word.text });
        this.#kept(run, word, said.id, said.at);
      } catch (error) {
        this.#unkept(word);
        throw error;
      }
    });
  }

  #export(run: Run, tab: Tab): void {
    const { session } = run.core;
    this.#ask(
      run,
      'export',
      () => run.memory.export(),
      (data) => {
        if (session !== run.core.session) return;
        this.#exports.set(tab, {
          data: JSON.parse(this.#carried(JSON.stringify(data))),
          run,
          session,
          local: session.local,
        });
      },
    );
  }

  #carried(text: string): string {
    for (const [, n] of text.matchAll(/«(\d+)»/g)) {
      const word = this.model.words[Number(n)];
      if (word) word.carried = true;
    }
    return text;
  }

  /** Only what was this person's own: what somebody carries to another is theirs to carry. */
  #import(run: Run, tab: Tab): void {
    const found = this.#exports.get(tab);
    const { session } = run.core;
    if (!found || !session.ready || whoAt(found.run.facts) !== whoAt(run.facts)) return;
    if (found.session !== session && (found.local === undefined || found.local !== session.local)) return;
    // What the device has of a file it has not now, where it was overtaken or forgotten: it is said anew, in this visit.
    const texts = new Set(JSON.stringify(found.data).match(WORDS));
    this.model.tick += 1;
    for (const word of this.model.words) {
      if (!texts.has(word.text)) continue;
      word.broughtAt = this.model.tick;
      word.broughtAgain.add(run.facts.tab);
    }
    this.#ask(
      run,
      'import',
      () => run.memory.import(found.data as never),
      () => this.#emptied(run),
    );
  }

  /** What was brought in again is in the visit of this tab no more, where all that a page of it has said is on the device. */
  #emptied({ facts: { tab }, core: { session } }: Run): void {
    if (session.subject && !session.view.pending.size && !this.model.duplicated)
      for (const word of this.model.words) word.broughtAgain.delete(tab);
  }

  #importFile(run: Run): void {
    const key = this.#chance.pick(KEYS);
    const word = this.#word(run, key, RANK.stated, undefined, true);
    // From a device whose clock is behind, or ahead.
    const wall = this.browser.wall(run.page) + this.#chance.pick([-60_000, -DAY, 1000, 120_000]);
    this.#brought = Math.max(this.#brought, wall);
    const hex = (digits: number) =>
      Array.from({ length: digits }, () => this.#chance.below(16).toString(16)).join('');
    const id = `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
    const entry = {
      kind: 'fact',
      id,
      at: wall.toString(16).padStart(12, '0') + '0000',
      by: { who: 'visitor', later: word.n },
      seen: 0,
      key,
      value: word.text,
      authority: 'stated',
      purpose: key.split('.')[0],
      later: { version: word.n },
    };
    this.#ask(
      run,
      'import a file',
      () => run.memory.import({ v: 1, site: 'shop', at: wall, entries: [entry] } as never),
      ({ added }) => {
        if (added) this.#kept(run, word, id, wall);
        else this.#unkept(word);
      },
      () => this.#unkept(word),
    );
  }

  #close(run: Run): void {
    run.closing = true;
    this.#ask(run, 'close', () => run.memory.close());
  }

  /** Asks something of a page, as a script of the site would. */
  #ask<T>(
    run: Run,
    name: string,
    start: () => Promise<T>,
    ok: (result: T) => void = () => undefined,
    bad: () => void = () => undefined,
  ): void {
    const ticket = `${name} ${(this.#tickets += 1)}`;
    run.asked.set(ticket, this.browser.scheduler.now);
    this.browser.scheduler.do(run.page, () => {
      let asked: Promise<T>;
      try {
        asked = start();
      } catch (error) {
        asked = Promise.reject(error as Error);
      }
      asked.then(
        (result) => {
          run.asked.delete(ticket);
          this.#trace?.(`page ${run.facts.id} ${ticket} ok at ${this.browser.scheduler.now.toFixed(1)}`);
          this.#try(() => ok(result));
        },
        (error: unknown) => {
          run.asked.delete(ticket);
          this.#trace?.(
            `page ${run.facts.id} ${ticket} rejected at ${this.browser.scheduler.now.toFixed(1)}: ${String(error)}`,
          );
          this.#try(() => {
            bad();
            if (!isRefusal(error))
              this.#break('I26', `${name} rejected with ${String((error as Error).stack)}`);
          });
        },
      );
    });
  }

  // --- what happens to pages and to the browser -------------------------------------------------

  #runOf(page: Page | undefined): Run | undefined {
    return page && this.#runs.find((run) => run.page === page);
  }

  #gone(page: Page, crashes: boolean): void {
    this.browser.leave(page, crashes);
    const run = this.#runOf(page);
    if (run) this.#left(run, true);
  }

  /** @param finishes whether what was noted is there for the next page. */
  #left(run: Run, finishes: boolean): void {
    const { model } = this;
    run.facts.gone = model.tick += 1;
    this.#news += 1;
    for (const asked of [...model.forgets, ...model.leaves]) {
      if (asked.page !== run.facts || asked.settled !== undefined || !finishes || !asked.noted) continue;
      asked.settled = model.tick;
      asked.ok = asked.left = true;
      asked.untoldUntil = Infinity;
      if ('of' in asked) asked.waits = onlyInVisit(run);
    }
    this.#leftBusy ||= run.asked.size > 0;
    this.#runs.splice(this.#runs.indexOf(run), 1);
  }

  #crash(losesLocal: boolean, losesSessions: boolean): void {
    this.browser.crash(losesLocal, losesSessions);
    this.#crashed = this.model.tick += 1;
    for (const run of [...this.#runs]) this.#left(run, false);
    if (!losesLocal) return;
    this.#news += 1;
    this.#localLost = true;
    for (const asked of [...this.model.forgets, ...this.model.leaves]) if (asked.left) asked.ok = false;
  }

  /** What was on the device is gone for good, and is not to be there again; what is local alone can be made anew. */
  #clear(all: boolean): void {
    const { model, browser } = this;
    const noted = [...model.forgets, ...model.leaves];
    browser.clear(all);
    this.#news += 1;
    this.#localLost = true;
    for (const asked of noted) {
      asked.noted = false;
      if (asked.left) asked.ok = false;
    }
    if (!all) return;
    for (const run of this.#runs) {
      run.facts.faulted = true;
      // What it had from the visit it says again to whoever begins here next.
      if (onlyInVisit(run))
        for (const forget of model.forgets) forget.elsewhere ||= forget.page.tab === run.facts.tab;
    }
    model.cleared = model.tick += 1;
    this.#grantedSince = this.#runs.some(({ asked }) =>
      [...asked.keys()].some((name) => name.startsWith('grant')),
    );
    for (const word of model.words)
      if (word.outcome === 'device' && !word.carried && !word.imported) this.#cleared.add(word);
  }

  #fault(fault: Fault, tab: Tab): void {
    for (const { facts } of this.#runs) facts.faulted = true;
    const { engine, faults } = this.browser;
    const lose = (told: boolean) => {
      const bases = this.#connected(tab);
      if (bases.length) engine.lose(this.browser.chance.pick<Base>(bases), told);
    };
    if (fault === 'full disk') engine.faults.full = this.#wasFull = true;
    else if (fault === 'no more room') {
      this.#wasFull = true;
      engine.faults.room = engine.text().length + this.browser.chance.below(500);
    } else if (fault === 'spoilt record') {
      const bases = this.#connected(tab).flatMap((base) =>
        [...engine.bases].filter(([name, one]) => one === base && name !== SITE),
      );
      const found = bases.length ? this.browser.chance.pick(bases) : undefined;
      if (found) this.#rooms.spoil(...found);
      this.#news += 1;
    } else if (fault === 'failed commit') engine.faults.commits += 1;
    else if (fault === 'failed request') engine.faults.requests += 1;
    else if (fault === 'commit that is not heard of') engine.faults.unheard += 1;
    else if (fault === 'failed open') engine.faults.opens += 1;
    else if (fault === 'lost connection') lose(true);
    else if (fault === 'silently lost connection') lose(false);
    else if (fault === 'full local storage') faults.localFull = true;
    else if (fault === 'full session storage') faults.sessionFull = true;
    else if (fault === 'spoiled boot record') {
      this.browser.spoil(this.browser.local, ':boot');
      for (const { page } of this.#runs) this.browser.spoil(page.local, ':boot');
    } else if (fault === 'spoiled visit') this.browser.spoil(tab.session, ':visit');
    else faults.code += 1;
  }

  #connected(tab: Tab): Base[] {
    return [...this.browser.engine.bases.values()].filter(({ connections }) =>
      [...connections].some(({ owner }) => owner === tab.page),
    );
  }

  #heal(): void {
    const { engine, faults } = this.browser;
    Object.assign(engine.faults, NO_FAULTS);
    Object.assign(faults, { localFull: false, sessionFull: false, code: 0 });
  }

  #healthy(): boolean {
    const { engine, faults } = this.browser;
    const { full, room, commits, requests, unheard, opens } = engine.faults;
    return (
      !full &&
      room === undefined &&
      !faults.localFull &&
      !faults.sessionFull &&
      commits + requests + unheard + opens + faults.code === 0
    );
  }

  // --- looking ----------------------------------------------------------------------------------

  #break(id: InvariantId, what: string): never {
    throw new Broken(id, `${what} (${INVARIANTS[id]})`);
  }

  /** In the middle of a page's own task nothing is thrown: it would be the page's. */
  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#broken ??= error instanceof Broken ? error : new Broken('I26', String((error as Error).stack));
    }
  }

  /** For whoever looks into one history: what happens, as it happens. */
  readonly #trace = process.env['TRACE'] ? console.log : undefined;

  #check(): void {
    this.#settleNotes();
    this.#trace?.(
      `the device has ${this.browser.engine.text()}, and ${JSON.stringify([...this.browser.local])}`,
    );
    for (const run of this.#runs) {
      if (run.page.state !== 'live') continue;
      const { session } = run.core;
      this.#trace?.(
        `page ${run.facts.id} (tab ${run.facts.tab}): ${run.memory.status.state}, ${session.closed ? 'closed' : 'open'}, gate ${session.gate}, ${session.local?.slice(0, 4)}, subject ${session.subject?.local.slice(0, 4)}, ${JSON.stringify(run.memory.facts().map(({ key, value }) => [key, value]))}, pending ${session.view.pending.size}, ${run.memory.status.storage.device}`,
      );
      this.#settleVisit(run);
      this.#callExpired(run);
      // Nothing that the model knows and nothing that the page shows has changed since it was looked at last.
      const looked = `${run.memory.version} ${this.#news} ${this.#jumps} ${run.core.session.ready}`;
      if (looked === run.looked && !this.model.ends) continue;
      run.looked = looked;
      this.#try(() => this.#look(run));
      this.#try(() => this.#must(run, false));
      const odd = run.page.reported.find((error) => !isRefusal(error));
      if (odd) this.#try(() => this.#break('I26', `reported: ${String((odd as Error).stack)}`));
    }
    if (this.#broken) throw this.#broken;
  }

  #isNoted(): boolean {
    return [...this.browser.local.keys()].some((key) => key.includes(':forgetting:'));
  }

  /** What pages were left at is done by those that come when nothing is noted any more, and told to all of them soon after. */
  #settleNotes(): void {
    const { model, browser } = this;
    if (this.#isNoted()) return;
    for (const asked of [...model.forgets, ...model.leaves])
      if (asked.untoldUntil === Infinity) asked.untoldUntil = browser.scheduler.now + SLOW;
  }

  /** A page is there for more than a day, where a clock jumps: it notes the new one when it reads the database again. */
  #callExpired({ page, core: { session } }: Run): void {
    if (!session.subject) return;
    const wall = this.browser.wall(page);
    this.#days.add(Math.floor(wall / DAY));
    if (!this.model.ends) return;
    for (const word of this.model.words)
      if (word.local === session.subject.local && word.until !== undefined && word.until <= wall)
        word.calledExpired.add(Math.floor(wall / DAY));
  }

  /** Nothing is shown that must not be. */
  #look(run: Run): void {
    const { memory, facts } = run;
    if (run.closing) return;
    const wall = this.browser.wall(run.page);
    facts.latest = Math.max(facts.latest, wall);
    for (const { value, key } of memory.facts()) {
      const word = this.model.wordIn(String(value));
      if (!word || word.text !== value || word.key !== key)
        return this.#break('I12', `${String(value)} was never said of ${key}`);
      const why = this.model.forbids(word, facts, wall);
      if (why && !(facts.ready === undefined && this.#localLost && !why.startsWith('I13:')))
        this.#break(
          idOf(why),
          `tab ${facts.tab} (page ${facts.id}) shows ${word.text} for ${word.key} ${facts.ready === undefined ? 'before' : 'after'} the database has answered: ${why}`,
        );
      run.seen.add(word);
    }
  }

  /** What must be shown is; on a page that may not have heard of the others, what it has said or shown itself. */
  #must(run: Run, all: boolean): void {
    const { memory, core, facts, seen } = run;
    const { session } = core;
    if (!this.#shows(run)) return;
    const wall = this.browser.wall(run.page);
    const own = (word: Word) => (word.page === facts && word.session === session) || seen.has(word);
    for (const key of KEYS) {
      const living = (this.model.ofKey.get(key) ?? []).filter(
        (word) =>
          (all || own(word)) &&
          (word.outcome === 'device' || word.session === session) &&
          this.model.lives(word, facts, session.local, wall),
      );
      if (!living.length) continue;
      const fact = memory.recall(key) as Remembered | undefined;
      const where = `tab ${facts.tab} (page ${facts.id}) shows ${fact ? String(fact.value) : 'nothing'} for ${key}`;
      if (!fact)
        this.#break(
          living.some(({ outcome }) => outcome === 'device') ? this.#lost() : 'I10',
          `${where}, not ${living.map(({ text, outcome }) => `${text} (${outcome})`).join(', ')}`,
        );
      const shown = this.model.wordIn(String(fact.value)) as Word;
      const stronger = living.find((word) => this.model.beats(word, shown, fact.at));
      if (stronger) this.#break('I11', `${where}, not ${stronger.text}`);
      const earlier = living.find((word) => this.model.after(word, shown) && (word.at as number) < fact.at);
      if (earlier) this.#break('I25', `${where}, which was said before ${earlier.text} and has a later time`);
    }
  }

  /** What to call a loss. */
  #lost(): InvariantId {
    if (this.#wasFull) return 'I29';
    return this.plan.setting.locks && !this.#wasFrozen ? 'I1' : 'I28';
  }

  #shows({ memory, core, closing }: Run): boolean {
    const { session } = core;
    if (closing || !session.ready || session.closed) return false;
    const { device } = memory.status.storage;
    return device !== 'failed' && device !== 'blocked';
  }

  /** Of the conversations: nothing twice, nothing lost, in the order it was said, and nothing that must not be there. */
  #talks(run: Run): void {
    const { memory, core, facts } = run;
    for (const { id } of this.#chats) {
      let texts: readonly (readonly [string, string])[] | undefined;
      this.#ask(run, 'messages', async () => {
        const chat = await memory.conversations.get(id);
        texts = (await chat?.messages({ last: 1000 }))?.map((one) => [one.id, one.text] as const) ?? [];
      });
      this.browser.scheduler.run(5000, () => texts !== undefined);
      if (!texts || !this.#shows(run)) continue;
      if (new Set(texts.map(([one]) => one)).size < texts.length)
        this.#break(
          'I4',
          `conversation ${id} has a message twice: ${texts.map(([, text]) => text).join(' ')}`,
        );
      const words = texts.map(([, text]) => this.model.wordIn(text));
      for (const [at, word] of words.entries()) {
        if (!word || word.text !== texts[at]?.[1])
          return this.#break('I12', `${texts[at]?.[1]} was never said`);
        const why = this.model.forbids(word, facts, this.browser.wall(run.page));
        if (why) this.#break(idOf(why), `conversation ${id} has ${word.text}: ${why}`);
      }
      const living = this.model.words.filter(
        (word) =>
          word.key === `conversations.${id}.m` &&
          word.outcome === 'device' &&
          this.model.lives(word, facts, core.session.local, this.browser.wall(run.page)),
      );
      const lost = living.find((word) => !words.includes(word));
      if (lost) this.#break(this.#lost(), `conversation ${id} has lost ${lost.text}`);
      for (const earlier of living)
        for (const later of living)
          if (
            earlier.page === later.page &&
            (earlier.settled as number) < later.invoked &&
            words.indexOf(earlier) > words.indexOf(later)
          )
            this.#break('I11', `conversation ${id} has ${earlier.text} after ${later.text}`);
    }
  }

  // --- rest -------------------------------------------------------------------------------------

  #settle(): void {
    const { browser, model } = this;
    browser.scheduler.run(REST);
    browser.flushLocal();
    this.#noStrangers();
    const before = browser.scheduler.ran;
    const healthy = this.#healthy();
    const frozen = this.#runs.some(({ page }) => page.state === 'frozen' && !page.cached);
    browser.scheduler.run(REST);
    const ran = browser.scheduler.ran - before;
    const live = this.#runs.filter(({ page }) => page.state === 'live').length;
    if (ran > BUSY * Math.max(live, 2)) this.#break('I27', `${ran} tasks while nobody did anything`);
    if (!healthy || frozen) return;
    // One at a time, what a page in the back/forward cache has the lock of: each waits as long for it.
    const waiting = () => this.#runs.some(({ page, asked }) => asked.size && page.state === 'live');
    for (let more = 0; more < 4 && waiting(); more += 1) browser.scheduler.run(REST);
    for (const { page, asked } of this.#runs) {
      const [stuck] = asked.keys();
      if (stuck && page.state === 'live')
        this.#break('L4', `${stuck.split(' ').slice(0, -1).join(' ')} never ended`);
    }
    const [held] = browser.engine.held();
    if (held) this.#break('L4', `${held} is to be deleted, and a page holds it open`);
    this.#noneOfWhoIsGone();
    for (const run of this.#runs) {
      if (run.page.state !== 'live') continue;
      browser.show(run.page, 'shown');
      browser.scheduler.run(REST);
      this.#check();
      if (this.plan.setting.deaf) continue;
      run.facts.since = model.tick += 1;
      this.#news += 1;
      this.#look(run);
      if (!run.facts.faulted) this.#must(run, true);
    }
    this.#agree();
  }

  /** What pages of one person show is the same on all of them, once each has looked. */
  #agree(): void {
    if (this.plan.setting.deaf || this.model.ends) return;
    const by = new Map<string, { run: Run; shown: string }>();
    for (const run of this.#runs) {
      const { local, subject } = run.core.session;
      if (run.page.state !== 'live' || run.facts.faulted || !this.#shows(run) || !local || !subject) continue;
      // What waits for a grant, or for the device, is this page's alone.
      if (run.core.session.view.pending.size) continue;
      const shown = KEYS.map((key) => {
        const fact = run.memory.recall(key) as Remembered | undefined;
        return `${key}: ${fact ? String(fact.value) : 'nothing'}`;
      }).join(', ');
      const other = by.get(local);
      if (!other) by.set(local, { run, shown });
      else if (other.shown !== shown)
        this.#break(
          'I5',
          `page ${other.run.facts.id} shows ${other.shown}; page ${run.facts.id} shows ${shown}`,
        );
    }
  }

  /** In each person's database is only what was said for that person. */
  #noStrangers(): void {
    const { bases } = this.browser.engine;
    const people = bases.get(SITE)?.stores.get('subjects')?.records ?? [];
    for (const [, value] of people) {
      const { local, user } = value as { local: string; user?: string };
      for (const [text, n] of this.browser.engine.text(`${SITE}:${local}`).matchAll(WORDS)) {
        const word = this.model.words[Number(n)];
        if (!word || word.carried || word.imported || word.who === (user ?? null)) continue;
        if (user !== undefined && word.adopted.has(user)) continue;
        this.#break('I15', `${text} is stored with ${user ?? 'nobody in particular'}`);
      }
    }
  }

  /** Every database belongs to somebody who is listed, or is as it was made; of who was wiped there is none, or nothing in it but the mark that they are gone. */
  #noneOfWhoIsGone(): void {
    const { bases } = this.browser.engine;
    const listed = new Set(
      bases
        .get(SITE)
        ?.stores.get('subjects')
        ?.records.map(([local]) => local),
    );
    const wiped = new Map(
      this.model.leaves.flatMap(({ ok, left, kind, local, settled = 0 }) =>
        ok && !left && kind === 'wipe' && local !== undefined ? [[local, settled] as const] : [],
      ),
    );
    for (const local of wiped.keys())
      if (listed.has(local)) this.#break('I18', `${local} was wiped, and is still listed`);
    for (const [name, { stores, connections }] of bases) {
      const local = name.slice(SITE.length + 1);
      if (!local || listed.has(local)) continue;
      const records = [...stores.values()].flatMap((store) => store.records);
      // Its line was cleared or deleted as it was made, and its page was left: it has nobody's word.
      if (
        this.#leftBusy &&
        records.length &&
        records.every(([, value]) => (value as { rev?: number }).rev === 0)
      )
        continue;
      if (records.some(([, value]) => !('gone' in Object(value))))
        this.#break('I18', `${name} belongs to nobody, and holds ${JSON.stringify(records)}`);
      // What the browser was asked to delete it forgets with a crash, and nobody asks again.
      if ((wiped.get(local) ?? 0) > this.#crashed && !connections.size)
        this.#break('I18', `${name} was wiped, nobody holds it open, and it is still there`);
    }
  }

  #end(): void {
    const { browser } = this;
    this.#heal();
    for (const { page } of this.#runs) if (!page.cached) browser.thaw(page);
    this.#settle();
    this.#works();
    for (const run of [...this.#runs]) {
      if (run.page.cached) this.#gone(run.page, false);
      else this.#close(run);
    }
    browser.scheduler.run(REST);
    for (const run of [...this.#runs]) {
      this.#noLeaks(run);
      this.#gone(run.page, false);
    }
    const names = new Set(this.plan.steps.flatMap((step) => (step.do === 'open' ? step.says : [])));
    const says = [
      undefined,
      ...(names.has('ana') || names.has('ben') ? ([null, 'ana', 'ben'] as const) : []),
    ];
    for (const one of says) {
      const run = this.#open(browser.newTab(), one);
      browser.scheduler.run(REST);
      this.#check();
      if (run.facts.ready === undefined) this.#break('L4', 'a page was never ready');
      this.#must(run, true);
      this.#talks(run);
      this.#unknownFields(run);
      this.#close(run);
      browser.scheduler.run(REST);
      this.#gone(run.page, false);
      if (this.#broken) throw this.#broken;
    }
    this.#nothingLeft();
  }

  /** When nothing is broken any more, what is said is kept on each page that keeps. */
  #works(): void {
    for (const run of [...this.#runs]) {
      const { session } = run.core;
      // One that could not store before is not excused: it has to find its way back.
      if (run.page.state !== 'live' || run.closing || !session.ready || session.closed || !session.subject)
        continue;
      const said: Word[] = [];
      // Twice: the first may find that what it was written to is no more.
      for (let again = 0; again < 2 && said.at(-1)?.outcome !== 'device'; again += 1) {
        this.#remember(run, { key: KEYS[0], authority: 'stated' });
        said.push(this.model.words.at(-1) as Word);
        this.browser.scheduler.run(REST);
      }
      if (!run.core.session.subject || said.at(-1)?.outcome === 'device') continue;
      this.#break('L4', `page ${run.facts.id} cannot store although nothing is broken any more`);
    }
    this.#check();
  }

  /** The registry's handle stays where everybody was forgotten elsewhere, and a person's where a grant found no room. */
  #noLeaks({ page, facts: { faulted } }: Run): void {
    const open = [...this.browser.engine.bases.values()].flatMap(({ connections }) =>
      [...connections].filter(({ owner, name }) => owner === page && !faulted && name.split(':').length > 2),
    );
    const left = {
      timers: page.timers.size,
      channels: page.channels.size,
      locks: page.locks.size,
      listeners: page.listeners.size,
      connections: open.map(({ name }) => name.replace('customer-memory:', '')).join(),
    };
    if (Object.values(left).some(Boolean))
      this.#break('I27', `the closed memory of page ${page.id} leaves ${JSON.stringify(left)}`);
  }

  #unknownFields(run: Run): void {
    let found: Exported | undefined;
    this.#ask(
      run,
      'export',
      () => run.memory.export(),
      (data) => (found = data),
    );
    this.browser.scheduler.run(5000, () => found !== undefined);
    // The export may be the first to come upon it: the page hears of that as the others do, and looks again.
    this.browser.show(run.page, 'shown');
    this.browser.scheduler.run(REST);
    this.#setAside(run, found);
    for (const entry of (found?.entries ?? []) as {
      value?: unknown;
      later?: { version: number };
      by: { later?: number };
    }[]) {
      const word = typeof entry.value === 'string' ? this.model.wordIn(entry.value) : undefined;
      if (word?.imported && (entry.later?.version !== word.n || entry.by.later !== word.n))
        this.#break('I24', `${word.text} came without what a later version had written beside it`);
    }
  }

  /** What could not be read is where one can carry it away, and nothing else that is there is read in its place. */
  #setAside({ memory, core }: Run, found: Exported | undefined): void {
    const { local } = core.session;
    const base = local === undefined ? undefined : this.browser.engine.bases.get(`${SITE}:${local}`);
    if (!core.session.subject || !base || !found) return;
    const [left] = this.#rooms.left(`${SITE}:${local}`);
    if (left)
      this.#break(
        'I1',
        `${left.store} ${JSON.stringify(left.record[0])} cannot be read, and is not set aside`,
      );
    const there = (base.stores.get('quarantine')?.records ?? []).map(([id]) => id);
    const told = (found.unreadable ?? []).map((one) => (one as { entry: { id: string } }).entry.id);
    if (there.join() !== told.join() || (memory.status.unreadable ?? 0) !== there.length)
      this.#break(
        'I1',
        `${there.length} records are set aside, the export has ${told.length} of them, and the status says ${memory.status.unreadable}`,
      );
    const evicted = this.#rooms.evicted.get(`${SITE}:${local}`) ?? 0;
    if ((memory.status.evicted ?? 0) !== evicted)
      this.#break(
        'I29',
        `${evicted} conversations went for want of room, and the status says ${memory.status.evicted}`,
      );
  }

  /** What was taken away is nowhere, and without a grant there never was anything. */
  #nothingLeft(): void {
    const { browser, model } = this;
    const device = browser.engine.text() + JSON.stringify([...browser.local]);
    if (!model.granted && (browser.engine.bases.size > 0 || device.includes('«')))
      this.#break('I13', `nobody granted anything, and the device has ${device}`);
    if (model.cleared && !this.#grantedSince && (browser.engine.bases.size > 0 || device.includes('«')))
      this.#break(
        'I18',
        `all data of the site were cleared, nobody granted anything since, and the device has ${device}`,
      );
    this.#noStrangers();
    this.#noneOfWhoIsGone();
    const boot = browser.local.get(`${SITE}:boot`) ?? '';
    if (boot.length > 32_768) this.#break('I27', `the boot record has ${boot.length} characters`);
    for (const [text, n] of device.matchAll(WORDS)) {
      const word = model.words[Number(n)];
      if (!word || word.text !== text) return this.#break('I12', `${text} was never said`);
      if (this.#cleared.has(word) && !word.carried)
        this.#break('I18', `${text} was cleared with the site's data and is on the device again`);
      const forget = model.forgets.find((one) => one.ok && model.takes(one, word));
      if (forget) this.#break('I18', `${text} was forgotten and is still on the device`);
      const wiped = model.leaves.find(
        (one) =>
          one.ok &&
          one.kind === 'wipe' &&
          one.local !== undefined &&
          one.local === word.local &&
          word.outcome === 'device' &&
          (word.settled as number) < one.invoked,
      );
      if (wiped) this.#break('I18', `${text} was wiped and is still on the device`);
    }
  }
}

function isMessage({ key }: Word): boolean {
  return key.endsWith('.m');
}

/** Whether a forget waits in the visit for somebody to be on the device. */
function onlyInVisit({ core }: Run): boolean {
  return core.session.view.said().some(({ kind }) => kind === 'forget');
}

/** Whether a withdrawal takes the person away at once. */
function shows({ core: { session } }: Run): boolean {
  return !!session.consent?.device && session.ready && !session.closed;
}

function isRefusal(error: unknown): boolean {
  const { name, code } = Object(error) as { name?: string; code?: string };
  return name === 'MemoryError' && REFUSALS.includes(code ?? '');
}

function idOf(why: string): InvariantId {
  const id = /^I\d+/.exec(why)?.[0] as InvariantId | undefined;
  return id ?? 'I18';
}
