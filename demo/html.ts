/**
 * HTML as template strings. Whatever is put in is escaped, unless it is HTML already.
 * It knows nothing of pages or languages.
 */

export interface Html {
  readonly html: string;
}

export type Part = Html | string | number | false | undefined | readonly Part[];

/** Markup with escaped holes; `false` and `undefined` leave nothing, lists are joined. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((made, string, i) => made + print(parts[i - 1]) + string) };
}

/** Text that is markup already. Only for what this shop wrote itself. */
export const trusted = (text: string): Html => ({ html: text });

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** JSON for a data block: no text in it can end the block. */
export const jsonBlock = (value: unknown): Html => trusted(JSON.stringify(value).replaceAll('<', '\\u003c'));

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function print(part: Part): string {
  if (part === false || part === undefined) return '';
  if (typeof part === 'string') return escape(part);
  if (typeof part === 'number') return String(part);
  return isList(part) ? part.map(print).join('') : part.html;
}

const isList = (part: Part): part is readonly Part[] => Array.isArray(part);
