/**
 * Keeps what is said on the device, and brings back what is there. It opens the database after the
 * page has shown what it could without; whatever the database answers wins. One keeper a memory;
 * every step compares its session with the present one after waiting, so that nothing begun for one
 * person ends with another.
 */
import type { Draft, Fact, Forget, Held, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { MemoryError } from '../platform/errors.js';
import { removeBootRecord, bootRecordOf, type BootRecord } from '../store/boot-record.js';
import { bootWriter } from '../store/boot-writer.js';
import { openDevice } from '../store/device.js';
import { readGeneration, removeGeneration, restoreGeneration } from '../store/generation.js';
import { StoreError, type ConsentRecord, type Device, type RegistryState, type StoredConversation, type Subject } from '../store/store.js';
import type { Core } from './core.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import { gate, type Active } from './gate.js';
import { readIntents, writeIntent, type Intent } from './intents.js';
import type { Session } from './session.js';
import type { Grant, Status } from './types.js';

export interface Keeper {
  /** Resolves when the database has answered for the present session, whatever it said. Never rejects. */
  readonly ready: Promise<void>;
  readonly deviceState: { state: Status['storage']['device']; reason?: string };
  /** The database of the present person, once `ready`; undefined where there is none. */
  subject(): Subject | undefined;
  /** Opens the device's registry, making it when `create`; undefined where there is none, or none can be had. */
  device(create: boolean): Promise<Device | undefined>;
  /** Stores what the person said and granted for; resolves when these entries are on the device. */
  keep(session: Session, entries: readonly Draft[], operation: string): Promise<void>;
  /** Forgets what one selector names, on the device too; says how much that was. */
  forget(session: Session, forget: Draft<Forget>, operation: string): Promise<Counts>;
  /** Shows nobody from now on, and then wipes the person's database, or puts it aside until they are named again. */
  takeAway(how: 'wipe' | 'aside'): Promise<Counts>;
  removeDeviceFact(key: string): Promise<void>;
  /** Makes the person's database after a grant, and moves this visit into it. */
  settle(consent: ConsentRecord, operation: string): Promise<void>;
  /** Begins anew with whoever may be shown now, here and in the other tabs. */
  restart(): Promise<void>;
  count(): Promise<Counts>;
  /** A conversation as the device has it. */
  conversation(id: Uuid): Promise<StoredConversation | undefined>;
  close(): Promise<void>;
}

export function createKeeper(core: Core): Keeper {
  const { settings } = core;
  const { platform, site } = settings;
  const { clock, local } = platform;
  let registry: Device | undefined;
  let registrySession: { rev: number; epoch: string } = { rev: 0, epoch: '' };
  let known = new Map<Uuid, StoredConversation>();
  let flushing: Promise<void> | undefined;
  let deviceState: Keeper['deviceState'] = { state: platform.indexedDB ? 'unused' : 'blocked' };
  let opening: { session: Session; done: Promise<void> };

  const boot = bootWriter(platform, site, bootRecord);
  const channel = platform.channel(`customer-memory:${site}`);
  const stops = [
    channel?.onMessage((message) => hear(message)),
    platform.visibility.onChange((state) => state !== 'hidden' && followGeneration()),
    typeof settings.consent === 'object' ? settings.consent.subscribe(() => void followConsent()) : undefined,
    () => channel?.close(),
    () => boot.stop(),
  ];

  const keeper: Keeper = {
    get ready() {
      return ready();
    },
    get deviceState() {
      return deviceState;
    },
    subject: () => core.session.subject,
    device,
    keep,
    settle,
    restart,
    forget,
    takeAway,
    removeDeviceFact,
    count,
    conversation: (id) => readConversation(core.session, id),
    async close() {
      await boot.flush();
      for (const stop of stops) stop?.();
      core.session.subject?.close();
      registry?.close();
    },
  };
  core.keep = keep;
  opening = begin(core.session);
  return keeper;

  // --- opening ------------------------------------------------------------------------------

  /** Waits for the session that is there in the end, however often it changes meanwhile. */
  async function ready(): Promise<void> {
    for (let seen; seen !== opening; ) {
      seen = opening;
      await seen.done;
    }
  }

  function begin(session: Session, first: () => Promise<void> = () => Promise.resolve()): { session: Session; done: Promise<void> } {
    const done = first()
      .then(() => open(session))
      .catch((error: unknown) => fail(session, error))
      .then(() => {
        if (session !== core.session) return;
        session.ready = true;
        session.provisional = false;
        core.changed();
        // An earlier page of this visit said something before the consent manager had answered.
        if (sourceGrants(session) && session.view.said().length) void settle(recordOf(core.granted() as Grant), 'consent').catch(() => undefined);
      });
    return { session, done };
  }

  async function open(session: Session): Promise<void> {
    if (settings.shared) return;
    if (session.gate === 'waiting-for-consent') return;
    const denied = typeof settings.consent === 'object' && core.granted()?.device === false;
    const device_ = await device(false);
    if (session !== core.session) return;
    if (!device_) return nothingThere(session);
    if (denied) return wipeAll(session);
    await finishIntents(device_);
    const state = await device_.read();
    if (session !== core.session) return;
    agreeOnGeneration(state, device_);
    core.device.reset({ facts: state.device });
    await enter(session, device_, state);
  }

  /** The page's own generation counts; the registry's copy stands in where the browser has lost it. */
  function agreeOnGeneration(state: RegistryState, device_: Device): void {
    const mine = readGeneration(local, site);
    if (mine === undefined && state.gen !== undefined) restoreGeneration(local, site, state.gen);
    core.gen = readGeneration(local, site);
    if (mine !== undefined && mine !== state.gen) void device_.activate(state.active, mine, clock.now()).catch(() => undefined);
  }

  async function enter(session: Session, device_: Device, state: RegistryState): Promise<void> {
    const says = core.denied ? null : settings.says;
    const active = state.subjects.find((one) => one.local === state.active);
    const whom: Active = !active ? 'none' : active.user === undefined ? 'anonymous' : { user: active.user };
    const passage = gate(whom, says);
    const shownWrongly = session.provisional && passage !== 'show';
    if (shownWrongly) unshow(session);
    if (passage === 'closed') {
      session.closed = true;
      session.gate = 'closed';
      session.view.reset({ facts: [] });
      return;
    }
    if (passage === 'show') return load(session, active && (await device_.openSubject(active.local)));
    if (passage === 'new') return unshow(session);
    const gen = core.newGeneration();
    removeBootRecord(local, site);
    session.gate = passage === 'signed-out' ? 'signed-out' : 'switched';
    const next = passage === 'switch' ? state.subjects.find((one) => one.user !== undefined && one.user === says) : undefined;
    if (active && whom === 'anonymous') await device_.putAside(active.local, gen, clock.now());
    await device_.activate(next?.local, gen, clock.now());
    if (active && passage === 'signed-out' && settings.signedOut === 'discard') await device_.wipeSubject(active.local, gen);
    tell();
    if (session !== core.session) return;
    await load(session, next && (await device_.openSubject(next.local)));
  }

  async function load(session: Session, subject: Subject | undefined): Promise<void> {
    if (!subject) return nothingThere(session);
    const loaded = await subject.load(core.now());
    if (session !== core.session) return subject.close();
    if (!loaded.consent?.device) {
      subject.close();
      return nothingThere(session);
    }
    session.subject = subject;
    session.local = subject.local;
    session.consent = loaded.consent;
    registrySession = { rev: loaded.rev, epoch: loaded.epoch };
    core.skew = loaded.skew;
    core.drafter.meet(loaded.greatest);
    known = new Map(loaded.conversations.map((one) => [one.id, one]));
    session.view.reset(loaded);
    deviceState = { state: 'ok' };
    core.changed();
    // What was said before the database answered has been waiting in the visit.
    if (waiting(session).length) await flush(session).catch((error: unknown) => fail(session, error));
    boot.touch();
  }

  /** No database, or not one for this person: what the boot record showed is not so. */
  function nothingThere(session: Session): void {
    if (readGeneration(local, site) !== undefined || session.provisional) removeBootRecord(local, site);
    unshow(session);
  }

  function unshow(session: Session): void {
    if (!session.provisional) return;
    session.provisional = false;
    session.consent = undefined;
    session.view.reset({ facts: [] });
    core.corrected = true;
    core.changed();
  }

  function fail(session: Session, error: unknown): void {
    const { reason, message } = storeErrorOf(error);
    if (session !== core.session) return;
    if (reason === 'gone') return void restart();
    deviceState = { state: reason === 'unavailable' ? 'blocked' : 'failed', reason: message };
    // What cannot be read is not contradicted either; but nothing may be shown that the database has not confirmed.
    unshow(session);
    core.changed();
  }

  async function device(create: boolean): Promise<Device | undefined> {
    if (!platform.indexedDB) return undefined;
    registry ??= await openDevice(platform, site, { create });
    return registry;
  }

  // --- keeping ------------------------------------------------------------------------------

  async function keep(session: Session, entries: readonly Draft[], operation: string): Promise<void> {
    await ready();
    if (session !== core.session) throw new MemoryError('put_aside', operation);
    if (sourceGrants(session)) await settle(recordOf(core.granted() as Grant), operation);
    const ids = new Set(entries.map(({ id }) => id));
    try {
      await keepDeviceFacts(entries);
      while (waiting(session).some(({ id }) => ids.has(id))) await flush(session);
    } catch (error) {
      const { reason, message } = storeErrorOf(error);
      if (reason === 'gone') {
        if (session === core.session) await restart();
        throw new MemoryError('put_aside', operation, undefined, { cause: error });
      }
      // The person's words stay in view and in the visit, and go with the next write that succeeds.
      session.visit.put(entries);
      deviceState = { state: 'failed', reason: message };
      core.changed();
      throw new MemoryError(reason === 'quota' ? 'quota' : 'storage_failed', operation, undefined, { cause: error });
    }
  }

  /** A consent source has granted, and this person has no database yet: the first thing said makes it. */
  function sourceGrants(session: Session): boolean {
    return !settings.shared && !session.subject && !session.closed && core.granted()?.device === true;
  }

  function recordOf({ device: granted, sync = false, purposes }: Grant): ConsentRecord {
    return { device: granted, sync, ...(purposes && { purposes }), at: clock.now() };
  }

  /** What was said, is granted for, and is not on the device. */
  function waiting(session: Session): Draft[] {
    const { consent, subject } = session;
    if (!subject || !consent?.device) return [];
    return session.view.said().filter((entry) => entry.kind === 'forget' || grantedFor(consent, entry.purpose));
  }

  function flush(session: Session): Promise<void> {
    flushing ??= write(session).finally(() => (flushing = undefined));
    return flushing;
  }

  async function write(session: Session): Promise<void> {
    const { subject } = session;
    const batch = waiting(session).map(asNew);
    if (!subject || !batch.length) return;
    const { stored, rev } = await subject.write(batch, core.now());
    session.visit.remove(batch.map(({ id }) => id));
    if (session !== core.session) return;
    registrySession = { ...registrySession, rev };
    session.view.commit(stored, await touched(session, stored));
    // An entry that a forget of another tab covers is not among what was stored: it must not wait for ever.
    const left = new Set(stored.map(({ entry }) => entry.id));
    session.view.drop(batch.filter(({ id }) => !left.has(id)).map(({ id }) => id));
    deviceState = { state: 'ok' };
    core.changed();
    boot.touch();
    tell();
  }

  async function keepDeviceFacts(entries: readonly Draft[]): Promise<void> {
    const facts = entries.filter((entry): entry is Draft<Fact> => entry.kind === 'fact' && core.isDevice(entry.key));
    if (!facts.length || !core.session.consent?.device) return;
    const device_ = await device(false);
    if (!device_) return;
    for (const fact of facts) await device_.setDeviceFact({ entry: { ...fact, seen: 0 } });
    core.device.commit(facts.map((fact) => ({ entry: { ...fact, seen: 0 } })), []);
    core.session.visit.remove(facts.map(({ id }) => id));
    boot.touch();
    tell();
  }

  /** The conversations that a write changed, as they are on the device now. */
  async function touched(session: Session, stored: readonly Held[]): Promise<StoredConversation[]> {
    const byId = new Map<Uuid, Held[]>();
    let forgot = false;
    for (const row of stored) {
      if (row.entry.kind === 'forget') forgot = true;
      const id = row.entry.kind === 'forget' ? undefined : conversationIdOf(row.entry.key);
      if (id) byId.set(id, [...(byId.get(id) ?? []), row]);
    }
    if (forgot) return refreshed(session);
    const changed: StoredConversation[] = [];
    for (const [id, rows] of byId) {
      const before = known.get(id);
      const after = before && rows.every(({ entry }) => entry.kind === 'message') ? withMessages(before, rows) : await session.subject?.conversation(id, core.now());
      if (!after) continue;
      known.set(id, after);
      changed.push(after);
    }
    return changed;
  }

  /** A forget may have taken any of the newest away and brought older ones up. */
  async function refreshed(session: Session): Promise<StoredConversation[]> {
    const newest = (await session.subject?.conversations({ limit: 5 }, core.now())) ?? [];
    const gone = [...known.keys()].filter((id) => !newest.some((one) => one.id === id));
    known = new Map(newest.map((one) => [one.id, one]));
    return [...gone.map((id) => ({ id, facts: [], lastMessageAt: undefined, messages: 0 })), ...newest];
  }

  async function readConversation(session: Session, id: Uuid): Promise<StoredConversation | undefined> {
    return known.get(id) ?? (await session.subject?.conversation(id, core.now()));
  }

  // --- granting and taking away -------------------------------------------------------------

  async function settle(consent: ConsentRecord, operation: string): Promise<void> {
    await ready();
    const { session } = core;
    try {
      const device_ = await device(true);
      if (!device_) throw new StoreError('unavailable', 'this browser keeps no databases');
      const gen = core.gen ?? core.newGeneration();
      const subject = session.subject ?? (await device_.createSubject({ ...(session.user !== undefined && { user: session.user }), gen, now: clock.now() }));
      await subject.setConsent(consent, clock.now());
      if (session !== core.session) throw new MemoryError('put_aside', operation);
      session.subject = subject;
      session.local = subject.local;
      session.consent = consent;
      await flush(session);
      await keepDeviceFacts(core.device.said());
    } catch (error) {
      if (error instanceof MemoryError) throw error;
      const { reason, message } = storeErrorOf(error);
      deviceState = { state: reason === 'unavailable' ? 'blocked' : 'failed', reason: message };
      core.changed();
      throw new MemoryError(reason === 'quota' ? 'quota' : 'storage_failed', operation, message, { cause: error });
    }
    deviceState = { state: 'ok' };
    core.changed();
    boot.touch();
    tell();
  }

  async function forget(session: Session, draft: Draft<Forget>, operation: string): Promise<Counts> {
    // First, and at once: no boot record written before may be shown, and a page closed now finishes it at the next start.
    const done = takeFromBoot(session, draft);
    session.view.put([draft]);
    if (!session.subject) session.visit.put([draft]);
    core.changed();
    await ready();
    if (session !== core.session) throw new MemoryError('put_aside', operation);
    if (!session.subject) return nothing;
    try {
      await flushing;
      const { stored, deleted, rev } = await session.subject.write([asNew(draft)], core.now());
      registrySession = { ...registrySession, rev };
      session.visit.remove([draft.id]);
      session.view.commit(stored, await refreshed(session));
      done();
      core.changed();
      boot.touch();
      await recordGeneration(session);
      tell();
      return deleted;
    } catch (error) {
      const { reason } = storeErrorOf(error);
      if (reason === 'gone') return nothing;
      // It is out of sight, and the intent stays: the next start finishes it.
      session.visit.put([draft]);
      throw new MemoryError(reason === 'quota' ? 'quota' : 'storage_failed', operation, undefined, { cause: error });
    }
  }

  function takeFromBoot(session: Session, what: Draft<Forget> | 'wipe'): () => void {
    if (core.gen === undefined) return () => undefined;
    core.newGeneration();
    removeBootRecord(local, site);
    if (session.local === undefined) return () => undefined;
    return writeIntent(local, site, session.local, what === 'wipe' ? what : { ...what, seen: 0 });
  }

  async function recordGeneration(session: Session): Promise<void> {
    if (core.gen !== undefined) await (await device(false))?.activate(session.local, core.gen, clock.now());
  }

  async function removeDeviceFact(key: string): Promise<void> {
    core.device.drop(core.device.said().filter((entry) => entry.kind === 'fact' && entry.key === key).map(({ id }) => id));
    const hadBoot = core.gen !== undefined;
    if (hadBoot) takeFromBoot({ ...core.session, local: undefined }, 'wipe');
    const device_ = await device(false);
    await device_?.removeDeviceFact(key);
    core.device.reset({ facts: (await device_?.read())?.device ?? [] });
    core.changed();
    boot.touch();
    if (hadBoot) tell();
  }

  async function takeAway(how: 'wipe' | 'aside'): Promise<Counts> {
    const before = core.session;
    const done = takeFromBoot(before, 'wipe');
    if (how === 'aside') done();
    before.visit.clear();
    before.subject?.close();
    if (how === 'wipe') core.device.reset({ facts: [] });
    known = new Map();
    let deleted = nothing;
    opening = begin(core.begin(), async () => {
      const device_ = await device(false).catch(() => undefined);
      if (!device_) return;
      const { active, subjects } = await device_.read();
      const whose = before.local ?? active;
      const gen = core.gen ?? core.newGeneration();
      if (whose === undefined) return;
      if (how === 'aside') return device_.putAside(whose, gen, clock.now());
      deleted = await countIn(device_, whose);
      const others = subjects.some((one) => one.local !== whose);
      if (others) await device_.wipeSubject(whose, gen);
      else await wipeDevice(device_, gen);
      done();
    });
    tell();
    await ready();
    if (how === 'wipe' && !registry) forgetGeneration();
    return deleted;
  }

  /** How much is kept here: on the device, and in this visit beside it. */
  async function count(): Promise<Counts> {
    await ready();
    const { session } = core;
    if (session.closed) return nothing;
    const stored = (await session.subject?.count(core.now())) ?? nothing;
    const said = session.subject ? session.view.said().filter((entry) => entry.kind !== 'forget' && !grantedFor(session.consent as ConsentRecord, entry.purpose)) : session.view.said();
    return sumOf(stored, countOf(said));
  }

  async function countIn(device_: Device, whose: string): Promise<Counts> {
    const subject = await device_.openSubject(whose);
    const count = await subject?.count(core.now());
    subject?.close();
    return count ?? nothing;
  }

  /** Nobody is left: the browser is as if this site had never remembered anybody. */
  async function wipeDevice(device_: Device, gen: string): Promise<void> {
    registry = undefined;
    await device_.wipeEverything(gen);
    forgetGeneration();
  }

  function forgetGeneration(): void {
    removeGeneration(local, site);
    core.gen = undefined;
    tell();
  }

  async function wipeAll(session: Session): Promise<void> {
    if (!registry) return;
    const gen = core.newGeneration();
    removeBootRecord(local, site);
    unshow(session);
    core.device.reset({ facts: [] });
    await wipeDevice(registry, gen);
  }

  async function restart(): Promise<void> {
    core.session.subject?.close();
    known = new Map();
    opening = begin(core.begin());
    await ready();
  }

  /** A forget that was begun and not finished: the page was closed on it. */
  async function finishIntents(device_: Device): Promise<void> {
    for (const intent of readIntents(local, site)) await finish(intent, device_);
  }

  async function finish(intent: Intent, device_: Device): Promise<void> {
    if (intent.what === 'wipe') await device_.wipeSubject(intent.local, core.gen ?? core.newGeneration());
    else {
      const subject = await device_.openSubject(intent.local);
      await subject?.write(intent.forgets, core.now());
      subject?.close();
    }
    intent.done();
  }

  // --- other tabs, and coming back ----------------------------------------------------------

  function tell(): void {
    channel?.post({ gen: readGeneration(local, site), rev: registrySession.rev });
  }

  function hear(message: unknown): void {
    if (core.closed || typeof message !== 'object' || message === null) return;
    if (followGeneration()) return;
    const { session } = core;
    if (session.subject) void session.subject.load(core.now()).then((loaded) => {
      if (session !== core.session) return;
      registrySession = { rev: loaded.rev, epoch: loaded.epoch };
      known = new Map(loaded.conversations.map((one) => [one.id, one]));
      session.view.reset(loaded);
      core.changed();
    }, (error: unknown) => fail(session, error));
    // Another tab was granted what this one has been saying for the visit only.
    else if (session.ready && !session.closed) void restart();
  }

  /** Another tab has taken somebody away, or switched, since this one looked: nothing of them stays in view. */
  function followGeneration(): boolean {
    if (core.closed || readGeneration(local, site) === core.gen) return false;
    void restart();
    return true;
  }

  async function followConsent(): Promise<void> {
    const grant = core.granted();
    if (core.closed || !grant) return;
    if (!grant.device) return void (await wipeIfAny());
    if (!core.session.consent?.device) await restart();
    if (sourceGrants(core.session) && core.session.view.said().length) await settle(recordOf(grant), 'consent');
  }

  async function wipeIfAny(): Promise<void> {
    const device_ = await device(false).catch(() => undefined);
    if (device_ || readGeneration(local, site) !== undefined) await restart();
  }

  // --- the boot record ----------------------------------------------------------------------

  function bootRecord(): BootRecord | undefined {
    const { session } = core;
    if (!session.subject || !session.consent?.device || core.gen === undefined) return undefined;
    return bootRecordOf({
      gen: core.gen,
      local: session.subject.local,
      ...(session.user !== undefined && { user: session.user }),
      ...registrySession,
      facts: session.view.deciding(),
      heads: session.view.recent(),
      device: core.device.deciding(),
      consent: session.consent,
    });
  }
}

/** The transaction that stores it fills in what it saw. */
function asNew(entry: Draft): Draft {
  const { seen, after, ...rest } = entry;
  void seen;
  void after;
  return rest as Draft;
}

function grantedFor({ purposes }: ConsentRecord, purpose: string): boolean {
  return !purposes || purposes.includes(purpose);
}

function withMessages(before: StoredConversation, rows: readonly Held[]): StoredConversation {
  const times = rows.map(({ entry }) => parseInt(entry.at.slice(0, 12), 16));
  return { ...before, messages: before.messages + rows.length, lastMessageAt: Math.max(before.lastMessageAt ?? 0, ...times) };
}

function storeErrorOf(error: unknown): StoreError {
  return error instanceof StoreError ? error : new StoreError('failed', String(error), error);
}
