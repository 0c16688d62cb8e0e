/** What every page is made with: the visitor's language, the light they chose, where they are. */
import { writePath, type Language, type Tongue } from '../language.js';

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface Page {
  readonly tongue: Tongue;
  /** As the address says; `auto` follows the browser. */
  readonly theme: Theme;
  /** The page's own path, without a language. */
  readonly path: string;
  /** The page's own query, without the light. */
  readonly query: string;
  readonly now: Date;
}

/** The address of another page in the same language and light; both travel in it, so that nothing has to be stored for them. */
export function href(page: Page, path: string, query = ''): string {
  return address(page.tongue.lang, path, query, page.theme);
}

/** The address of this same page in another language or light. */
export const here = (page: Page, change: { readonly lang?: Language; readonly theme?: Theme }): string =>
  address(change.lang ?? page.tongue.lang, page.path, page.query, change.theme ?? page.theme);

function address(lang: Language, path: string, query: string, theme: Theme): string {
  const all = [query, theme === 'auto' ? '' : `theme=${theme}`].filter(Boolean).join('&');
  return writePath(lang, path) + (all ? `?${all}` : '');
}
