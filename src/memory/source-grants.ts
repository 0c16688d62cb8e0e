import type { Session } from './session.js';
import { grantsOther, type Shelf } from './shelf.js';

/** A consent source has granted what is not on record: the first thing said makes the database. */
export function sourceGrants({ core, state }: Shelf, session: Session): boolean {
  if (
    session !== core.session ||
    core.settings.shared ||
    session.closed ||
    !core.granted()?.device ||
    state.state === 'blocked'
  )
    return false;
  return !session.subject || grantsOther(core, session);
}
