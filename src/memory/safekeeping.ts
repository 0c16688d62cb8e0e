/**
 * What is on its way to the device has a copy in the visit only when it may not arrive: when the page is hidden or left, or
 * when the device takes its time. A copy of everything that is said would cost as much as storing it.
 */
import type { Ms } from '../facts/entry.js';
import type { Core } from './core.js';
import type { Session } from './session.js';
import { visitOf } from './visit-of.js';

/** How long the device may take before the visit has to hold what is said. */
const PATIENCE: Ms = 250;

export interface Safekeeping {
  /** Of what the session has said, all that is not on the device when the time has come. */
  put(session: Session): void;
  /** A call that is being done; returns what is to be called once it is done, or cannot be. */
  note(session: Session, call: () => readonly unknown[]): () => void;
  stop(): void;
}

export function createSafekeeping(core: Core): Safekeeping {
  const { settings, device } = core;
  const { clock, visibility } = settings.platform;
  const saying = new Set<Session>();
  const doing = new Map<() => void, Session>();
  let hidden = false;
  let cancel: (() => void) | undefined;

  const unsubscribe = visibility.onChange((state) => {
    hidden = state === 'hidden';
    if (hidden) copy();
  });

  /** Whose session is over has it in their own visit, or has left. */
  function copy(): void {
    cancel?.();
    cancel = undefined;
    for (const session of saying) {
      const said = [...session.view.drafts(), ...device.drafts()];
      if (session === core.session && said.length) visitOf(settings, session).put(said);
    }
    for (const [note, session] of doing) if (session === core.session) note();
    saying.clear();
    doing.clear();
  }

  function begin(): void {
    if (hidden) copy();
    else cancel ??= clock.after(PATIENCE, copy);
  }

  return {
    put(session) {
      saying.add(session);
      begin();
    },
    note(session, call) {
      let unnote: (() => void) | undefined;
      const note = () => void (unnote = session.visit.note(call()));
      doing.set(note, session);
      begin();
      return () => {
        doing.delete(note);
        unnote?.();
      };
    },
    stop() {
      cancel?.();
      unsubscribe();
    },
  };
}
