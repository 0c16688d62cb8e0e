import type { en } from './strings/center/en.js';
import type { Strings } from './strings/types.js';

/** Languages that what the center says comes in: it says more than a page should carry in all of them. */
export type Language = 'ar' | 'de' | 'en';

export const bringLanguage = async (language: Language): Promise<Strings<typeof en>> =>
  language === 'de'
    ? (await import('./strings/center/de.js')).de
    : language === 'ar'
      ? (await import('./strings/center/ar.js')).ar
      : (await import('./strings/center/en.js')).en;
