import type { Json, Key } from '../facts/entry.js';
import { lastSegment } from '../facts/key.js';
import type { Text } from '../facts/purpose.js';
import type { Settings } from './settings.js';
import type { Described, Label, Remembered } from './types.js';

/** Keys and values in words: what people read is a label, never an identifier. */
export interface Labels {
  readonly language: string;
  title(keyOrPurpose: string): string;
  describe(fact: Remembered): Described;
}

export function createLabels(settings: Settings): Labels {
  const { platform } = settings;
  const language = settings.language ?? platform.page.languages[0] ?? 'en';
  const warned = new Set<string>();

  const own = (name: string): Label | undefined =>
    Object.hasOwn(settings.labels, name) ? settings.labels[name] : undefined;

  function title(name: string): string {
    const text =
      own(name)?.title ??
      (Object.hasOwn(settings.purposes, name) ? settings.purposes[name]?.title : undefined);
    if (text !== undefined) return inLanguage(text, language);
    if (name.startsWith('preferences.') && !warned.has(name)) {
      warned.add(name);
      platform.warn(
        `customer-memory: people read "${words(name)}" for ${name}. Give it a label: labels: { '${name}': { title: '…' } }`,
      );
    }
    return words(name);
  }

  function describe({ key, value }: Remembered): Described {
    const text = typeof value === 'object' ? undefined : own(key)?.values?.[String(value)];
    return {
      title: title(key),
      value: text === undefined ? inWords(value, language) : inLanguage(text, language),
    };
  }

  return { language, title, describe };
}

/** The text of the language asked for, else of its base language, else English, else any. */
export function inLanguage(text: Text, language: string): string {
  if (typeof text === 'string') return text;
  return text[language] ?? text[language.split('-')[0] ?? ''] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

/** `preferences.shoeSize` → "shoe size" */
function words(key: Key): string {
  return lastSegment(key)
    .replace(/[-_]/g, ' ')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase();
}

/** A value as a person would say it; the parts of a list or an object joined as the language joins them. */
function inWords(value: Json, language: string): string {
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
  if (typeof value === 'boolean') return value ? '✓' : '–';
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  const parts = (Array.isArray(value) ? value : Object.values(value))
    .map((part) => inWords(part as Json, language))
    .filter(Boolean);
  return new Intl.ListFormat(language, { type: 'unit', style: 'short' }).format(parts);
}
