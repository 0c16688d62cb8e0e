import type { Platform } from '../platform/platform.js';

/**
 * Has the browser open the files in which it keeps this origin's databases, beside whatever the page
 * does meanwhile: that is most of what a start without a boot record waits for. Asks for nothing in them.
 */
export function warmUp({ indexedDB }: Platform): void {
  // Not there before Firefox 126; and whatever is wrong, the one who opens a database is told.
  indexedDB?.factory.databases?.().catch(() => undefined);
}
