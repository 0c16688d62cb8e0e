import { html, nothing } from 'lit/html.js';
import { under } from '../../facts/key.js';
import type { Json, Memory, Remembered } from '../../memory/types.js';
import { button } from '../button.js';
import type { acts } from '../strings/acts.js';
import type { FurtherWords } from './further-words.js';

export interface Correction {
  readonly save: (value: Json) => void;
  readonly cancel: () => void;
  /** The value given last was refused. */
  readonly unfit: boolean;
}

type Parts = Readonly<Record<string, string>>;

/**
 * A small form in the place of a value: a field of its kind, a choice among the values that have
 * labels, or a field for each part of a name or an address. Escape leaves it as it was.
 */
export function correctionOf(
  fact: Remembered,
  memory: Memory,
  words: FurtherWords,
  { save, cancel, unfit }: Correction,
): unknown {
  const { say } = words;
  const parts = partsOf(fact);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(given.get(name)).trim();
    save(parts ? together(fact, parts, text) : valueOf(text('value'), fact.value));
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel();
  };
  return html`<form part="correction" @submit=${submit} @keydown=${escape}>
    ${
      parts
        ? Object.keys(parts).map((name) => labelled(caption(name, words), partField(name, parts, words.lang)))
        : labelled(say('center.correct.label'), field(fact, memory, unfit))
    }
    <button part="save">${say('center.correct.save')}</button>
    ${button('cancel', say('center.correct.cancel'), cancel)}
    <p part="unfit" id="unfit" role="alert">${unfit ? say('center.correct.unfit') : nothing}</p>
  </form>`;
}

const labelled = (caption: unknown, field: unknown) =>
  html`<label part="label"><span part="caption">${caption}</span> ${field}</label>`;

function field(fact: Remembered, memory: Memory, unfit: boolean): unknown {
  const { value } = fact;
  const choices =
    typeof value === 'boolean'
      ? [true, false].map((one) => [String(one), memory.describe({ ...fact, value: one }).value] as const)
      : memory.choices(fact.key);
  if (choices.length) return choice('value', String(value), choices);
  return html`<input
    part="field"
    name="value"
    required
    autocomplete="off"
    dir="auto"
    type=${typeof value === 'number' ? 'number' : 'text'}
    step="any"
    .value=${String(value)}
    aria-invalid=${unfit ? 'true' : 'false'}
    aria-describedby="unfit"
  />`;
}

/** One of several; what stands there stays one of them, so that nothing is changed by saving it. */
function choice(name: string, chosen: string, choices: readonly (readonly [string, string])[]): unknown {
  const known = choices.some(([value]) => value === chosen);
  const all = known ? choices : [[chosen, chosen] as const, ...choices];
  return html`<select part="field" name=${name} aria-describedby="unfit">
    ${all.map(
      ([value, title]) =>
        html`<option part="option" value=${value} ?selected=${value === chosen}>${title}</option>`,
    )}
  </select>`;
}

function partField(name: string, parts: Parts, lang: string): unknown {
  const value = parts[name] ?? '';
  if (name === 'country') return choice(name, value.toUpperCase(), countries(lang));
  return html`<input
    part="field"
    name=${name}
    autocomplete=${AUTOFILL[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}
    dir="auto"
    .value=${value}
    aria-describedby="unfit"
  />`;
}

/** What the parts of a name are called where browsers fill them in; the others are called alike. */
const AUTOFILL: Parts = {
  given: 'given-name',
  family: 'family-name',
  full: 'name',
  preferred: 'nickname',
  phone: 'tel',
  label: 'off',
  instructions: 'off',
};

function caption(name: string, { say }: FurtherWords): unknown {
  const [, n] = /^addressLine(\d)$/.exec(name) ?? [];
  if (n) return say('field.addressLine', { n });
  return say(name === 'countryName' ? 'field.country' : (`field.${name}` as keyof (typeof acts)['en']));
}

/** The parts of a name or an address that can be changed, those without a value too; undefined for anything else. */
function partsOf({ key, value }: Remembered): Parts | undefined {
  if (typeof value !== 'object' || !value) return undefined;
  const had = value as Parts;
  if (key === 'identity.name') {
    const { given = '', family = '', full = '', preferred = '' } = had;
    if (full && !given && !family) return { full, preferred };
    // The rest of the whole name, where it begins with the given one.
    const rest = full.startsWith(`${given} `) ? full.slice(given.length + 1) : '';
    return { given, family: family || rest, preferred };
  }
  if (!under('identity.addresses', key)) return undefined;
  const shown = ADDRESS.filter((name) => had[name] || USUAL.has(name));
  return Object.fromEntries(
    shown
      .filter((name) => !(name === 'streetAddress' && had['addressLine1'] && !had[name]))
      .filter((name) => !(name === 'country' && had['countryName'] && !had[name]))
      .map((name) => [name, had[name] ?? '']),
  );
}

/** The whole value again: parts that were not shown stay, empty ones go, and a whole name that no longer fits goes too. */
function together({ key, value }: Remembered, parts: Parts, text: (name: string) => string): Json {
  const { full: _, ...others } = value as Parts;
  const kept = key === 'identity.name' ? others : (value as Parts);
  const given = Object.keys(parts).map((name) => [name, text(name)] as const);
  return Object.fromEntries(
    Object.entries({ ...kept, ...Object.fromEntries(given) }).filter(([, part]) => part),
  );
}

/** In the order in which they are written. */
const ADDRESS = [
  'label',
  'name',
  'organization',
  'streetAddress',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'postalCode',
  'addressLevel4',
  'addressLevel3',
  'addressLevel2',
  'addressLevel1',
  'country',
  'countryName',
  'phone',
  'instructions',
];
const USUAL = new Set(['streetAddress', 'postalCode', 'addressLevel2', 'country']);

/** Every country by the name it has in a language, in its order; the browser knows them. */
function countries(lang: string): (readonly [string, string])[] {
  const names = new Intl.DisplayNames(lang, { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .flatMap((code) => {
      const name = isCountry(code) ? names.of(code) : undefined;
      return name ? [[code, name] as const] : [];
    })
    .sort(([, a], [, b]) => a.localeCompare(b, lang));
}

/** Neither a group of countries, nor a code that stands for another by now. */
const isCountry = (code: string) =>
  !/^(EU|EZ|QO|UN|X[AB]|ZZ)$/.test(code) && new Intl.Locale(`und-${code}`).region === code;

function valueOf(given: string, before: Json): Json {
  if (typeof before === 'number') return Number(given);
  return typeof before === 'boolean' ? given === 'true' : given;
}
