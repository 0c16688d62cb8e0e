/**
 * The identity root: which names it has and what their values look like. Parts that belong together are one fact, so that
 * the street of one address never meets the town of another. Names follow Segment's traits and WHATWG's autofill fields,
 * in camelCase.
 */
import type { Json, Key } from './entry.js';
import { IDENTITY_KEYS, isIdentityKey } from './identity-key.js';
import { isObject, isString, isText, type ShapeProblem } from './shape.js';

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

const TEXTS: Readonly<Record<string, readonly [takes: string, like: RegExp]>> = {
  email: ['an e-mail address', /^[^\s@]+@[^\s@]+$/],
  phone: ['a telephone number as people write it', /^(?=(?:.*\p{Nd}){3})\P{C}{3,40}$/u],
  language: ['a language such as "de-AT"', /^[a-z]{2,8}(?:-[a-z\d]{1,8})*$/i],
  timeZone: ['a time zone such as "Europe/Vienna"', /^[a-z][\w+-]*(?:\/[\w+-]+)*$/i],
  company: ['the name of a company', /\S/],
};

/** What is wrong with an identity fact's name or value, or undefined. `key` begins with `identity.`. */
export function identityProblem(key: Key, value: Json): ShapeProblem | undefined {
  if (!isIdentityKey(key)) return { path: '', reason: IDENTITY_KEYS };
  const name = key.slice('identity.'.length);
  const [takes, like] = TEXTS[name] ?? [];
  if (!like) return partsProblem(value, name === 'name' ? NAME_FIELDS : ADDRESS_FIELDS);
  return isString(value) && like.test(value) ? undefined : { path: '', reason: `it takes ${takes}` };
}

function partsProblem(value: Json, fields: readonly string[]): ShapeProblem | undefined {
  const parts = isObject(value) ? Object.entries(value) : [];
  const [path] = parts.find(([field, part]) => !fields.includes(field) || !isString(part)) ?? [''];
  if (!path && parts.some(([, part]) => isText(part))) return undefined;
  return { path, reason: `it takes texts named ${fields.join(', ')}` };
}
