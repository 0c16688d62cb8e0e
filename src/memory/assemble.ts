/**
 * Puts a memory together: what answers at once (the core), and what waits for the database (the
 * verbs), which are either here already or fetched after the first paint. The one place that knows
 * both.
 */
import type { Key } from '../facts/entry.js';
import { prefixProblem } from '../facts/key.js';
import { isPurpose, readsOf, writesOf } from '../facts/purpose.js';
import { MemoryError } from '../platform/errors.js';
import { singleFlight } from '../platform/single-flight.js';
import { checkKey } from './check.js';
import { consentState } from './consent-state.js';
import { createCore, type Core } from './core.js';
import { createLabels } from './labels.js';
import { checkOptions, conflictOf, settingsOf, type Options } from './settings.js';
import { statusOf } from './status.js';
import { enter, leave, MAJOR, table, type Place } from './table.js';
import type { Memory, MemoryView, Remembered, Schemas } from './types.js';
import type { Verbs } from './verbs.js';

/** The memory of any site, as its parts see it; `createMemory` gives it the types of the site's schemas. */
export type AnyMemory = Memory<Schemas, Schemas>;

/** @param load gives the verbs; called once, at once. */
export function assemble(options: Options, load: (core: Core) => Verbs | Promise<Verbs>): AnyMemory {
  checkOptions(options);
  if (table().major !== MAJOR) throw new MemoryError('version_conflict', 'createMemory');
  const there = table().memories.get(options.site);
  if (there) {
    there.add(options);
    return there.memory as unknown as AnyMemory;
  }
  const place = make(options, load);
  enter(place as unknown as Place);
  return place.memory;
}

/** A memory that is in no table yet, and what takes the options of later calls. */
export function make(
  options: Options,
  load: (core: Core) => Verbs | Promise<Verbs>,
  noted: readonly string[] = [],
): { memory: AnyMemory; core: Core; add: (options: Options) => void } {
  let given = options;
  const settings = settingsOf(options);
  const core = createCore(settings);
  const memory = build(core, load, noted);
  return {
    memory,
    core,
    add(later) {
      const conflict = conflictOf(given, later);
      if (conflict)
        throw new MemoryError(
          'options_conflict',
          'createMemory',
          `the option ${conflict} cannot be given another value, for the site "${given.site}"`,
        );
      given = { ...given, ...later };
      Object.assign(settings, settingsOf(given));
      core.session.view.refit();
      core.changed();
    },
  };
}

