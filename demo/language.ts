/**
 * The languages of the shop: which one an address asks for, and how it says things.
 * English has no prefix, the others have theirs (`/de/checkout`), so that pages can be cached and linked.
 */
import { html, trusted, type Html, type Part } from './html.js';
import { words, type WordKey } from './strings/words.js';

export const LANGUAGES = ['en', 'de', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Holes = Readonly<Record<string, Part>>;

export interface Tongue {
  readonly lang: Language;
  readonly dir: 'ltr' | 'rtl';
  /** A sentence by key as plain text, for attributes and titles. */
  text(key: WordKey, holes?: Readonly<Record<string, string>>): string;
  /** A sentence by key as markup; what fills a hole is isolated, so that a name cannot turn the line around. */
  say(key: WordKey, holes?: Holes): Html;
  price(euros: number): string;
  weight(kilograms: number): string;
  number(n: number): string;
  /** A day, "Thursday 26 November"; a calendar day of the shop. */
  day(date: Date): string;
  /** A moment in the shop's time, "Thursday 26 November at 17:00". */
  moment(date: Date): string;
  list(items: readonly string[]): string;
  country(code: string): string;
}

export const SHOP_ZONE = 'Europe/Berlin';

export const isLanguage = (text: string | undefined): text is Language =>
  LANGUAGES.some((lang) => lang === text);

/** Splits a path into its language and the page it names. */
export function readPath(path: string): {
  readonly lang: Language;
  readonly page: string;
  readonly explicit: boolean;
} {
  const [, first, ...rest] = path.split('/');
  if (!isLanguage(first)) return { lang: 'en', page: path, explicit: false };
  return { lang: first, page: `/${rest.join('/')}`, explicit: true };
}

/** The address of a page in a language. */
export const writePath = (lang: Language, page: string): string =>
  lang === 'en' ? page : `/${lang}${page === '/' ? '' : page}`;

/** What a language calls itself. */
export const endonym = (lang: Language): string =>
  new Intl.DisplayNames([lang], { type: 'language' }).of(lang) ?? lang;

export function tongue(lang: Language): Tongue {
  const locale = lang === 'en' ? 'en-GB' : lang;
  const sentence = (key: WordKey): string => words[lang][key];
  return {
    lang,
    dir: lang === 'ar' ? 'rtl' : 'ltr',
    text: (key, holes) => sentence(key).replace(HOLE, (hole, name: string) => holes?.[name] ?? hole),
    say: (key, holes) => fill(sentence(key), holes),
    price: (euros) =>
      new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 }).format(
        euros,
      ),
    weight: (kilograms) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilogram', maximumFractionDigits: 1 }).format(
        kilograms,
      ),
    number: (n) => new Intl.NumberFormat(locale).format(n),
    day: (date) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        timeZone: SHOP_ZONE,
      }).format(date),
    moment: (date) =>
      new Intl.DateTimeFormat(locale, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        hour: 'numeric',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: SHOP_ZONE,
      }).format(date),
    list: (items) => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }).format(items),
    country: (code) => new Intl.DisplayNames([locale], { type: 'region' }).of(code) ?? code,
  };
}

const HOLE = /\{(\w+)\}/g;

function fill(sentence: string, holes: Holes = {}): Html {
  const parts = sentence.split(HOLE);
  return trusted(parts.map((part, i) => (i % 2 === 0 ? html`${part}` : hole(part, holes)).html).join(''));
}

function hole(name: string, holes: Holes): Html {
  const part = holes[name];
  if (part === undefined) return html`<bdi data-hole="${name}"></bdi>`;
  return typeof part === 'string' ? html`<bdi>${part}</bdi>` : html`${part}`;
}
