/** What the parts of the keeper share: the device as far as it is open, and one turn after another on it. */
import type { Device } from '../store/store.js';
import { equalJson } from '../facts/equal.js';
import { openDevice } from '../store/device.js';
import type { Lazy } from '../platform/lazy.js';
import type { BootWriter } from '../store/boot-writer.js';
import type { Uuid } from '../facts/entry.js';
import type { BootFact } from '../store/boot-record.js';
import { StoreError, type ConsentRecord, type Loaded, type Subject } from '../store/store.js';
import type { Core } from './core.js';
import type { Counts } from './counts.js';
import { createIntents, type Intents } from './intents.js';
import type { Clearing, DeviceState, Opening, Saying } from './parts.js';
import { part } from './part.js';
import type { Session } from './session.js';
import type { View } from './view.js';

export interface Shelf {
  readonly core: Core;
  /** What was asked to be taken away, and how much a forget took away when it was stored. */
  readonly intents: Intents;
  readonly taken: Map<Uuid, Counts>;
  state: DeviceState;
  /** Which state of the person's database this page knows. */
  kept: { rev: number; readonly epoch: string };
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
  /** What the boot record tells has changed. */
  touch(): void;
  /** Shows what a person's database holds. */
  show(session: Session, subject: Subject, loaded: Loaded): void;
  stored(rev: number): void;
  /** Notes why the device did not do what it was asked. */
  failed(error: unknown): StoreError;
  /** Tells the other tabs. `left`: the person at this browser is not the one there was. */
  tell(left?: boolean): void;
  hear(run: (message: { readonly left?: unknown }) => void): void;
  close(): Promise<void>;
}

export function createShelf(core: Core): Shelf {
  const { platform, site } = core.settings;
  let registry: Device | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const working = new Set<Promise<unknown>>();
  const channel = platform.channel(`customer-memory:${site}`);

  const boot = part(async () => (await import('./boot.js')).createBoot(shelf));
  const shelf: Shelf = {
    core,
    intents: createIntents(platform.local, site),
    taken: new Map(),
    kept: { rev: 0, epoch: '' },
    state: { state: platform.indexedDB ? 'unused' : 'blocked' },
    async device(create) {
      if (!platform.indexedDB) return undefined;
      return (registry ??= await openDevice(platform, site, { create }));
    },
    lose: () => (registry = undefined),
    turn(run) {
      const mine = last.then(run);
      last = mine.catch(() => undefined);
      return mine;
    },
    opening: undefined as never,
    saying: part(async () => {
      // What is said is told to the next page by the boot record.
      const [{ createSaying }] = await Promise.all([import('./saying.js'), boot(() => undefined)]);
      return createSaying(shelf);
    }, busy),
    clearing: part(async () => (await import('./clearing.js')).createClearing(shelf), busy),
    boot,
    touch() {
      if (!closed) boot(({ touch }) => touch()).catch(() => undefined);
    },
    show(session, subject, loaded) {
      const { consent, skew, greatest, rev, epoch } = loaded;
      session.subject = subject;
      session.local = subject.local;
      session.consent = consent;
      shelf.kept = { rev, epoch };
      core.skew = skew;
      core.drafter.meet(greatest);
      // Deleted, not hidden: the next page of this tab begins without it too.
      drop(session, session.view.reset(loaded));
      shelf.state = { state: 'ok' };
      core.changed();
      if (!tellsAll(core, loaded)) shelf.touch();
    },
    stored(rev) {
      shelf.kept.rev = rev;
      shelf.state = { state: 'ok' };
      core.changed();
      shelf.touch();
      shelf.tell();
    },
    failed(error) {
      const found = error instanceof StoreError ? error : new StoreError('failed', String(error), error);
      shelf.state = { state: found.reason === 'unavailable' ? 'blocked' : 'failed', reason: found.message };
      core.changed();
      return found;
    },
    tell: (left) => channel?.post({ left }),
    hear: (run) => void channel?.onMessage((message) => run(message as { left?: unknown })),
    async close() {
      while (working.size) await Promise.allSettled(working);
      await shelf.turn(async () => undefined);
      await boot.come();
      closed = true;
      if (boot.here())
        await boot(async (writer) => {
          await writer.flush();
          writer.stop();
        });
      channel?.close();
      core.session.subject?.close();
      registry?.close();
    },
  };
  return shelf;

  /** Closing waits for it. */
  function busy(work: Promise<unknown>): void {
    working.add(work);
    const done = () => void working.delete(work);
    work.then(done, done);
  }
}

export function grantedFor(consent: ConsentRecord | undefined, purpose: string): boolean {
  return consent?.device === true && (consent.purposes?.includes(purpose) ?? true);
}

/** A consent source has granted what is not on record: the first thing said makes the database. */
export function sourceGrants({ core, state }: Shelf, session: Session): boolean {
  const grant = core.granted();
  if (
    session !== core.session ||
    core.settings.shared ||
    session.closed ||
    !grant?.device ||
    state.state === 'blocked'
  )
    return false;
  return !session.subject || !equalJson(grant.purposes ?? null, session.consent?.purposes ?? null);
}

/** These are not the visit's any more. */
export function drop({ visit }: Session, ids: readonly Uuid[]): void {
  const gone = new Set(ids);
  if (gone.size) visit.drop(({ id }) => gone.has(id));
}

/** Whether the boot record that this page began with is as it would be written now. */
function tellsAll({ gen, device, session: { boot, local, view } }: Core, { rev, epoch }: Loaded): boolean {
  const shows = ({ recall }: View, facts: readonly BootFact[]) =>
    facts.every(({ id, key }) => recall(key)?.id === id);
  return (
    boot !== undefined &&
    boot.gen === gen &&
    boot.local === local &&
    boot.rev === rev &&
    boot.epoch === epoch &&
    // Something may have expired since.
    shows(view, boot.facts) &&
    shows(device, boot.device) &&
    boot.device.length === device.keys().length &&
    JSON.stringify(boot.heads) === JSON.stringify(view.recent().filter(({ discreet }) => !discreet))
  );
}
