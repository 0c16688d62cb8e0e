/** What the jobs of the keeper share: the device as far as it is open, and one turn after another on it. */
import type { Uuid } from '../facts/entry.js';
import { equalJson } from '../facts/equal.js';
import type { Lazy } from '../platform/lazy.js';
import type { BootWriter } from '../store/boot-writer.js';
import type { Device, Loaded, StoreError, Subject } from '../store/store.js';
import type { Core } from './core.js';
import type { Counts } from './counts.js';
import type { Intents } from './intents.js';
import type { Clearing, DeviceState, Opening, Saying } from './parts.js';
import type { Session } from './session.js';

export interface Shelf {
  readonly core: Core;
  /** What was asked to be taken away, and how much a forget took away when it was stored. */
  readonly intents: Intents;
  readonly taken: Map<Uuid, Counts>;
  state: DeviceState;
  /**
   * Which state of the person's database this page knows, and the generation under which it was read; undefined where it
   * has to look again.
   */
  kept?: { rev: number; readonly epoch: string; readonly gen: string | undefined } | undefined;
  /** Opens the device's registry, making it when `create`; undefined where there is none, or none can be had. */
  device(create: boolean): Promise<Device | undefined>;
  /** The registry that was open is no more. */
  lose(): void;
  /** Runs after everything that was begun before, so that no two steps see each other half done. */
  turn<T>(run: () => Promise<T>): Promise<T>;
  opening: Opening;
  readonly saying: Lazy<Saying>;
  readonly clearing: Lazy<Clearing>;
  /** Writes the boot record; fetched when something in it has changed. */
  readonly boot: Lazy<BootWriter>;
  /** What parts that are here do when the memory is closed. */
  readonly stops: (() => unknown)[];
  /** What the boot record tells has changed. */
  touch(): void;
  /** Shows what a person's database holds. */
  show(session: Session, subject: Subject, loaded: Loaded): void;
  /** Notes why the device did not do what it was asked. */
  failed(error: unknown): StoreError;
  /** Tells the other tabs. `left`: the person of that session is not at this browser any more. */
  tell(left?: Session): void;
  hear(run: (message: unknown) => void): void;
  close(): Promise<void>;
}

/** Whether a consent source grants other purposes than are on record. */
export function grantsOther(core: Core, { consent }: Session): boolean {
  const grant = core.granted();
  return !!grant && !equalJson(grant.purposes ?? null, consent?.purposes ?? null);
}

/** These are not the visit's any more. */
export function drop({ visit }: Session, ids: readonly Uuid[]): void {
  const gone = new Set(ids);
  if (gone.size) visit.drop(({ id }) => gone.has(id));
}
