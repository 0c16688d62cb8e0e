/**
 * The part of a memory that runs before the first paint: it reads the boot record and this visit,
 * decides who may be shown, answers `recall`, and takes down what is said so that leaving the page
 * loses nothing. Knows the stores that can be read synchronously; the database is the keeper's, which
 * may be loaded later.
 */
import type { Draft, Fact, Held, Key } from '../facts/entry.js';
import { MemoryError } from '../platform/errors.js';
import { maskCards } from '../facts/secret.js';
import type { BootFact } from '../store/boot-record.js';
import { newGeneration, readGeneration } from '../store/generation.js';
import { openVisit } from '../store/visit.js';
import { checkFact, checkKey, fits } from './check.js';
import { createDrafter, type Drafter } from './draft.js';
import { firstLook, type FirstLook } from './first-look.js';
import { rememberedOf } from './remembered.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';
import { createSubscriptions } from './subscriptions.js';
import type { ConversationHead, Grant, Remembered, RememberOptions, Visitor } from './types.js';
import { createView, type View } from './view.js';

export interface Core {
  readonly settings: Settings;
  readonly drafter: Drafter;
  /** The person this page shows now; another object after each switch. */
  readonly session: Session;
  /** Device preferences: shown by every gate. */
  readonly device: View;
  /** The generation that what is shown belongs to; undefined where nothing was ever kept. */
  gen: string | undefined;
  /** Milliseconds to add to this device's clock; known once an endpoint has answered. */
  skew: number;
  readonly now: () => number;
  readonly version: number;
  corrected: boolean;
  closed: boolean;
  /** Nobody, whatever the page says: the person at it pressed "not me". */
  denied: boolean;
  /** The person has just been forgotten; they are not asked again in this visit. */
  hushed: boolean;
  /** Why the elements show only their slots; undefined when they work. */
  elements: string | undefined;
  /** Who is to be asked to keep what was said; set by the composition. */
  keep: (session: Session, entries: readonly Draft[], operation: string) => Promise<void>;

  /** What a consent source says; undefined = it does not know yet, or there is none. */
  granted(): Grant | undefined;
  recall(key: Key): Remembered | undefined;
  /** What is recalled under a prefix, in the order of keys. */
  facts(under: Key | undefined): Remembered[];
  recent(): readonly ConversationHead[];
  visitor(): Visitor;
  isDevice(key: Key): boolean;
  remember(operation: string, key: unknown, value: unknown, options?: RememberOptions): Promise<Remembered>;
  /** Takes entries down at once; resolves when they are as safe as they can be now. */
  accept(entries: readonly Draft[], operation: string): Promise<void>;
  /** Begins with whoever may be shown now; what was shown before is gone from the page at once. */
  begin(): Session;
  /** Makes boot records written so far unshowable, before anything is taken away. */
  newGeneration(): string;
  /** Tells the listeners, once for all changes of a task. */
  changed(): void;
  open(operation: string): void;
  subscribe(run: () => void): () => void;
  subscribeKey(key: Key, run: (fact: Remembered | undefined) => void): () => void;
}

