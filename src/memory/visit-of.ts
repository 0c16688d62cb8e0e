import type { Platform } from '../platform/platform.js';
import type { VisitWriter } from '../store/visit.js';
import { openVisitWriter } from '../store/visit-writer.js';
import type { Session } from './session.js';

/** What writes the visit of a session; opened when something is first said in it. */
export function visitOf(
  { platform, site }: { readonly platform: Platform; readonly site: string },
  { visit }: Session,
): VisitWriter {
  return (visit.writer ??= openVisitWriter(platform, site, visit));
}
