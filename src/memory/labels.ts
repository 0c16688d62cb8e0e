import type { Json, Key } from '../facts/entry.js';
import { lastSegment } from '../facts/key.js';
import type { Text } from '../facts/purpose.js';
import { own } from '../facts/shape.js';
import { identityInWords } from './identity-words.js';
import type { Settings } from './settings.js';
import type { Described, Remembered } from './types.js';

/** Keys and values in words: what people read is a label, never an identifier. */
export interface Labels {
  language(): string;
  title(keyOrPurpose: string): string;
  choices(key: Key): readonly (readonly [value: string, title: string])[];
  describe(fact: Remembered): Described;
  describe(fact: Remembered | undefined): Described | undefined;
}

export function createLabels(settings: Settings): Labels {
  const { platform } = settings;
  // Looked for when something is put in words: asking the browser for it is a tenth of a start.
  const language = () => [settings.language, ...platform.page.languages].find(isLanguage) ?? 'en';
  const warned = new Set<string>();

  // Nothing throws for what is no text: what people read is not worth an error on the page.
  function title(name: string): string {
    const text = own(settings.labels, name)?.title ?? own(settings.purposes, name)?.title;
    if (text !== undefined) return inLanguage(text, language());
    if (/^preferences\./.test(name) && !warned.has(name)) {
      warned.add(name);
      platform.warn(`customer-memory: add labels: { '${name}': { title: '…' } }`);
    }
    return words(name);
  }

  function describe(fact: Remembered): Described;
  function describe(fact: Remembered | undefined): Described | undefined;
  function describe(fact: Remembered | undefined): Described | undefined {
    return fact?.key ? { title: title(fact.key), value: valueOf(fact) } : undefined;
  }

  function valueOf({ key, value }: Remembered): string {
    const text = typeof value === 'object' ? undefined : own(valuesOf(key), String(value));
    if (text) return inLanguage(text, language());
    return identityInWords(key, value, language()) ?? inWords(value, language());
  }

  const valuesOf = (key: Key) => own(settings.labels, key)?.values ?? {};

  function choices(key: Key): (readonly [string, string])[] {
    return Object.entries(valuesOf(key)).map(([value, text]) => [
      value,
      inLanguage(text || value, language()),
    ]);
  }

  return { language, title, describe, choices };
}

/** Pages carry values for a language that are none ("en_US"), on which Intl would throw. */
export function isLanguage(tag: string | undefined): tag is string {
  try {
    return !!Intl.getCanonicalLocales(tag)[0];
  } catch {
    return false;
  }
}

/** The text of the language asked for, else of its base language, else English, else any. */
export function inLanguage(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** `preferences.shoeSize` → "shoe size" */
function words(key: Key): string {
  return lastSegment(`${key}`)
    .replace(/[-_]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** A value as a person would say it; the parts of a list or an object joined as the language joins them. */
function inWords(value: Json, language: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return value.toLocaleString(language);
  if (typeof value !== 'object' || value === null) return value ? '✓' : '–';
  const parts = Object.values(value).map((part: Json) => inWords(part, language));
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts.filter(Boolean));
}
