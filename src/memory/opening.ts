/**
 * Opens the person's database after the page has shown what it could without, and lets the database
 * win. The gate is asked again here: the boot record may be gone, or tell of somebody who has left.
 */
import { lengthOf } from '../facts/retention.js';
import { removeBootRecord } from '../store/boot-record.js';
import { readGeneration } from '../store/generation.js';
import type { Device, RegistryState, SubjectRecord } from '../store/store.js';
import { gate } from './gate.js';
import type { Opening } from './parts.js';
import type { Session } from './session.js';
import { grantsOther, type Shelf } from './shelf.js';

const DAY = 86_400_000;
const ASIDE = 30 * DAY;

export function createOpening(shelf: Shelf): Opening {
  const { core, intents } = shelf;
  const { settings } = core;
  const { clock, local } = settings.platform;
  const { site } = settings;
  const generation = () => readGeneration(local, site);
  /** Whether this page has had its say about who is at this browser; from then on it follows the others. */
  let decided = false;
  /** Whose look has not begun. */
  let next: Session | undefined;
  let done: Promise<void> = begin(core.session);

  return {
    async ready() {
      // What others say meanwhile is for another look: they may speak without pause.
      do await done;
      while (!core.session.ready);
    },
    again,
    stateOf,
    restart,
  };

  function again(): void {
    // One look that has not begun sees all that was to be seen by those after it.
    if (next !== core.session) done = begin(core.session);
  }

  function restart(left = false): void {
    const before = core.session;
    // Nobody who has left is shown again, nor what is to be taken away, under whatever generation it was written.
    if (left || intents.texts().size) removeBootRecord(local, site);
    if (left) before.visit.clear();
    before.subject?.close();
    done = begin(core.begin());
  }

  function begin(session: Session): Promise<void> {
    next = session;
    return shelf
      .turn(() => {
        next = undefined;
        return open(session);
      })
      .catch((error: unknown) => fail(session, error))
      .then(() => {
        decided = true;
        if (session !== core.session) return;
        session.ready = true;
        session.provisional = false;
        core.changed();
        if (
          core.device.said().length ||
          session.view.said().length ||
          (session.subject && grantsOther(core, session))
        )
          shelf.saying((saying) => saying.catchUp(session)).catch(() => undefined);
      });
  }

  async function open(session: Session): Promise<void> {
    if (session !== core.session || settings.shared || session.gate === 'waiting-for-consent') return;
    // What another page takes away while this one reads begins another; until then what this one knows may be older than it.
    core.gen = generation();
    shelf.kept = undefined;
    // What another page finishes meanwhile is in what is read of the registry as if nothing had been asked.
    const due = intents.texts().size;
    const device = await shelf.device(false);
    if (!device) intents.drop();
    else if (core.granted()?.device === false) await shelf.clearing(({ wipeDevice }) => wipeDevice(device));
    else if ((!due && !intents.texts().size) || (await shelf.clearing(({ finish }) => finish(device))))
      return enter(session, device, await stateOf(device));
    nothingThere(session);
  }

  /** The registry, without those who were not here for too long. */
  async function stateOf(device: Device): Promise<RegistryState> {
    // Noted by the day that somebody was here is when that day's first page looked: they may have been for a day after it.
    const unusedFor = lengthOf(settings.keep ?? 'P13M') + DAY;
    const state = await device.present(clock.now(), { asideFor: ASIDE, unusedFor }, !decided);
    // Who is not shown can still be forgotten.
    if (state.hidden) shelf.state = { state: 'ok' };
    return state;
  }

  async function enter(session: Session, device: Device, state: RegistryState): Promise<void> {
    if (session !== core.session) return;
    // Lost, or not here yet: the registry's copy may be older than what was forgotten since, and bring back its boot record.
    if (state.gen && !generation()) core.newGeneration();
    core.gen ??= generation();
    core.device.reset({ facts: state.device });
    const says = core.denied ? null : settings.says;
    const active = state.subjects.find((one) => one.local === state.active);
    const passage = gate(active, says);
    // Another tab has taken this person away, or brought another.
    if (session.subject && (passage !== 'show' || active?.local !== session.local))
      return restart(passage === 'show' || passage === 'new');
    if (passage === 'show') return load(session, device, active);
    if (passage === 'new') return nothingThere(session);
    unshow(session);
    session.closed = passage === 'closed';
    if (session.closed) session.gate = 'closed';
    else
      await shelf.clearing(async ({ change }) => {
        const next = await change(session, device, state, decided);
        // Another page of this browser has it.
        if (!session.closed) await load(session, device, next);
      });
  }

  async function load(session: Session, device: Device, record: SubjectRecord | undefined): Promise<void> {
    const subject = session.subject ?? (record && (await device.openSubject(record.local)));
    const loaded = await subject?.load(core.now(), settings.budget);
    if (session !== core.session) return void subject?.close();
    const may = subject && loaded?.consent?.device;
    if (!may || (session.visit.local ?? subject.local) !== subject.local) {
      subject?.close();
      return nothingThere(session, may);
    }
    unclose(session);
    shelf.show(session, subject, loaded);
  }

  /**
   * No database, or not one for this person: what the boot record showed is not so.
   *
   * @param left somebody else is here.
   */
  function nothingThere(session: Session, left?: boolean): void {
    if (session !== core.session) return;
    // Where it was the boot record that told of another, the next look must not be at it again.
    removeBootRecord(local, site);
    // What was shown had been taken away before: a browser may tell a page of it late.
    if (left || session.subject || (session.visit.local && (session.boot?.gen ?? 0) !== generation()))
      return restart(true);
    unclose(session);
    session.visit.local = undefined;
    unshow(session);
    // Answered: a forget that another tab brings later is not one that was there before what is said from now on.
    session.view.reset({ facts: [], forgets: [] });
  }

  /** Whoever it was closed to may have left in another tab. */
  function unclose(session: Session): void {
    session.closed = false;
    if (session.gate === 'closed') session.gate = 'open';
  }

  function unshow(session: Session): void {
    if (!session.provisional) return;
    session.provisional = false;
    session.consent = undefined;
    session.local = undefined;
    session.view.reset({ facts: [] });
    core.corrected = true;
    core.changed();
  }

  function fail(session: Session, error: unknown): void {
    if (session !== core.session) return;
    const { reason } = shelf.failed(error);
    if (reason === 'gone') {
      shelf.lose();
      return restart(!!session.subject);
    }
    // What cannot be read is not contradicted either; but nothing may be shown that the database has not confirmed.
    unshow(session);
    import('./look-later.js').then(({ lookLater }) => lookLater(shelf, session)).catch(() => undefined);
  }
}