export function createCore(settings: Settings): Core {
  const { platform, site } = settings;
  const subscriptions = createSubscriptions((key) => core.recall(key), platform.report);
  const { changed } = subscriptions;
  let session: Session;

  const core: Core = {
    settings,
    drafter: createDrafter(settings, now),
    get session() {
      return session;
    },
    device: createView(now, (key, value) => fits(settings, key, value)),
    gen: undefined,
    skew: 0,
    now,
    get version() {
      return subscriptions.version;
    },
    corrected: false,
    closed: false,
    denied: false,
    hushed: false,
    elements: undefined,
    keep: () => Promise.resolve(),
    granted: () => (typeof settings.consent === 'object' ? settings.consent.current() : undefined),
    recall: (key) => (core.closed ? undefined : viewOf(key)?.recall(key)),
    facts(prefix) {
      if (core.closed) return [];
      const keys = new Set([
        ...(session.closed ? [] : session.view.keys(prefix)),
        ...core.device.keys(prefix),
      ]);
      return [...keys].sort().flatMap((key) => core.recall(key) ?? []);
    },
    recent: () => (core.closed || session.closed ? none : session.view.recent()),
    visitor,
    isDevice: (key) =>
      key.startsWith('preferences.') && Object.hasOwn(settings.devicePreferences, key.slice(12)),
    remember,
    accept,
    begin,
    newGeneration() {
      const gen = newGeneration(platform, site);
      // Where it cannot be kept there is none to compare with.
      core.gen = readGeneration(platform.local, site);
      return gen;
    },
    changed,
    open(operation) {
      if (core.closed) throw new MemoryError('closed', operation);
    },
    subscribe: subscriptions.all,
    subscribeKey: (key, run) => subscriptions.key(checkKey(settings, 'subscribe', key), run),
  };

  function now(): number {
    return platform.clock.now() + core.skew;
  }

  function viewOf(key: Key): View | undefined {
    if (core.isDevice(key)) return core.device;
    return session.closed ? undefined : session.view;
  }

  function visitor(): Visitor {
    if (session.closed || core.closed) return anonymous;
    if (session.user !== undefined) return { assurance: 'verified', user: session.user };
    return ['identity.name', 'identity.email', 'identity.phone'].some((key) => session.view.recall(key))
      ? { assurance: 'claimed' }
      : anonymous;
  }

  // --- saying -------------------------------------------------------------------------------

  async function remember(
    operation: string,
    key: unknown,
    value: unknown,
    options: RememberOptions = {},
  ): Promise<Remembered> {
    core.open(operation);
    const checked = checkFact(settings, operation, key, value);
    const fact = core.drafter.fact(checked.key, checked.value, checkOptions(operation, options));
    await accept([fact], operation);
    const recalled = core.recall(checked.key);
    return recalled?.id === fact.id ? recalled : rememberedOf({ entry: { ...fact, seen: 0 } });
  }

  async function accept(entries: readonly Draft[], operation: string): Promise<void> {
    const mine = session;
    // An import may bring stamps ahead of this clock; what is said after it comes after them.
    for (const { at } of entries) core.drafter.meet(at);
    const forDevice = entries.filter((entry) => entry.kind === 'fact' && core.isDevice(entry.key));
    core.device.put(forDevice);
    mine.view.put(entries.filter((entry) => !forDevice.includes(entry)));
    // Until it is on the device, the visit is what survives leaving the page.
    mine.visit.put(entries);
    changed();
    await core.keep(mine, entries, operation);
  }

  // --- beginning ----------------------------------------------------------------------------

  function begin(): Session {
    const says = core.denied ? null : settings.says;
    const look = firstLook({ ...settings, says });
    const visit = openVisit(platform, site, says);
    const view = createView(now, (key, value) => fits(settings, key, value));
    session = {
      user: says ?? undefined,
      view,
      visit,
      gate: 'open',
      closed: false,
      provisional: false,
      ready: false,
      local: undefined,
      subject: undefined,
      consent: undefined,
    };
    show(look);
    core.device.put(visit.entries.filter((entry) => entry.kind === 'fact' && core.isDevice(entry.key)));
    view.put(visit.entries.filter((entry) => entry.kind !== 'fact' || !core.isDevice(entry.key)));
    for (const { at } of visit.entries) core.drafter.meet(at);
    changed();
    return session;
  }

  function show({ gen, gate, closed, boot, device }: FirstLook): void {
    core.gen = gen;
    session.gate = gate;
    session.closed = closed;
    core.device.reset({ facts: device.map(heldOf) });
    if (!boot) return;
    session.view.reset({ facts: boot.facts.map(heldOf), heads: boot.heads });
    session.consent = boot.consent;
    session.local = boot.local;
    session.provisional = true;
    for (const { at } of boot.facts) core.drafter.meet(at);
  }

  begin();
  return core;
}

const none: readonly ConversationHead[] = Object.freeze([]);
const anonymous: Visitor = Object.freeze({ assurance: 'anonymous' });

function heldOf(fact: BootFact): Held<Fact> {
  return { entry: { ...fact, seen: 0 } };
}

function checkOptions(operation: string, options: RememberOptions): RememberOptions {
  const refuse = (detail: string) => new MemoryError('invalid_option', operation, detail);
  if (typeof options !== 'object' || options === null)
    throw refuse('options are an object such as { why: "…" }');
  const { authority = 'stated', why, until, discreet = false } = options;
  if (!['stated', 'observed', 'inferred'].includes(authority))
    throw refuse('authority is stated, observed or inferred; the others are not the page’s to claim');
  if (why !== undefined && (typeof why !== 'string' || why.length > 500 || /\p{Cs}/u.test(why)))
    throw refuse('why is a text of at most 500 characters');
  if (why !== undefined && maskCards(why).masked)
    throw new MemoryError('secret', operation, undefined, { path: 'why' });
  if (until !== undefined && !(Number.isSafeInteger(until) && until >= 0))
    throw refuse('until is milliseconds since 1970');
  if (typeof discreet !== 'boolean') throw refuse('discreet is true or false');
  return options;
}
