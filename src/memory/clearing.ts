/**
 * Clears away on the device what was asked to be taken away: by this page, or by one that was closed on it; and tells how
 * much it was. Fetched when it is first needed.
 */
import type { Draft, Fact, Forget, Key, Message, Selector, Uuid } from '../facts/entry.js';
import { keyProblem, prefixProblem } from '../facts/key.js';
import { isBy, matches } from '../facts/selector.js';
import { isString } from '../facts/shape.js';
import { learnErrors, MemoryError } from '../platform/errors.js';
import { laterErrors, NOT_STORED } from '../platform/later-errors.js';
import { nameOf } from '../store/names.js';
import { removeGeneration } from '../store/remove-generation.js';
import type { Device, Loaded, RegistryState, StoreError, Subject, SubjectRecord } from '../store/store.js';
import { alone } from './alone.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import type { Intent, What } from './intent.js';
import { lookAgain } from './look-again.js';
import type { Before, Clearing } from './parts.js';
import { readIntents } from './read-intents.js';
import type { Shelf } from './shelf.js';
import { selectorOf } from './taking.js';
import type { Receipt } from './types.js';

export function createClearing(shelf: Shelf): Clearing {
  const { core, intents, taken } = shelf;
  const { settings } = core;
  const { platform, site } = settings;
  const { clock, local } = platform;
  learnErrors(laterErrors);

  return {
    finish,
    wipeDevice,
    async change(session, device, { active, subjects }, decided) {
      const { user } = session;
      const from = subjects.find(({ local: name }) => name === active);
      const to = user === undefined ? undefined : subjects.find((one) => one.user === user);
      if (!from && !to) return undefined;
      session.gate = user === undefined ? 'signed-out' : 'switched';
      // Two pages that name different people must not take the browser from one another for ever: the later one has it.
      session.closed = decided;
      if (decided) return undefined;
      const gen = core.newGeneration();
      const { activate, putAside, wipeSubject } = await device.changes();
      if (from && from.user === undefined) await putAside(from.local, gen, clock.now());
      await activate(to?.local, gen, clock.now());
      if (from && user === undefined && settings.signedOut === 'discard') await wipeSubject(from.local, gen);
      shelf.tell();
      return to;
    },

    async wrong(id) {
      core.open('wrong');
      await shelf.opening.ready();
      // A fact that is not the value of its key is shown nowhere as it is.
      const fact = core.facts(undefined).find((one) => one.id === id);
      return fact ? core.keeper().forget('wrong', { key: fact.key }) : receipt(nothing);
    },

    refuse(operation, selector) {
      const [[name, value] = [], ...more] = Object.entries(Object(selector) as object);
      const problem =
        name === 'key' ? keyProblem(value) : name === 'under' ? prefixProblem(value) : undefined;
      if (!more.length && problem) throw new MemoryError(problem.code, operation, problem.reason);
      if (!more.length && name === 'purpose' && isString(value))
        throw new MemoryError('unknown_purpose', operation, `the purpose "${value}" is not declared`);
      throw new MemoryError(
        'invalid_selector',
        operation,
        name === 'conversation' ? 'conversation is the id of a conversation' : undefined,
      );
    },

    async forget(session, draft, operation, before, devicePreference) {
      if (devicePreference !== undefined) return forgetOnDevice(devicePreference, draft, before);
      try {
        await shelf.saying((saying) => saying.forget(session, draft, operation));
      } catch (error) {
        // Who was put away meanwhile is not here to be told; the next one to open the database finishes it.
        if (!(error instanceof MemoryError && error.code === 'put_aside')) throw error;
      }
      if (
        session === core.session &&
        !session.closed &&
        shelf.state.state !== 'failed' &&
        shelf.state.state !== 'blocked'
      )
        intents.done(draft.id);
      return receipt(counted(before, draft.id, draft.of));
    },

    async wiped(id, operation, before) {
      await shelf.opening.ready();
      const { state, error } = shelf.state;
      // Out of sight, and finished by a later page; but whoever was told that it is gone would believe it.
      if ((state === 'failed' || (state === 'blocked' && core.gen)) && intents.texts().has(id))
        throw error?.reason === 'quota'
          ? new MemoryError('quota', operation)
          : new MemoryError('storage_failed', operation, error?.message ?? NOT_STORED);
      return receipt(counted(before, id));
    },
  };

  async function forgetOnDevice(
    key: Key,
    { id }: Draft<Forget>,
    before: Before | undefined,
  ): Promise<Receipt> {
    await shelf.opening.ready();
    // What was said of it before is taken down first.
    await shelf.saying.come();
    await shelf.turn(async () => {
      const device = await shelf.device(false);
      if (device) await finish(device);
      core.device.reset({ facts: (await device?.read())?.device ?? [] });
      core.device.drop([id]);
    });
    core.changed();
    lookAgain(shelf);
    shelf.tell();
    return receipt({ ...nothing, facts: before?.facts.some((fact) => fact.key === key) ? 1 : 0 });
  }

  /** Values count once, however often they were corrected; where they had not been read yet, as the device counts them. */
  function counted(before: Before | undefined, id: Uuid, of?: Selector): Counts {
    const deleted = takenBy(id);
    // What was asked for before the whole memory was there was taken away for that, and is asked for again.
    const early = takenBy(earlyId(of ?? 'wipe'));
    if (!before) return sumOf(early, deleted);
    const is = (entry: { readonly key: Key; readonly purpose: string }) =>
      !of || matches(of, entry as Fact | Message);
    const said = countOf(before.said.filter((entry) => entry.kind !== 'forget' && is(entry)));
    const facts = before.facts.filter((fact) => !core.isDevice(fact.key) && is(fact)).length;
    return sumOf(early, { ...sumOf(deleted, said), ...(before.ready && { facts }) });
  }

  /** How much was, as told once. */
  function takenBy(id: Uuid): Counts {
    const counts = taken.get(id) ?? nothing;
    taken.delete(id);
    return counts;
  }

  function receipt(deleted: Counts): Receipt {
    return Object.freeze({ at: core.now(), ...deleted });
  }

  /** One tab at a time: who comes second finds it done, and waits for nothing that the first has asked to be deleted. */
  async function finish(device: Device): Promise<boolean> {
    // What is read of the registry from here on is as they leave it.
    await device.changes();
    return alone(platform, nameOf(site, 'forgetting'), () => finishAlone(device));
  }

  /** False when it left nobody. */
  async function finishAlone(device: Device): Promise<boolean> {
    try {
      const { gone, subjects } = await device.read();
      if (!gone) return await carryOutAll(readIntents(intents), device);
      // Another tab was closed on it.
      if (subjects.length) return !(await wipeDevice(device));
    } catch (error) {
      if (await device.read().then(() => true, isNotGone)) {
        // What needs room on a full disk goes with a wipe, which needs none.
        const wipes = readIntents(intents).filter(({ local: name, what }) => name && what === 'wipe');
        if (!wipes.length) throw error;
        return (await carryOutAll(wipes, device)) && carryOutAll(readIntents(intents), device);
      }
    }
    // Another tab has forgotten everything, and the registry is being deleted.
    shelf.lose();
    intents.drop();
    return false;
  }

  /** False when it left nobody. */
  async function carryOutAll(all: readonly Intent[], device: Device): Promise<boolean> {
    for (const intent of all) {
      const state = await device.read();
      if (await carryOut(intent, device, state)) return false;
      intents.done(intent.id);
    }
    return true;
  }

  /** True when it left nobody. */
  async function carryOut(
    { id, local: name, user, what: noted }: Intent,
    device: Device,
    { subjects, active }: RegistryState,
  ): Promise<boolean> {
    const what = meantBy(noted);
    if (!what) return false;
    if (typeof what === 'object' && !isForget(what)) {
      await (await device.changes()).removeDeviceFact(what.device);
      return false;
    }
    // The page was left before it knew the database's name: it meant the one that would have been shown to it.
    const one = subjects.find((subject) =>
      name
        ? subject.local === name
        : subject.user === user && (user !== undefined || subject.local === active),
    );
    const { deleteUnlisted, putAside, removeDeviceFact, wipeSubject } = await device.changes();
    if (!one) {
      if (what === 'wipe') deleteUnlisted(name);
      return false;
    }
    const gen = core.gen ?? core.newGeneration();
    if (what === 'aside') await putAside(one.local, gen, clock.now());
    let subject: Subject | undefined;
    try {
      if (what !== 'aside') subject = await device.openSubject(one.local);
      if (subject && typeof what === 'object') {
        // It takes what is there, however far its clock is behind that of what was forgotten there before.
        const { deleted } = await (await subject.writes()).write([what]);
        taken.set(what === noted ? id : earlyId(what.of), deleted);
      }
      if (subject && what === 'wipe')
        taken.set(isEarly(id) ? earlyId('wipe') : id, {
          ...(await (await subject.reads()).count(core.now())),
          ...factsIn(await subject.load(core.now())),
        });
    } catch (error) {
      // A wipe has only counted, for the receipt: what cannot be read goes too.
      if (what !== 'wipe') throw error;
    } finally {
      subject?.close();
    }
    if (what === 'wipe') {
      // Theirs too that was taken to be out of use, and that nobody can reach any more; not whoever has begun since.
      const theirs = subjects.filter(
        (other) =>
          other === one || (other.user === one.user && other.state === 'open' && other.local !== active),
      );
      if (theirs.length === subjects.length && (await wipeDevice(device, subjects))) return true;
      for (const other of theirs) await wipeSubject(other.local, gen);
      for (const { entry } of (await device.read()).device) await removeDeviceFact(entry.key);
    }
    // Other pages may have read it meanwhile, and written it for the next start.
    core.newGeneration();
    shelf.tell();
    return false;
  }

  /** Undefined where nobody can say what was meant. */
  function meantBy(what: What): Exclude<What, { readonly selector: unknown }> | undefined {
    if (typeof what !== 'object' || !('selector' in what)) return what;
    const of = selectorOf(core, what.selector);
    if (of && isBy(of, 'key') && core.isDevice(of.key)) return { device: of.key };
    return of && core.drafter.forget(of);
  }

  function factsIn({ facts }: Loaded): Pick<Counts, 'facts'> {
    return { facts: countOf(facts.map(({ entry }) => entry)).facts };
  }

  async function wipeDevice(device: Device, known?: readonly SubjectRecord[]): Promise<boolean> {
    core.newGeneration();
    core.device.reset({ facts: [] });
    const { wipeEverything } = await device.changes();
    const wiped = await wipeEverything(known).catch((error: unknown) => {
      shelf.lose();
      throw error;
    });
    if (!wiped) return false;
    shelf.lose();
    intents.drop();
    removeGeneration(local, site);
    core.gen = undefined;
    shelf.tell();
    return true;
  }
}

const isNotGone = ({ reason }: StoreError): boolean => reason !== 'gone';

const isEarly = (id: Uuid): boolean => id.startsWith('early');

/** Under which it is told how much was taken away by what was noted before the whole memory was there. */
const earlyId = (what: Selector | 'wipe'): Uuid => `early${JSON.stringify(what)}`;

function isForget(what: object): what is Draft<Forget> {
  return (what as Partial<Forget>).kind === 'forget';
}
