/**
 * Puts a memory together: what answers at once (the core), what waits for the database (the keeper),
 * and what is fetched when it is called (the verbs). The one place that knows them all.
 */
import type { Key } from '../facts/entry.js';
import { prefixProblem } from '../facts/key.js';
import { isPurpose, readsOf, writesOf } from '../facts/purpose.js';
import { isStamp } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';
import { MemoryError } from '../platform/errors.js';
import { snapshot } from '../platform/snapshot.js';
import type { Ask } from './asking.js';
import type { Head } from './draft.js';
import { checkKey } from './check.js';
import { checkOptions, conflictOf } from './check-options.js';
import { createConsent } from './consent.js';
import { createCore, type Core } from './core.js';
import { createKeeper } from './keeper.js';
import { createLabels } from './labels.js';
import { part } from './part.js';
import type { Keeper } from './parts.js';
import { settingsOf, type Options } from './settings.js';
import { statusOf } from './status.js';
import { enter, leave, MAJOR, table, type Place } from './table.js';
import type { ForgetSelector, Memory, MemoryView, Remembered, Schemas } from './types.js';

/** The memory of any site, as its parts see it; `createMemory` gives it the types of the site's schemas. */
export type AnyMemory = Memory<Schemas, Schemas>;

export function assemble(options: Options): AnyMemory {
  checkOptions(options);
  if (table().major !== MAJOR) throw new MemoryError('version_conflict', 'createMemory');
  const there = table().memories.get(options.site);
  if (there) {
    there.add(options);
    return there.memory as unknown as AnyMemory;
  }
  const place = make(options);
  enter(place as unknown as Place);
  return place.memory;
}

/** A memory that is in no table yet, and what takes the options of later calls. */
export function make(
  options: Options,
  noted: readonly string[] = [],
): { memory: AnyMemory; core: Core; add: (options: Options) => void } {
  let given = options;
  const settings = settingsOf(options);
  const core = createCore(settings);
  const memory = build(core, noted);
  return {
    memory,
    core,
    add(later) {
      const conflict = conflictOf(given, later);
      if (conflict)
        throw new MemoryError('options_conflict', 'createMemory', `${conflict} of "${given.site}" differs`);
      given = { ...given, ...later };
      Object.assign(settings, settingsOf(given));
      core.session.view.refit();
      core.changed();
    },
  };
}

function build(core: Core, noted: readonly string[]): AnyMemory {
  const { settings } = core;
  const labels = createLabels(settings);
  let made: Keeper | undefined;
  const keeper = (core.keeper = () => (made ??= createKeeper(core)));
  // What can be answered at once is answered before the device is asked for anything.
  const ready = Promise.resolve()
    // At once: it follows other pages however long the code takes for what is done again.
    .then(keeper)
    .then(async () => {
      await Promise.all(again);
      await keeper().ready;
      // What was said before is there to be recalled.
      await keeper().saying.come();
    });
  const reading = part(async () => (await import('./reading.js')).createReading(core), core.working);
  // An earlier page of this visit was left before it could do these.
  const again = core.session.visit.calls
    .filter((call) => !noted.includes(JSON.stringify(call)))
    .map((call) => redo(call).catch(settings.platform.report));
  const page: Permitted = { reads: () => true, writes: () => true };

  const memory = {
    site: settings.site,
    ready,
    get language() {
      return labels.language();
    },
    get version() {
      return core.version;
    },
    get visitor() {
      return core.visitor();
    },
    get status() {
      return statusOf(core, made?.deviceState);
    },
    ...viewOf(core, page),
    consent: createConsent(core),
    conversations: Object.freeze({
      get recent() {
        return core.recent();
      },
      async start(conversation) {
        const taken = core.take('conversations.start', ['start', null, conversation]);
        const given = snapshot(conversation);
        return reading(({ conversations }) => conversations.start(taken, given));
      },
      latest: (limit) => reading(({ conversations }) => conversations.latest(limit)),
      get: (id) => reading(({ conversations }) => conversations.get(id)),
    } satisfies Memory['conversations']),
    // Closing waits for its code and not for the answer.
    ask: async (...given: Parameters<Ask>) => (await reading(({ ask }) => ask()))(...given),
    forget: (selector) => keeper().forget('forget', selector),
    wrong: (id) => keeper().wrong(id),
    notMe: () => keeper().notMe(),
    for(purpose) {
      if (!isPurpose(purpose, settings.purposes))
        throw new MemoryError('unknown_purpose', 'for', `add purposes: { ${purpose}: { title: '…' } }`);
      return viewOf(core, {
        reads: readsOf(purpose, settings.purposes),
        writes: writesOf(purpose, settings.purposes),
        purpose,
      });
    },
    describe: labels.describe,
    choices: labels.choices,
    title: labels.title,
    subscribe(first: Key | ((memory: never) => void), run?: (fact: Remembered | undefined) => void) {
      core.open('subscribe');
      if (typeof first === 'function') return core.subscribe(() => first(memory as never));
      if (typeof run !== 'function')
        throw new MemoryError('misuse', 'subscribe', 'it takes a function, or a key and a function');
      return core.subscribeKey(first, run);
    },
    export: () => reading((there) => there.export()),
    async import(data) {
      core.open('import');
      const mine = core.session;
      return reading((there) => there.import(mine, data));
    },
    count: () => reading((there) => there.count()),
    async close() {
      if (core.closed) return;
      core.closed = true;
      core.changed();
      leave(memory as unknown as Memory);
      await keeper().close();
    },
  } as AnyMemory;
  return memory;

  async function redo([first, value, given, noted]: readonly unknown[]): Promise<unknown> {
    if (first === 'forget') return keeper().forget('forget', value as ForgetSelector);
    const taken = core.take('memory', [first, value, given], headIn(noted));
    return reading((there) => there.redo(taken, first, value, given));
  }
}

/** When a call was made; undefined where nothing had been fetched yet that knew, or another script has written there. */
function headIn(noted: unknown): Head | undefined {
  const { id, at } = Object(noted) as Partial<Head>;
  return isUuid(id) && isStamp(at) ? { id, at, seen: 0 } : undefined;
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
