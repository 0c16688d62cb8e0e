/**
 * The part of a memory that answers at once: it reads the boot record and this visit, decides who may
 * be shown, and answers `recall`. Knows the stores that can be read synchronously; the database is the
 * keeper's, and what is said goes through `saying`.
 */
import type { Fact, Held, Key } from '../facts/entry.js';
import { isKey } from '../facts/key.js';
import { MemoryError } from '../platform/errors.js';
import { snapshot } from '../platform/snapshot.js';
import type { BootFact } from '../store/boot-record.js';
import { newGeneration, readGeneration } from '../store/generation.js';
import { openVisit } from '../store/visit.js';
import { checkKey, declared, fits } from './check.js';
import { createDrafter, type Drafter, type Head } from './draft.js';
import { firstLook } from './first-look.js';
import type { KnownConversation } from './hand.js';
import type { Keeper } from './parts.js';
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
  /** What keeps all of it, and asks the device first when it is first needed; set by the composition. */
  keeper: () => Keeper;

  /** What a consent source says; undefined = it does not know yet, or there is none. */
  granted(): Grant | undefined;
  recall(key: Key): Remembered | undefined;
  /** What is recalled under a prefix, in the order of keys. */
  facts(under: Key | undefined): Remembered[];
  recent(): readonly ConversationHead[];
  visitor(): Visitor;
  isDevice(key: Key): boolean;
  remember(operation: string, key: unknown, value: unknown, options?: RememberOptions): Promise<Remembered>;
  /**
   * Takes down a call whose code may still have to be fetched.
   *
   * @param call what the next page of this visit does if this one is left before; nothing where it is empty.
   * @param before when it was made, on an earlier page of this visit.
   */
  take(operation: string, call: readonly unknown[], before?: Head): Taken;
  /** Begins with whoever may be shown now; what was shown before is gone from the page at once. */
  begin(): Session;
  /** Makes boot records written so far unshowable, and removes the one that is there, before anything is taken away. */
  newGeneration(): string;
  /** What is under way that closing waits for. */
  readonly working: Set<Promise<unknown>>;
  /** Tells the listeners, once for all changes of a task. */
  changed(): void;
  open(operation: string): void;
  subscribe(run: () => void): () => void;
  subscribeKey(key: Key, run: (fact: Remembered | undefined) => void): () => void;
}

/** To whom something was said, and when. */
export interface Taken {
  readonly mine: Session;
  readonly head: Head;
  /** It is being done: the next page has not to do it. */
  readonly unnote: () => unknown;
}

export function createCore(settings: Settings): Core {
  const { platform, site } = settings;
  const subscriptions = createSubscriptions((key) => core.recall(key), platform.report);
  const { changed } = subscriptions;
  let session: Session;

  const core: Core = {
    settings,
    drafter: createDrafter(platform.random, now),
    get session() {
      return session;
    },
    device: viewOf(),
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
    keeper: undefined as never,
    granted() {
      const { consent } = settings;
      try {
        return typeof consent === 'object' ? consent.current() : undefined;
      } catch {
        return undefined; // A blocker has kept the consent manager from working: it does not know.
      }
    },
    recall: (key) => (core.closed || !core.isDevice(key) ? viewNow() : core.device)?.recall(key),
    facts(prefix) {
      const keys = new Set([...(viewNow()?.keys(prefix) ?? []), ...core.device.keys(prefix)]);
      return [...keys].sort().flatMap((key) => core.recall(key) ?? []);
    },
    recent: () => viewNow()?.recent() ?? none,
    visitor,
    isDevice: (key) => !!declared(settings.devicePreferences, key),
    remember,
    take,
    begin,
    newGeneration() {
      const before = readGeneration(platform.local, site);
      const gen = newGeneration(platform, site);
      // Where it cannot be kept there is none to compare with; where another tab began one, this page has still to look.
      if (core.gen === before) core.gen = readGeneration(platform.local, site);
      return gen;
    },
    working: new Set(),
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

  function viewOf(): View {
    return createView(now, (key, value) => fits(settings, key, value));
  }

  /** Of the person; undefined while they are not to be shown. */
  function viewNow(): View | undefined {
    return core.closed || session.closed ? undefined : session.view;
  }

  function visitor(): Visitor {
    const view = viewNow();
    if (!view) return anonymous;
    if (session.user !== undefined) return { assurance: 'verified', user: session.user };
    return ['identity.name', 'identity.email', 'identity.phone'].some((key) => view.recall(key))
      ? { assurance: 'claimed' }
      : anonymous;
  }

  // --- saying -------------------------------------------------------------------------------

  async function remember(
    operation: string,
    key: unknown,
    value: unknown,
    options?: RememberOptions,
  ): Promise<Remembered> {
    const { saying } = core.keeper();
    // What a site observed or guessed is not kept without a grant, not even for a moment.
    const stated = (options?.authority ?? 'stated') === 'stated' && isKey(key);
    const { mine, head, unnote } = take(operation, stated && !saying.here() ? [key, value, options] : []);
    const said = snapshot(value);
    const given = snapshot(options);
    return saying((there) => {
      unnote();
      return there.remember(mine, head, operation, key, said(), given());
    });
  }

  function take(operation: string, call: readonly unknown[], before?: Head): Taken {
    core.open(operation);
    core.drafter.meet(before?.at);
    const head = before ?? core.drafter.head();
    const unnote = call.length ? session.visit.note([...call, { ...head, seen: 0 }]) : () => undefined;
    const mine = session;
    // Whoever has begun since leaves it to the next page.
    return { mine, head, unnote: () => mine === session && unnote() };
  }

  // --- beginning ----------------------------------------------------------------------------

  function begin(first = false): Session {
    const says = core.denied ? null : settings.says;
    const look = firstLook({ ...settings, says }, core.granted());
    const { gen, gate, boot, device } = look;
    const visit = openVisit(platform, site, core.denied ? SOMEBODY : says, look.local, first);
    visit.local ??= boot?.local;
    const view = viewOf();
    core.gen = gen;
    session = {
      user: says ?? undefined,
      view,
      visit,
      boot,
      gate,
      // Whose words the visit has only the database can say.
      closed: look.closed || (!boot && !!visit.local),
      provisional: !!boot,
      ready: false,
      local: boot?.local,
      subject: undefined,
      consent: boot?.consent,
    };
    core.device.reset({ facts: device.map(heldOf) });
    const facts = boot?.facts ?? [];
    view.reset({ facts: facts.map(heldOf), conversations: (boot?.heads ?? []).map(conversationOf) });
    for (const { at } of [...facts, ...visit.entries]) core.drafter.meet(at);
    for (const entry of visit.entries)
      (entry.kind === 'fact' && core.isDevice(entry.key) ? core.device : view).put([entry]);
    changed();
    return session;
  }

  begin(true);
  return core;
}

/** Owns what is said after “not me” on a page that goes on naming somebody. */
const SOMEBODY = '';

const none: readonly ConversationHead[] = Object.freeze([]);
const anonymous: Visitor = Object.freeze({ assurance: 'anonymous' });

function heldOf(fact: BootFact): Held<Fact> {
  // Another script may have written there what it comes after.
  return { entry: { ...fact, seen: 0, after: [] } };
}

/** A head of the boot record, as a conversation whose facts have not been read yet. */
function conversationOf(head: ConversationHead): KnownConversation {
  return { id: head.id, facts: [], lastMessageAt: head.lastAt, messages: 0, head };
}
