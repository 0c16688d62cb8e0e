/**
 * The device: which people this browser remembers for a site, and which of them it shows. What changes that is in
 * device-changes.ts, which is fetched when something does; what is in a person's database is subject.ts's.
 */
import type { Platform } from '../platform/platform.js';
import { connect } from './connection.js';
import { readGeneration } from './generation.js';
import { nameOf } from './names.js';
import { isFarOff, readRegistry, type Registry, type RegistryDatabase } from './registry.js';
import type { Device, RegistryState } from './store.js';
import { openSubject } from './subject.js';

const changes = () => import('./device-changes.js');

/**
 * Opens the registry of a site. Without `create`, undefined when this browser has none or everything in it was
 * forgotten, and nothing is left behind by having looked.
 */
export async function openDevice(
  platform: Platform,
  site: string,
  { create }: { create: boolean },
): Promise<Device | undefined> {
  const connection = await connect<RegistryDatabase>(platform, nameOf(site), {
    make: create ? (await changes()).makeRegistry : undefined,
    // Who has a generation has a registry, and is the one who comes back and waits.
    expected: !!readGeneration(platform.local, site),
  });
  if (!connection) return undefined;
  const registry = { platform, site, connection };
  try {
    const found = await connection.run('readonly', readRegistry);
    if (!found.gone) return deviceOn(registry, found);
    await (await changes()).finishWipe(registry, found.subjects, create);
    if (create) return deviceOn(registry, undefined);
  } catch (error) {
    connection.close();
    throw error;
  }
  connection.close();
  return undefined;
}

/** @param found what was read when it was opened. */
function deviceOn(registry: Registry, found: RegistryState | undefined): Device {
  const { connection } = registry;

  return {
    read,
    async present(now, limits, first) {
      const state = first && found ? found : await read();
      if (!state.subjects.some((one) => one.missed || isFarOff(one, now, limits)))
        return { ...state, hidden: false };
      return (await changing()).present(registry, state, now, limits);
    },
    openSubject: (local) => openSubject(registry, local),
    changes: async () => (await changing()).changesOf(registry),
    close: connection.close,
  };

  function read(): Promise<RegistryState> {
    return connection.run('readonly', readRegistry);
  }

  function changing() {
    found = undefined;
    return changes();
  }
}
