import { browserPlatform } from '../platform/browser.js';
import type { Platform } from '../platform/platform.js';

let platform: Platform | undefined;

/** The page an element stands in; made when first needed, so that importing an element reads nothing. */
export const surroundings = (): Platform => (platform ??= browserPlatform());
