import type { Later } from './strings/en.js';

/** Languages that come when they are first spoken. */
export type LaterLanguage = 'ar' | 'de';

/** Fetches one as a module; in the tag's build `tag/later.ts` stands here and fetches a chunk. */
export const bringLanguage = async (language: LaterLanguage): Promise<Later> =>
  language === 'de' ? (await import('./strings/de.js')).de : (await import('./strings/ar.js')).ar;
