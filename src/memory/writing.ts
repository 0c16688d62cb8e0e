/** Stores what the person said and granted for; what is not granted for stays with the visit. */
import type { Draft, Fact, Forget, Held, Ms, Uuid } from '../facts/entry.js';
import { includes } from '../facts/includes.js';
import { ROOTS } from '../facts/key.js';
import { MemoryError } from '../platform/errors.js';
import { NOT_STORED } from '../platform/later-errors.js';
import { readGeneration } from '../store/generation.js';
import { nameOf } from '../store/names.js';
import { StoreError, type ConsentRecord, type Device, type Subject } from '../store/store.js';
import { alone } from './alone.js';
import { consentHint } from './consent-hint.js';
import { nothing, sumOf } from './counts.js';
import { gate } from './gate.js';
import { lookAgain } from './look-again.js';
import type { Writing } from './parts.js';
import type { Session } from './session.js';
import { grantedFor } from './granted-for.js';
import { drop, type Shelf } from './shelf.js';
import { sourceGrants } from './source-grants.js';
import { touched } from './touched.js';
import { commit } from './view-changes.js';
import { visitOf } from './visit-of.js';
import type { Grant } from './types.js';

/** How long what is said is not noted again as having been here. */
const DAY = 86_400_000;

export function createWriting(shelf: Shelf): Writing {
  const { core } = shelf;
  const { settings, drafter } = core;
  const { clock, local } = settings.platform;
  const hint = consentHint(core);

  /** What was not stored because another tab has forgotten it, or what it was said in. */
  const lost = new Set<Uuid>();
  /** When this page last had it noted that somebody was here. */
  let noted = 0;

  return { keep, settle, catchUp, refuse, lost };

  async function keep(session: Session, entries: readonly Draft[], operation: string): Promise<void> {
    await shelf.opening.ready();
    hint();
    if (sourceGrants(shelf, session)) {
      await settle(session, core.granted() as Grant, operation).catch((error: unknown) => {
        // Granted or not, where there is no device to keep it on the visit is as safe as it can be.
        if (shelf.state.state !== 'blocked') throw error;
      });
    }
    const isSaid = ({ id }: Draft) => session.view.pending.has(id);
    try {
      await shelf.turn(() => writeDeviceFacts(session));
      while (session === core.session && entries.some((entry) => isSaid(entry) && isDue(session, entry)))
        await shelf.turn(() => write(session));
    } catch (error) {
      return refuse(session, error, operation);
    }
    if (session !== core.session && entries.some(isSaid)) throw new MemoryError('put_aside', operation);
  }

  /** The person's words stay in view and in the visit, and go with the next write that succeeds. */
  function refuse(session: Session, error: unknown, operation: string): never {
    if (error instanceof MemoryError) throw error;
    const { reason, message } = shelf.failed(error);
    if (reason === 'gone' && session === core.session) {
      shelf.lose();
      shelf.opening.restart(true);
    }
    if (session !== core.session) throw new MemoryError('put_aside', operation, undefined, { cause: error });
    visitOf(settings, session).put(session.view.drafts());
    const detail = reason === 'unavailable' ? message : NOT_STORED;
    throw reason === 'quota'
      ? new MemoryError('quota', operation, undefined, { cause: error })
      : new MemoryError('storage_failed', operation, detail, { cause: error });
  }

  function catchUp(session: Session): Promise<void> {
    return sourceGrants(shelf, session) && (session.subject || session.view.said().length)
      ? settle(session, core.granted() as Grant, 'consent')
      : keep(session, session.view.drafts(), 'consent');
  }

  /** What was said, is granted for, and is not on the device. */
  function waiting(session: Session): Draft[] {
    return drafts(session).filter((entry) => isDue(session, entry));
  }

  /** A forget that was asked of this very database takes what is there, as if it had not waited. */
  function drafts({ view, local: name = '-' }: Session): Draft[] {
    return view.drafts().map((entry) => {
      const { seen, ...asked } = entry;
      const waited = entry.kind === 'forget' && seen !== undefined;
      return waited && shelf.intents.texts().get(entry.id)?.includes(`"${name}"`) ? (asked as Draft) : entry;
    });
  }

  async function write(session: Session): Promise<void> {
    const all = waiting(session);
    // Up to the first forget: what that one takes away is counted apart.
    const batch = all.slice(0, all.findIndex(({ kind }) => kind === 'forget') + 1 || undefined);
    const { subject } = session;
    if (session !== core.session || !subject || !batch.length) return;
    const changes = await subject.writes();
    const { stored, rev, greatest, days, deleted } = await changes.write(
      batch,
      undefined,
      session.view.pending,
    );
    // What this page says from now on has met what other tabs have stored, whose clocks may be ahead.
    drafter.meet(greatest);
    const ids = batch.map(({ id }) => id);
    const last = batch.at(-1);
    const forget = last?.kind === 'forget' ? last : undefined;
    const held = [...stored];
    miss(batch, stored);
    if (forget) {
      // One that a forget of another tab makes needless holds here until that one is heard of.
      if (lost.has(forget.id) && !isHeard(session, forget)) held.push({ entry: { seen: 0, ...forget } });
      // A part of it may have been taken away as the database was opened.
      shelf.taken.set(forget.id, sumOf(deleted, shelf.taken.get(forget.id) ?? nothing));
      shelf.intents.done(forget.id);
      tookAway();
    }
    const conversations = await touched(session.view, subject, stored, !!forget, core.now());
    // It may have taken any of the newest away and brought older ones up.
    if (forget) session.view.conversations.clear();
    commit(session.view, held, conversations);
    // One that a forget of another tab covers is not among what was stored: it must not wait for ever.
    if (stored.length < ids.length) session.view.drop(ids);
    if (session !== core.session) return;
    drop(session, ids);
    shelf.state = { state: 'ok' };
    core.changed();
    if (shelf.kept) shelf.kept.rev = rev;
    shelf.touch();
    shelf.tell();
    note(subject, days);
  }

  /** Who speaks on a page that stays open for days is here on each of them: a load notes it, and is not waited for. */
  function note(subject: Subject, days: readonly Ms[]): void {
    const now = core.now();
    if (now - Math.max(noted, ...days) < DAY) return;
    noted = now;
    subject.load(now, settings.budget).catch(() => undefined);
  }

  /** What another tab has written for the next start while this one was at it still has what is gone. */
  function tookAway(): void {
    core.newGeneration();
    lookAgain(shelf);
  }

  function miss(said: readonly Draft[], stored: readonly Held[]): void {
    for (const { id } of said) lost.add(id);
    for (const { entry } of stored) lost.delete(entry.id);
  }

  async function writeDeviceFacts(session: Session): Promise<void> {
    const facts = core.device
      .said()
      .filter((entry): entry is Fact => entry.kind === 'fact' && grantedFor(session.consent, entry.purpose));
    const device = facts.length ? await shelf.device(false) : undefined;
    if (!device) return;
    const { setDeviceFact } = await device.changes();
    for (const entry of facts) await setDeviceFact({ entry });
    commit(
      core.device,
      facts.map((entry) => ({ entry })),
      [],
    );
    drop(
      session,
      facts.map(({ id }) => id),
    );
    shelf.touch();
    shelf.tell();
  }

  // --- granting -----------------------------------------------------------------------------

  async function settle(
    session: Session,
    { device, sync = false, purposes }: Grant,
    operation: string,
  ): Promise<void> {
    const consent = { device, sync, ...(purposes && { purposes }), at: clock.now() };
    await shelf.opening.ready();
    // Who granted is not here any more.
    if (session !== core.session) throw new MemoryError('put_aside', operation);
    if (session.closed)
      throw new MemoryError('misuse', operation, 'who is here is not known: say so with identity.user first');
    try {
      // One grant among the tabs at a time, so that they make one person.
      await shelf.turn(() =>
        alone(settings.platform, nameOf(settings.site, 'grant'), () => house(session, consent)),
      );
      await keep(session, session.view.drafts(), operation);
    } catch (error) {
      refuse(session, error, operation);
    }
  }

  async function house(session: Session, consent: ConsentRecord): Promise<void> {
    if (session !== core.session) return;
    let device = await makeDevice();
    // Who was to be taken away, and is still there, is not who is here now.
    if (device && !session.subject && shelf.intents.texts().size) {
      const left = device;
      if (!(await shelf.clearing(({ finish }) => finish(left)))) device = await makeDevice();
    }
    if (!device) throw new StoreError('unavailable', 'this browser keeps no databases');
    // Who has left meanwhile was not there yet to be taken away.
    if (session !== core.session) return;
    // Another tab's person is found under a generation that this page has not heard of. Whom this page shows it has known
    // longer than that: they may have left under it.
    if (!session.subject) core.gen ??= readGeneration(local, settings.site) ?? core.newGeneration();
    const gen = core.gen as string;
    const { user } = session;
    const other = session.subject ? undefined : await theirs(session, device, gen);
    // What another tab was granted lapses too, whether or not this one has heard of it.
    const known = await (session.subject ?? other)?.load(core.now());
    // Who has left while it was looked for says nothing in the database of whoever is here now.
    if (session !== core.session) return void other?.close();
    // It lets go of the notes of what has been forgotten, before the forgets leave it.
    visitOf(settings, session);
    // What was forgotten there since it was said here goes, on this page and in its visit too.
    if (other && known) drop(session, session.view.reset(known));
    const subject =
      session.subject ??
      other ??
      (await (
        await device.changes()
      ).createSubject({
        ...(user !== undefined && { user }),
        gen,
        now: clock.now(),
      }));
    // What is forgotten from here on is forgotten there, though another tab should put this person aside meanwhile.
    if (session === core.session) session.local = subject.local;
    // Nobody is told that they are remembered before what they said is on the device. Forgets go in their place among
    // it: what was said after one has heard of it.
    const said = drafts(session).filter(
      (entry) => entry.kind === 'forget' || grantedFor(consent, entry.purpose),
    );
    const lapsed = [...ROOTS, ...Object.keys(settings.purposes)].filter(
      (purpose) => grantedFor(known?.consent, purpose) && !grantedFor(consent, purpose),
    );
    const forgets = lapsed.map((purpose) => drafter.forget({ purpose }));
    try {
      // First: once the grant is there nobody would look for it again.
      if (lapsed.length) await takeFromDevice(device, lapsed);
      const changes = await subject.writes();
      // Who has left while their database was made says nothing in what may be somebody else's.
      if (session !== core.session) return;
      const all = [...said, ...forgets];
      miss(said, (await changes.write(all, consent, session.view.pending)).stored);
      const loaded = await subject.load(core.now());
      if (session !== core.session) return;
      const ids = said.map(({ id }) => id);
      session.view.drop(ids);
      drop(session, ids);
      shelf.show(session, subject, loaded);
      if (all.some(({ kind }) => kind === 'forget')) tookAway();
      shelf.tell();
    } finally {
      // Where it is not shown nobody else would close it, nor does anybody stay in view whom this page could not join.
      if (session !== core.session || session.subject !== subject) {
        subject.close();
        session.local = undefined;
        session.view.reset({ facts: [] });
      }
    }
  }

  /** Who leaves from here on may leave a database, and it has to go with them. What has failed has until they are shown. */
  function makeDevice(): Promise<Device | undefined> {
    if (shelf.state.state === 'unused') shelf.state = { state: 'ok' };
    return shelf.device(true);
  }

  /** What belongs to the device itself, for purposes that are not granted any more. */
  async function takeFromDevice(device: Device, purposes: readonly string[]): Promise<void> {
    const { removeDeviceFact } = await device.changes();
    for (const { entry } of (await device.read()).device)
      if (purposes.includes(entry.purpose)) await removeDeviceFact(entry.key);
    core.device.reset({ facts: (await device.read()).device });
  }

  /** Another tab may have been granted a moment ago: it is the same person. */
  async function theirs(session: Session, device: Device, gen: string): Promise<Subject | undefined> {
    const { active, subjects } = await shelf.opening.stateOf(device);
    const { user } = session;
    const one = subjects.find((other) => (user === undefined ? other.local === active : other.user === user));
    if (!one || session !== core.session || gate(one, user) !== 'show') return undefined;
    // Signed out by another tab meanwhile: whom the page names is here, and has one database, not two.
    const { activate, wipeSubject } = await device.changes();
    if (one.local !== active) await activate(one.local, gen, clock.now());
    const found = await device.openSubject(one.local);
    // Their database has gone without their line: nobody else is to be taken for them.
    if (!found) await wipeSubject(one.local, gen);
    return found;
  }
}

/** Whether it goes to the device with the next write. */
export function isDue({ closed, consent, subject }: Session, entry: Draft): boolean {
  return !closed && subject !== undefined && (entry.kind === 'forget' || grantedFor(consent, entry.purpose));
}

/** Whether the device is known to hold a later forget that takes away all that this one does. */
function isHeard({ view }: Session, { at, of }: Draft<Forget>): boolean {
  return view.forgets.some(
    ({ entry }) => entry.at > at && includes(entry.of, of) && !view.pending.has(entry.id),
  );
}
