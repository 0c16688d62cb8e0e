/**
 * The memory as far as it must be there before the first paint: it answers `recall` from the boot
 * record and this visit, and hands everything else to the whole memory, which is fetched meanwhile.
 * Small on purpose; it decides nothing that the whole memory does not decide again.
 */
import type { Fact, Held } from '../facts/entry.js';
import { conversationIdOf, isReserved, under } from '../facts/key.js';
import { resolveKey } from '../facts/value.js';
import { bareError } from '../platform/bare-error.js';
import { snapshot } from '../platform/snapshot.js';
import { isBootFact } from '../store/boot-record.js';
import { newGeneration } from '../store/generation.js';
import { nameOf } from '../store/names.js';
import { readRefusal, writeRefusal } from '../store/refusal.js';
import { notable, noteCalls, readVisit } from '../store/visit-record.js';
import { firstLook } from './first-look.js';
import { writeIntent, type What } from './intent.js';
import { rememberedOf } from './remembered.js';
import type { Options, Settings } from './settings.js';
import { createSubscriptions } from './subscriptions.js';
import { enter, leave } from './table.js';
import type { Memory, Remembered, RememberOptions, Status } from './types.js';

/** The whole memory of a page that has begun with an early one. */
export interface Whole {
  readonly memory: Memory;
  readonly add: (options: Options) => void;
  /**
   * Resolves where it is the memory of the person to whom a call was made, `local` being the name of their database as far
   * as the early memory knew it; rejects with `put_aside` where another tab has brought somebody else since.
   */
  readonly still: (local: string | undefined, operation: string) => Promise<void>;
}

/** What the whole memory takes over: it must give the same objects where nothing has changed. */
export interface Seed {
  readonly shown: ReadonlyMap<string, Remembered>;
  readonly elements: string | undefined;
  /** Calls that this page has noted in the visit and does itself, as JSON. */
  readonly noted: readonly string[];
  /** In which the early memory knew whose it was; '' once it has taken them away: whoever is there later is somebody else. */
  readonly gen: string | undefined;
}

/**
 * @param settings of the tag: its attributes and its JSON block.
 * @param fetchWhole fetches the whole memory; called once, at once, and again after a failure by the next verb.
 * @param elements why the elements cannot be shown, if they cannot.
 */
