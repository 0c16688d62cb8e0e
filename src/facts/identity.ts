/**
 * The identity root: which names it has and what their values look like. Parts that belong together are one fact, so that
 * the street of one address never meets the town of another. Names follow Segment's traits and WHATWG's autofill fields,
 * in camelCase.
 */
import type { Json, Key } from './entry.js';
import { isUuid } from './uuid.js';
import { isObject, isText, type ShapeProblem } from './shape.js';

/** `identity.name`. Greetings show `preferred`, else `given`, else nothing. */
export interface Name {
  readonly given?: string;
  readonly family?: string;
  readonly full?: string;
  readonly preferred?: string;
}

export const NAME_FIELDS = [
  'given',
  'family',
  'full',
  'preferred',
] as const satisfies readonly (keyof Name)[];

/**
 * Fields of `identity.addresses.<label>`, WHATWG's where it has them. A country's own usage decides how many levels it
 * has: `addressLevel1` is the broadest (state, province), `addressLevel2` most often the town. `streetAddress` holds all
 * lines in one, `addressLine1` to `3` hold one each. `name` and `organization` say who receives, `label` what the person
 * calls the place, `instructions` how to find the door.
 */
export const ADDRESS_FIELDS = [
  'name',
  'organization',
  'streetAddress',
  'addressLine1',
  'addressLine2',
  'addressLine3',
  'addressLevel4',
  'addressLevel3',
  'addressLevel2',
  'addressLevel1',
  'postalCode',
  'country',
  'countryName',
  'phone',
  'label',
  'instructions',
] as const;

export type Address = { readonly [Field in (typeof ADDRESS_FIELDS)[number]]?: string };

const TEXTS: Readonly<Record<string, { readonly like: RegExp; readonly what: string }>> = {
  email: { like: /^[^\s@]+@[^\s@]+$/, what: 'an e-mail address' },
  phone: { like: /^(?=(?:.*\p{Nd}){3})[^\p{C}]{3,40}$/u, what: 'a telephone number as the person writes it' },
  language: { like: /^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, what: 'a language tag such as "de-AT"' },
  timeZone: {
    like: /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/,
    what: 'a time zone such as "Europe/Vienna"',
  },
  company: { like: /\S/, what: 'the name of a company' },
};

/** What is wrong with an identity fact's name or value, or undefined. `key` begins with `identity.`. */
export function identityProblem(key: Key, value: Json): ShapeProblem | undefined {
  const [, name = '', label = '', ...rest] = key.split('.');
  if (name === 'addresses' && rest.length === 0 && label !== '')
    return labelProblem(label) ?? partsProblem(value, ADDRESS_FIELDS, 'an address');
  if (label === '' && name === 'name') return partsProblem(value, NAME_FIELDS, 'a name');
  const text = label === '' && Object.hasOwn(TEXTS, name) ? TEXTS[name] : undefined;
  if (!text)
    return problem('', 'identity has name, email, phone, language, timeZone, company and addresses.<label>');
  return typeof value === 'string' && text.like.test(value)
    ? undefined
    : problem('', `it is ${text.what}, as a string`);
}

function labelProblem(label: string): ShapeProblem | undefined {
  if (label === 'home' || label === 'work' || isUuid(label)) return undefined;
  return problem(
    '',
    'an address is labelled home, work or with a UUID; what the person calls it goes into its field "label"',
  );
}

function partsProblem(value: Json, fields: readonly string[], what: string): ShapeProblem | undefined {
  if (!isObject(value)) return problem('', `${what} is one object with ${fields.join(', ')}`);
  for (const [field, part] of Object.entries(value)) {
    if (!fields.includes(field)) return problem(field, `${what} has ${fields.join(', ')}`);
    if (typeof part !== 'string') return problem(field, 'it is a string');
  }
  return Object.values(value).some(isText) ? undefined : problem('', `${what} needs at least one part`);
}

function problem(path: string, reason: string): ShapeProblem {
  return { path, reason };
}
