import type { Later } from './strings/en.js';

/** Languages that come when they are first spoken. */
export type LaterLanguage = 'ar' | 'de';

export const bringLanguage = async (language: LaterLanguage): Promise<Later> =>
  language === 'de' ? (await import('./strings/de.js')).de : (await import('./strings/ar.js')).ar;
