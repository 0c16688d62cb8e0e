import type { Shelf } from './shelf.js';

/**
 * Something was taken away, and what was known of the device may be older than what another tab has taken away at the
 * same moment, which the browser tells late: the next start is told nothing by this page until it has been read.
 */
export function lookAgain(shelf: Shelf): void {
  shelf.kept = undefined;
  shelf.opening.again();
}
