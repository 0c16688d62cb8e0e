import type { VisitWriter } from '../store/visit.js';
import { openVisitWriter } from '../store/visit-writer.js';
import type { Session } from './session.js';
import type { Settings } from './settings.js';

/** What writes the visit of a session; opened when something is first said in it. */
export function visitOf({ platform, site, purposes }: Settings, { visit }: Session): VisitWriter {
  return (visit.writer ??= openVisitWriter(platform, site, visit, purposes));
}
