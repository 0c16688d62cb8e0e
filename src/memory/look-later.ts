/** Looks again at a device that could not be looked at. Fetched when that has happened. */
import type { Session } from './session.js';
import type { Shelf } from './shelf.js';

/** When a database that did not answer is asked again. */
const AGAIN = 5000;

export function lookLater(shelf: Shelf, session: Session): void {
  const { core, opening, stops } = shelf;
  const { cause } = shelf.state.error ?? {};

  function look(): void {
    if (session !== core.session || core.closed) return;
    session.ready = false;
    shelf.state = { state: 'unused' };
    opening.again();
  }

  // A promise is settled when the database has opened after all, for whoever asks then.
  if (cause instanceof Promise) cause.then(look, look);
  // Hidden until the database says what another tab has taken away, or whose words the visit has.
  if (session.closed && session.gate !== 'closed')
    stops.push(core.settings.platform.clock.after(AGAIN, look));
}
