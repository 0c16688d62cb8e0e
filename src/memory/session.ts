import type { BootRecord } from '../store/boot-record.js';
import type { ConsentRecord, Lost, Subject } from '../store/store.js';
import type { Visit } from '../store/visit.js';
import type { Status } from './types.js';
import type { View } from './view.js';

/**
 * One person's memory as this page shows it, from one switch of people to the next. Whoever continues
 * after waiting compares its session with the present one first: what was started for one person is
 * never finished for another.
 */
export interface Session {
  /** Who the page says this is; undefined for an anonymous person. */
  readonly user: string | undefined;
  readonly view: View;
  readonly visit: Visit;
  /** What was shown of them before the database had answered. */
  readonly boot: BootRecord | undefined;
  gate: Status['gate'];
  /** Nothing of the person is shown, and what they say is kept for the visit only. */
  closed: boolean;
  /** Shown from the boot record, not confirmed by the database. */
  provisional: boolean;
  /** Set once the database has answered, whatever it said. */
  ready: boolean;
  /** The name of the person's database, known before it is shown: from the boot record, or from a grant under way. */
  local: string | undefined;
  subject: Subject | undefined;
  consent: ConsentRecord | undefined;
  lost?: Lost | undefined;
}
