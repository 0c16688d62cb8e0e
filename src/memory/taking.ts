/**
 * Takes away, on the device too. What is asked for is out of sight, and noted, before anything is
 * waited for: a page that is closed a moment later has it finished by the next one.
 */
import type { Draft, Forget, Uuid } from '../facts/entry.js';
import { MemoryError } from '../platform/errors.js';
import { removeBootRecord } from '../store/boot-record.js';
import { nothing, type Counts } from './counts.js';
import type { What } from './intent.js';
import type { Parts, Taking } from './parts.js';
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';

export function createTaking(shelf: Shelf, parts: Parts): Taking {
  const { core, intents, taken } = shelf;
  const { settings, drafter } = core;
  const { local } = settings.platform;

  return { forget, takeAway, removeDeviceFact };

  async function forget(session: Session, draft: Draft<Forget>, operation: string): Promise<Counts> {
    if (mayHold(session)) note(session, draft.id, { ...draft, seen: 0 });
    session.view.put([draft]);
    session.visit.forget(draft);
    core.changed();
    try {
      await parts.saying((saying) => saying.forget(session, draft, operation));
    } catch (error) {
      // Who was put away meanwhile is not here to be told; the next one to open the database finishes it.
      if (!(error instanceof MemoryError && error.code === 'put_aside')) throw error;
    }
    if (session === core.session && shelf.state.state !== 'failed' && shelf.state.state !== 'blocked')
      intents.done(draft.id);
    return taken.get(draft.id) ?? nothing;
  }

  async function takeAway(how: 'wipe' | 'aside', operation: string): Promise<Counts> {
    const before = core.session;
    const id = drafter.head().id;
    if (mayHold(before)) note(before, id, how);
    if (how === 'wipe') {
      // At a closed page too the device's own preferences go.
      if (before.closed)
        for (const key of core.device.keys()) note(before, drafter.head().id, { device: key });
      core.device.drop(core.device.said().map((entry) => entry.id));
    }
    parts.opening.restart(true);
    if (!before.closed) shelf.tell(true);
    await parts.opening.ready();
    const { state, reason } = shelf.state;
    // Out of sight, and finished by a later page; but whoever was told that it is gone would believe it.
    if (how === 'wipe' && state === 'failed' && intents.all().some((intent) => intent.id === id))
      throw new MemoryError('storage_failed', operation, reason);
    return taken.get(id) ?? nothing;
  }

  async function removeDeviceFact(key: string): Promise<void> {
    const id = drafter.head().id;
    const forgotten = drafter.forget({ key });
    note(core.session, id, { device: key });
    core.device.put([forgotten]);
    core.changed();
    await parts.opening.ready();
    // What was said of it before is taken down first.
    await parts.saying.come();
    await shelf.turn(async () => {
      const device = await shelf.device(false);
      if (device) await parts.clearing((clearing) => clearing.finish(device));
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
      removeBootRecord(local, settings.site);
    }
    // Where nothing was ever kept, nothing is written to say that it is to be taken away.
    intents.add({ id, local: name, ...(user !== undefined && { user }), what }, known);
  }
}
