import type { BootFact } from '../store/boot-record.js';
import { openDevice } from '../store/device.js';
import { StoreError, type Device, type Loaded } from '../store/store.js';
import type { Core } from './core.js';
import { createIntents } from './intents.js';
import { part } from './part.js';
import { rememberedOf } from './remembered.js';
import { drop, type Shelf } from './shelf.js';
import type { View } from './view.js';

/** `opening` is set by who puts the keeper together: it begins at once. */
export function createShelf(core: Core): Shelf {
  const { platform, site } = core.settings;
  let registry: Device | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;
  const channel = platform.channel(`customer-memory:${site}`);

  const boot = part(async () => (await import('./boot.js')).createBoot(shelf));
  const shelf: Shelf = {
    core,
    intents: createIntents(platform.local, site),
    taken: new Map(),
    stops: [],
    state: { state: platform.indexedDB ? 'unused' : 'blocked' },
    async device(create) {
      if (!platform.indexedDB) return undefined;
      return (registry ??= await openDevice(platform, site, { create }));
    },
    lose() {
      registry = undefined;
      // Nothing has failed: there is nothing any more.
      shelf.state = { state: 'unused' };
    },
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
    }, core.working),
    clearing: part(async () => (await import('./clearing.js')).createClearing(shelf), core.working),
    boot,
    touch() {
      if (!closed) boot(({ touch }) => touch()).catch(() => undefined);
    },
    show(session, subject, loaded) {
      const { consent, skew, greatest, rev, epoch, lost } = loaded;
      session.subject = subject;
      session.local = session.visit.local = subject.local;
      session.consent = consent;
      session.lost = lost;
      shelf.kept = { rev, epoch, gen: core.gen };
      core.skew = skew;
      core.drafter.meet(greatest);
      // Deleted, not hidden: the next page of this tab begins without it too.
      drop(session, session.view.reset(loaded));
      shelf.state = { state: 'ok' };
      core.changed();
      if (!tellsAll(core, loaded)) shelf.touch();
    },
    failed(error) {
      const found = error instanceof StoreError ? error : new StoreError('failed', String(error), error);
      shelf.state = { state: found.reason === 'unavailable' ? 'blocked' : 'failed', error: found };
      core.changed();
      return found;
    },
    tell: (left) => channel?.post({ left: left && { user: left.user } }),
    hear: (run) => channel?.onMessage(run),
    async close() {
      while (core.working.size) await Promise.allSettled(core.working);
      await last;
      await boot.come();
      closed = true;
      for (const stop of shelf.stops) await stop();
      channel?.close();
      await core.session.subject?.close();
      registry?.close();
    },
  };
  return shelf;
}

/** Whether the boot record that this page began with is as it would be written now. */
function tellsAll({ gen, device, session: { boot, view } }: Core, { rev, epoch, consent }: Loaded): boolean {
  const shows = ({ keys, recall }: View, facts: readonly BootFact[]) =>
    keys().length === facts.length &&
    facts.every((entry) => JSON.stringify(recall(entry.key)) === JSON.stringify(rememberedOf({ entry })));
  return (
    !!boot &&
    JSON.stringify([boot.gen, boot.rev, boot.epoch, boot.consent, boot.heads]) ===
      JSON.stringify([gen, rev, epoch, consent, view.recent().filter(({ discreet }) => !discreet)]) &&
    // Something may have expired since.
    shows(view, boot.facts) &&
    shows(device, boot.device)
  );
}
