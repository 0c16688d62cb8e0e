import { browserPlatform } from '../platform/browser.js';
import type { Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';

let platform: Platform | undefined;
let since: Ms | undefined;

/** The page an element stands in; made when first needed, so that importing an element reads nothing. */
export const surroundings = (): Platform => (platform ??= browserPlatform());

/**
 * When the page was opened, from which its events count. What was said since is of this visit: neither
 * "back" nor "earlier".
 */
export const opened = (): Ms => (since ??= surroundings().clock.now() - new Event('').timeStamp);
