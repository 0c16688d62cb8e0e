/**
 * Takes away, on the device too. What is asked for is out of sight, and noted, before anything is
 * waited for: a page that is closed a moment later has it finished by the next one.
 */
import type { Draft, Forget, Uuid } from '../facts/entry.js';
import { MemoryError } from '../platform/errors.js';
import { removeBootRecord } from '../store/boot-record.js';
import { removeGeneration } from '../store/generation.js';
import type { Device, Loaded, RegistryState } from '../store/store.js';
import { countOf, nothing, type Counts } from './counts.js';
import { createIntents, type Intent, type What } from './intents.js';
import type { Parts, Taking } from './parts.js';
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';

export function createTaking(shelf: Shelf, parts: () => Parts): Taking {
  const { core } = shelf;
  const { settings, drafter } = core;
  const { clock, local } = settings.platform;
  const { site } = settings;
  const intents = createIntents(local, site);

  return {
    forget,
    takeAway,
    removeDeviceFact,
    finish,
    done: intents.done,
    dropIntents: intents.drop,
    wipeDevice,
  };

  async function forget(session: Session, draft: Draft<Forget>, operation: string): Promise<Counts> {
    if (mayHold(session)) note(session, draft.id, { ...draft, seen: 0 });
    session.view.put([draft]);
    session.visit.put([draft]);
    core.changed();
    try {
      await parts().writing.keep(session, [draft], operation);
    } catch (error) {
      // Who was put away meanwhile is not here to be told; the next one to open the database finishes it.
      if (!(error instanceof MemoryError && error.code === 'put_aside')) throw error;
    }
    if (session === core.session && shelf.state.state !== 'failed' && shelf.state.state !== 'blocked')
      intents.done(draft.id);
    return parts().writing.taken.get(draft.id) ?? nothing;
  }

  async function takeAway(how: 'wipe' | 'aside'): Promise<Counts> {
    const before = core.session;
    const id = drafter.id();
    if (mayHold(before)) note(before, id, how);
    if (how === 'wipe') {
      // At a closed page too the device's own preferences go.
      if (before.closed) for (const key of core.device.keys()) note(before, drafter.id(), { device: key });
      core.device.drop(core.device.said().map((entry) => entry.id));
    }
    parts().opening.restart(true);
    if (!before.closed) shelf.tell(true);
    await parts().opening.ready();
    return parts().writing.taken.get(id) ?? nothing;
  }

  async function removeDeviceFact(key: string): Promise<void> {
    const id = drafter.id();
    const forgotten = drafter.forget({ key });
    note(core.session, id, { device: key });
    core.device.put([forgotten]);
    core.changed();
    await parts().opening.ready();
    await shelf.turn(async () => {
      const device = await shelf.device(false);
      if (device) await finish(device);
      core.device.reset({ facts: (await device?.read())?.device ?? [] });
      core.device.drop([forgotten.id]);
    });
    core.changed();
    shelf.touch();
    shelf.tell();
  }

  /** Whether the device may have something of the person whom this session shows. */
  function mayHold({ closed, ready, subject }: Session): boolean {
    return !closed && (!ready || subject !== undefined || shelf.state.state !== 'unused');
  }

  /** First, and at once: no boot record written before is shown, and a page closed now has it finished by the next. */
  function note({ local: name = '', user }: Session, id: Uuid, what: What): void {
    const known = core.gen !== undefined;
    if (known) {
      core.newGeneration();
      removeBootRecord(local, site);
    }
    // Where nothing was ever kept, nothing is written to say that it is to be taken away.
    intents.add({ id, local: name, ...(user !== undefined && { user }), what }, known);
  }

  async function finish(device: Device): Promise<boolean> {
    for (const intent of intents.all()) {
      const state = await device.read();
      if (await carryOut(intent, device, state)) return false;
      intents.done(intent.id);
    }
    return true;
  }

  /** True when it left nobody. */
  async function carryOut(
    { id, local: name, user, what }: Intent,
    device: Device,
    { subjects, active }: RegistryState,
  ): Promise<boolean> {
    if (typeof what === 'object' && 'device' in what) {
      await device.removeDeviceFact(what.device);
      return false;
    }
    // The page was left before it knew the database's name: it meant the one that would have been shown to it.
    const one = subjects.find((subject) =>
      name ? subject.local === name : subject.local === active && subject.user === user,
    );
    if (!one) return false;
    const gen = core.gen ?? core.newGeneration();
    if (what === 'aside') await device.putAside(one.local, gen, clock.now());
    const subject = what === 'aside' ? undefined : await device.openSubject(one.local);
    if (subject && typeof what === 'object') await subject.write([what], core.now());
    if (subject && what === 'wipe')
      parts().writing.taken.set(id, {
        ...(await subject.count(core.now())),
        ...factsIn(await subject.load(core.now())),
      });
    subject?.close();
    if (what !== 'wipe') return false;
    if (subjects.length === 1) {
      await wipeDevice(device);
      return true;
    }
    await device.wipeSubject(one.local, gen);
    for (const { entry } of (await device.read()).device) await device.removeDeviceFact(entry.key);
    return false;
  }

  function factsIn({ facts }: Loaded): Pick<Counts, 'facts'> {
    return { facts: countOf(facts.map(({ entry }) => entry)).facts };
  }

  async function wipeDevice(device: Device): Promise<void> {
    const gen = core.newGeneration();
    removeBootRecord(local, site);
    core.device.reset({ facts: [] });
    shelf.lose();
    await device.wipeEverything(gen);
    intents.drop();
    removeGeneration(local, site);
    core.gen = undefined;
    shelf.tell();
  }
}