export function createEarlyMemory(
  settings: Settings,
  options: Options,
  fetchWhole: (options: Options, seed: Seed) => Promise<Whole>,
  elements: string | undefined,
): Memory {
  const { platform, site, says } = settings;
  let look = firstLook(settings);
  /** Whose memory this is: the name of their database. */
  let local = look.boot?.local;
  const shown = new Map(early());
  let whole: Whole | undefined;
  let given = options;
  let added: Options | undefined;
  let failure: unknown;
  let notes: string[] = [];
  const noted: string[] = [];
  const seed = { shown, elements, noted, gen: look.gen };

  const recall = (key: string) => (whole ? whole.memory.recall(key as never) : shown.get(key));
  const subscriptions = createSubscriptions(recall, platform.report);

  function early(): [string, Remembered][] {
    const found = look.closed ? undefined : readVisit(platform, site, says, look.local);
    // Whose words the visit has only the database can say.
    const { entries: visit = [], calls = [] } = (local || !found?.local ? found : undefined) ?? {};
    // A forget that was noted speaks of what was said before it, and one that has not reached the device of what the boot
    // record still has: the whole memory will say.
    const noted = calls.some((call) => call[0] === 'forget');
    const said = visit.filter((entry): entry is Fact => !noted && isBootFact(entry));
    const boot = noted || visit.some((entry) => entry?.kind === 'forget') ? [] : (look.boot?.facts ?? []);
    const rows = new Map<string, Held<Fact>[]>();
    for (const fact of [...look.device, ...boot, ...said]) {
      rows.set(fact.key, [...(rows.get(fact.key) ?? []), { entry: { ...fact, seen: 0 } }]);
    }
    return [...rows].flatMap(([key, facts]) => {
      const found = conversationIdOf(key) ? undefined : resolveKey(facts, platform.clock.now());
      return found ? [[key, rememberedOf(found.held, found.reconfirm)]] : [];
    });
  }

  let fetching: Promise<Whole> | undefined;
  function fetched(): Promise<Whole> {
    fetching ??= fetchWhole(given, seed).then(
      (here) => {
        // What a bundle on the page has added meanwhile.
        try {
          if (added) here.add(added);
        } catch (error) {
          platform.report(error);
        }
        whole = here;
        failure = undefined;
        here.memory.subscribe(subscriptions.changed);
        return here;
      },
      (error: unknown) => {
        fetching = undefined;
        // Told once: whoever asks again when told would ask for ever.
        if (!failure) subscriptions.changed();
        failure = error;
        // Whoever asked has been told; the whole memory does it when it comes, as the next page would.
        noted.length = 0;
        throw error;
      },
    );
    return fetching;
  }

  /** What is said now and cannot be done now is noted in the visit, in case the page is left before. */
  function note(call: unknown[]): void {
    const text = notable(call);
    if (!text) return;
    if (!notes.length)
      platform.clock.soon(() => {
        const calls = notes;
        notes = [];
        if (whole) return;
        noteCalls(platform, site, says ?? null, local, calls);
        noted.push(...calls);
      });
    notes.push(text);
  }

  /** The whole memory may come late, or never: what has to be so at once, and what the next page has to know. */
  function foresee(name: string, args: unknown[]): void {
    const [first, , options] = args;
    if (name === 'remember') {
      // What a site observed or guessed is not kept without a grant, not even for a moment.
      if (((options as RememberOptions | undefined)?.authority ?? 'stated') === 'stated') note(args);
    } else if (name === 'conversations.start') note(['start', null, first]);
    else if (/notMe|forget|fuse|draw/.test(name)) {
      const one = name === 'forget' && first !== 'everything';
      const refused = name.includes('.');
      if (refused) writeRefusal(platform, site);
      leaveNow(name === 'notMe' ? 'aside' : one ? { selector: first } : 'wipe');
      subscriptions.changed();
      // What nobody had agreed to keep is the visit's, and stays there.
      if (refused && !local) return;
      if (one) note([name, first]);
      else {
        notes = [];
        local = undefined;
        if (seed.gen) seed.gen = '';
        platform.session?.remove(nameOf(site, 'visit'));
      }
      // What is left is for the whole memory to say.
      look = { ...look, boot: undefined };
      shown.clear();
    }
  }

  /** Noted for whoever opens the device next, on this page or on another. */
  function leaveNow(what: What): void {
    // Nothing was ever kept here, or it is somebody's who is not to be touched.
    if (!look.gen || look.closed) return;
    writeIntent(platform.local, site, {
      id: 'early' + JSON.stringify([what, local ?? says]),
      local: local ?? '',
      user: says ?? undefined,
      what,
    });
    seed.gen = newGeneration(platform, site);
  }

  const later =
    (name: string) =>
    async (...args: unknown[]) => {
      if (whole) return path(whole.memory, name)(...args);
      const given = args.map(snapshot);
      foresee(name, args);
      const mine = local;
      const here = await fetched();
      await here.still(mine, name);
      return path(here.memory, name)(...given.map((take) => take()));
    };
  const now =
    (name: string, before: (...args: never[]) => unknown) =>
    (...args: unknown[]) =>
      whole ? path(whole.memory, name)(...args) : before(...(args as never[]));

  const memory = {
    site,
    language: settings.language ?? platform.page.languages[0] ?? 'en',
    get ready() {
      return fetched().then(
        (here) => here.memory.ready,
        () => undefined,
      );
    },
    get version() {
      return subscriptions.version;
    },
    get visitor() {
      return whole?.memory.visitor ?? visitor();
    },
    get status() {
      return whole?.memory.status ?? status();
    },
    get consent() {
      return whole?.memory.consent ?? consent;
    },
    get conversations() {
      return whole?.memory.conversations ?? conversations;
    },
    recall,
    value(key: string, fallback: unknown) {
      const fact = recall(key);
      return fact ? fact.value : fallback;
    },
    facts: now('facts', (prefix?: string) =>
      [...shown.values()]
        .filter(({ key }) => !isReserved(key) && (!prefix || under(prefix, key)))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    ),
    title: now('title', (name: string) => name),
    choices: now('choices', () => []),
    describe: now('describe', (fact?: Remembered) => fact && { title: fact.key, value: String(fact.value) }),
    for: now('for', () => {
      throw bareError('misuse', 'for', 'await memory.ready first');
    }),
    subscribe(first: string | ((memory: unknown) => void), run?: (fact: Remembered | undefined) => void) {
      if (typeof first === 'function') return subscriptions.all(() => first(memory));
      if (typeof run === 'function') return subscriptions.key(first, run);
      throw bareError('misuse', 'subscribe', 'it takes a function, or a key and a function');
    },
    ...Object.fromEntries(
      ['remember', 'ask', 'forget', 'wrong', 'notMe', 'export', 'import', 'count'].map((name) => [
        name,
        later(name),
      ]),
    ),
    async close() {
      leave(memory);
      // Where it cannot be fetched there is nothing to close.
      await (await fetched().catch(() => undefined))?.memory.close();
      subscriptions.changed();
    },
  } as unknown as Memory;

  const consent = {
    get state() {
      return local ? 'granted' : readRefusal(platform, site) ? 'refused' : 'unknown';
    },
    by: settings.consent === 'ask' ? 'ask' : 'host',
    get refusedAt() {
      return readRefusal(platform, site);
    },
    purposes: look.boot?.consent.purposes,
    useful: false,
    grant: later('consent.grant'),
    refuse: later('consent.refuse'),
    withdraw: later('consent.withdraw'),
  } as unknown as Memory['consent'];

  const conversations = {
    get recent() {
      return look.boot?.heads ?? [];
    },
    start: later('conversations.start'),
    latest: later('conversations.latest'),
    get: later('conversations.get'),
  } as unknown as Memory['conversations'];

  function visitor(): Memory['visitor'] {
    if (look.boot?.user !== undefined) return { assurance: 'verified', user: look.boot.user };
    return {
      assurance: ['name', 'email', 'phone'].some((name) => shown.has(`identity.${name}`))
        ? 'claimed'
        : 'anonymous',
    };
  }

  function status(): Status {
    return {
      state: look.boot ? 'provisional' : 'starting',
      kept: platform.session ? 'visit' : 'page',
      storage: {
        session: platform.session ? 'ok' : 'blocked',
        device: failure ? 'failed' : platform.indexedDB ? 'unused' : 'blocked',
        ...(failure !== undefined && { reason: String(failure) }),
      },
      gate: look.gate,
      sync: 'off',
      unfit: 0,
      corrected: false,
      ...(elements !== undefined && { elements }),
    };
  }

  enter({
    memory,
    add(more) {
      if (whole) return whole.add(more as Options);
      // What decides at the start whose memory is shown; of the others the whole memory says whether they fit.
      const later: Partial<Options> = more;
      const other = (['consent', 'identity', 'shared', 'platform'] as const).find(
        (name) => later[name] && JSON.stringify(later[name]) !== JSON.stringify(given[name]),
      );
      if (other) throw bareError('options_conflict', 'createMemory', `the tag gives another ${other}`);
      added = { ...(added ?? { site }), ...more };
      given = { ...given, ...more };
    },
  });
  fetched().catch(() => undefined);
  return memory;
}

/** `consent.grant` of a memory, bound to its owner. */
function path(memory: Memory, name: string): (...args: unknown[]) => unknown {
  const steps = name.split('.');
  const last = steps.pop() as string;
  const owner = steps.reduce<unknown>(
    (object, step) => (object as Record<string, unknown>)[step],
    memory,
  ) as Record<string, (...args: unknown[]) => unknown>;
  return (...args) => owner[last]?.(...args);
}
