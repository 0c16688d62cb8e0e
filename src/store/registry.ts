import type { DBSchema } from 'idb';
import type { Fact, Held, Key, Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import type { Connection, Transaction } from './connection.js';
import { goneError } from './store-error.js';
import type { RegistryState, SubjectRecord } from './store.js';

/** The registry of a site: whom this browser remembers, and what belongs to the device itself. */
export interface RegistryDatabase extends DBSchema {
  /** `gen`, `active`, or `gone` alone. */
  registry: { key: string; value: string | { gone: true } };
  subjects: { key: string; value: SubjectRecord };
  /** Whom an endpoint was asked to erase and has not confirmed yet. */
  erasing: { key: string; value: { subject: string; credential: string; askedAt: Ms } };
  device: { key: Key; value: Held<Fact> };
}

export type RegistryTx<M extends IDBTransactionMode = 'readwrite'> = Transaction<RegistryDatabase, M>;

/** An open registry, for those who change it. */
export interface Registry {
  readonly platform: Platform;
  readonly site: string;
  readonly connection: Connection<RegistryDatabase>;
}

export const STORES = ['registry', 'subjects', 'device'] as const;

export async function readRegistry(
  tx: RegistryTx<'readonly'>,
): Promise<RegistryState & { readonly gone: boolean }> {
  const registry = tx.objectStore('registry');
  const [gone, gen, active, subjects, device] = await Promise.all([
    registry.get('gone'),
    registry.get('gen'),
    registry.get('active'),
    tx.objectStore('subjects').getAll(),
    tx.objectStore('device').getAll(),
  ]);
  return { gone: gone !== undefined, gen: textOf(gen), active: textOf(active), subjects, device };
}

/** One transaction on the registry, which `gone` turns away. */
export function change({ connection }: Registry, work: (tx: RegistryTx) => Promise<void>): Promise<void> {
  return connection.run('readwrite', STORES, async (tx) => {
    if (await tx.objectStore('registry').get('gone')) throw goneError('This browser’s memory');
    await work(tx);
  });
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** How long somebody may be away. */
export interface Limits {
  readonly asideFor: Ms;
  readonly unusedFor: Ms;
}

export function isMissing(
  { state, usedAt }: SubjectRecord,
  now: Ms,
  { asideFor, unusedFor }: Limits,
): boolean {
  return now - usedAt > (state === 'aside' ? Math.min(asideFor, unusedFor) : unusedFor);
}