function build(
  core: Core,
  load: (core: Core) => Verbs | Promise<Verbs>,
  noted: readonly string[],
): AnyMemory {
  const { settings } = core;
  const labels = createLabels(settings);
  let loaded: Verbs | undefined;
  let failure: string | undefined;
  const verbs = singleFlight(async () => {
    try {
      const found = load(core);
      loaded = found instanceof Promise ? await found : found;
      failure = undefined;
      return loaded;
    } catch (error) {
      // The page goes on with the visit alone; the next verb tries again.
      failure = String(error);
      core.session.ready = true;
      core.changed();
      throw new MemoryError('storage_failed', 'createMemory', 'its code could not be loaded', {
        cause: error,
      });
    }
  });
  core.keep = async (session, entries, operation) => {
    const { keeper } = await verbs();
    await keeper.keep(session, entries, operation);
  };
  // What can be answered at once is answered before the device is asked for anything.
  const ready = Promise.resolve()
    .then(verbs)
    .then(
      ({ keeper }) => keeper.ready,
      () => undefined,
    );
  // An earlier page of this visit was left before it could do these.
  for (const call of core.session.visit.calls) {
    const [key, value, given] = call;
    if (!noted.includes(JSON.stringify(call)))
      core.remember('remember', key, value, given as object).catch(settings.platform.report);
  }
  /** At once where they are here: what is asked first is done first. */
  const use = async <T>(run: (there: Verbs) => Promise<T>): Promise<T> => {
    const coming = verbs();
    return run(loaded ?? (await coming));
  };
  const page: Permitted = { reads: () => true, writes: () => true };

  const memory = {
    site: settings.site,
    ready,
    language: labels.language,
    get version() {
      return core.version;
    },
    get visitor() {
      return core.visitor();
    },
    get status() {
      return statusOf(core, loaded?.keeper.deviceState, failure);
    },
    ...viewOf(core, page),
    consent: Object.freeze({
      get state() {
        return consentState(core).state;
      },
      get by() {
        return consentState(core).by;
      },
      get refusedAt() {
        return consentState(core).refusedAt;
      },
      get purposes() {
        return consentState(core).purposes;
      },
      get useful() {
        return consentState(core).useful;
      },
      grant: (grant) => use((there) => there.consent.grant(grant)),
      refuse: () => use((there) => there.consent.refuse()),
      withdraw: () => use((there) => there.consent.withdraw()),
    } satisfies Memory['consent']),
    conversations: Object.freeze({
      get recent() {
        return core.recent();
      },
      start: (conversation) => use((there) => there.conversations.start(conversation)),
      latest: (limit) => use((there) => there.conversations.latest(limit)),
      get: (id) => use((there) => there.conversations.get(id)),
    } satisfies Memory['conversations']),
    ask: (...given: Parameters<Verbs['ask']>) => use((there) => there.ask(...given)),
    forget: (selector) => use((there) => there.forget(selector)),
    wrong: (id) => use((there) => there.wrong(id)),
    notMe: () => use((there) => there.notMe()),
    for(purpose) {
      if (!isPurpose(purpose, settings.purposes)) {
        const line = `purposes: { ${purpose}: { title: '…', keys: [], reads: ['identity'] } }`;
        throw new MemoryError(
          'unknown_purpose',
          'for',
          `"${purpose}" is not declared; the line to add is ${line}`,
        );
      }
      return viewOf(core, {
        reads: readsOf(purpose, settings.purposes),
        writes: writesOf(purpose, settings.purposes),
        purpose,
      });
    },
    describe: labels.describe,
    title: labels.title,
    subscribe(first: Key | ((memory: never) => void), run?: (fact: Remembered | undefined) => void) {
      core.open('subscribe');
      if (typeof first === 'function') return core.subscribe(() => first(memory as never));
      if (typeof run !== 'function')
        throw new MemoryError('misuse', 'subscribe', 'it takes a function, or a key and a function');
      return core.subscribeKey(first, run);
    },
    export: () => use((there) => there.export()),
    import: (data) => use((there) => there.import(data)),
    async count() {
      core.open('count');
      return use((there) => there.keeper.count());
    },
    async close() {
      if (core.closed) return;
      core.closed = true;
      core.changed();
      leave(memory as unknown as Memory);
      await (await verbs().catch(() => undefined))?.keeper.close();
    },
  } as AnyMemory;
  return memory;
}

interface Permitted {
  readonly reads: (key: Key) => boolean;
  readonly writes: (key: Key) => boolean;
  readonly purpose?: string;
}

function viewOf(core: Core, { reads, writes, purpose }: Permitted): MemoryView<Schemas, Schemas> {
  const recall = (key: Key) => (reads(checkKey(core.settings, 'recall', key)) ? core.recall(key) : undefined);
  return {
    recall,
    value(key: Key, fallback?: unknown) {
      const fact = recall(key);
      return fact ? fact.value : fallback;
    },
    facts(under?: string) {
      const problem = under === undefined ? undefined : prefixProblem(under);
      if (problem) throw new MemoryError(problem.code, 'facts', problem.reason);
      return Object.freeze(core.facts(under).filter(({ key }) => reads(key)));
    },
    async remember(key: Key, value: unknown, options?: object) {
      if (!writes(checkKey(core.settings, 'remember', key)))
        throw new MemoryError('not_permitted', 'remember', `the purpose "${purpose}" does not cover ${key}`);
      return core.remember('remember', key, value, options);
    },
  } as MemoryView<Schemas, Schemas>;
}
