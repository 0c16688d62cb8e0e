/** The jobs of a keeper, as they know one another; `keeper.ts` puts them together. */
import type { Draft, Forget, Uuid } from '../facts/entry.js';
import type { ConsentRecord, Device, RegistryState } from '../store/store.js';
import type { Counts } from './counts.js';
import type { Session } from './session.js';

export interface Parts {
  readonly opening: Opening;
  readonly writing: Writing;
  readonly taking: Taking;
}

export interface Opening {
  /** Resolves when the database has answered for the session that is there in the end, whatever it said. Never rejects. */
  ready(): Promise<void>;
  /** The registry as far as it may be shown. */
  stateOf(device: Device): Promise<RegistryState>;
  /** Asks the database again about the same session; nothing that was said in it is lost. */
  again(): void;
  /**
   * Begins anew with whoever may be shown now; what was shown is gone from the page at once.
   *
   * @param left the person has left: what they said in this visit is nobody else's.
   */
  restart(left?: boolean): void;
}

export interface Writing {
  /** Resolves when these entries are on the device, or cannot be there. */
  keep(session: Session, entries: readonly Draft[], operation: string): Promise<void>;
  /** Makes the person's database after a grant, and moves this visit into it. */
  settle(consent: ConsentRecord, operation: string): Promise<void>;
  /** Stores what was waiting for the database, or for a grant; not waited for. */
  catchUp(session: Session): void;
  /** How much a forget took away when it was stored. */
  readonly taken: Map<Uuid, Counts>;
}

export interface Taking {
  /** Forgets what one selector names, on the device too; says how much that was there. */
  forget(session: Session, forget: Draft<Forget>, operation: string): Promise<Counts>;
  /** Shows nobody from now on, and then wipes the person's database, or puts it aside until they are named again. */
  takeAway(how: 'wipe' | 'aside'): Promise<Counts>;
  removeDeviceFact(key: string): Promise<void>;
  /** Finishes what was begun; false when nobody is left on this device. */
  finish(device: Device): Promise<boolean>;
  done(id: Uuid): void;
  dropIntents(): void;
  /** Nobody is left: the browser is as if this site had never remembered anybody. */
  wipeDevice(device: Device): Promise<void>;
}
