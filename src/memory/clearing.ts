/** Clears away on the device what was asked to be taken away: by this page, or by one that was closed on it. */
import type { Forget } from '../facts/entry.js';
import { removeBootRecord } from '../store/boot-record.js';
import { removeGeneration } from '../store/generation.js';
import type { Device, Loaded, RegistryState } from '../store/store.js';
import { countOf, type Counts } from './counts.js';
import type { Intent } from './intent.js';
import type { Clearing } from './parts.js';
import type { Shelf } from './shelf.js';

export function createClearing(shelf: Shelf): Clearing {
  const { core, intents, taken } = shelf;
  const { platform, site } = core.settings;
  const { clock, local } = platform;

  return { finish, wipeDevice };

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
    if (typeof what === 'object' && !isForget(what)) {
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
      taken.set(id, {
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
    core.newGeneration();
    removeBootRecord(local, site);
    core.device.reset({ facts: [] });
    shelf.lose();
    await device.wipeEverything();
    intents.drop();
    removeGeneration(local, site);
    core.gen = undefined;
    shelf.tell();
  }
}

function isForget(what: object): what is Forget {
  return (what as Partial<Forget>).kind === 'forget';
}
