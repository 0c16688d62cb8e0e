import type { Fact, Held, Key, Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import type { Connection } from './connection.js';
import { isLine } from './sound-records.js';
import type { RegistryState, SubjectRecord } from './store.js';
import { must, ofKind } from './subject-database.js';
import { result, type Transaction } from './transaction.js';

/** The registry of a site: whom this browser remembers, and what belongs to the device itself. */
export type RegistryDatabase = {
  /** `gen`, `active`, or `gone` alone; and what could not be read, by where it lay. */
  registry: { key: string | IDBValidKey[]; value: string | { gone: true } };
  subjects: { key: string; value: SubjectRecord };
  /** Whom an endpoint was asked to erase and has not confirmed yet. */
  erasing: { key: string; value: { subject: string; credential: string; askedAt: Ms } };
  device: { key: Key; value: Held<Fact> };
};

/** An open registry, for those who change it. */
export interface Registry {
  readonly platform: Platform;
  readonly site: string;
  readonly connection: Connection<RegistryDatabase>;
}

export async function readRegistry(tx: Transaction<RegistryDatabase, 'readonly'>): Promise<RegistryState> {
  const about = (key: string) => result(tx.objectStore('registry').get(key));
  const [gone, gen, active, subjects, device] = await Promise.all([
    about('gone'),
    about('gen') as Promise<string | undefined>,
    about('active') as Promise<string | undefined>,
    result(tx.objectStore('subjects').getAll()),
    result(tx.objectStore('device').getAll()),
  ]);
  must(subjects.every(isLine));
  return { gone, gen, active, subjects, device: ofKind(device, 'fact') };
}

/** How long somebody may be away. */
export interface Limits {
  readonly asideFor: Ms;
  readonly unusedFor: Ms;
}

/** Whether they were last here further from now than they may be away: too long ago, or by a clock that was ahead. */
export function isFarOff(
  { state, usedAt }: SubjectRecord,
  now: Ms,
  { asideFor, unusedFor }: Limits,
): boolean {
  return Math.abs(now - usedAt) > (state === 'aside' ? Math.min(asideFor, unusedFor) : unusedFor);
}
