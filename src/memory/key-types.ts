/** Which keys a memory has, and what is given for them and comes back, as the site's schemas say. */
import type { Json } from '../facts/entry.js';
import type { Address, Name } from '../facts/identity.js';
import type { Root } from '../facts/key.js';
import type { InOf, OutOf, StandardSchema } from './standard-schema.js';

/** One schema a preference, by its name. */
export type Schemas = Readonly<Record<string, StandardSchema<unknown, unknown>>>;
/** Without schemas any preference may be kept, as JSON. */
export type AnyPreferences = Readonly<Record<string, StandardSchema<Json, Json>>>;
export type NoPreferences = Readonly<Record<never, never>>;

export interface IdentityValues {
  readonly 'identity.name': Name;
  readonly 'identity.email': string;
  readonly 'identity.phone': string;
  readonly 'identity.language': string;
  readonly 'identity.timeZone': string;
  readonly 'identity.company': string;
}

export type AddressKey = `identity.addresses.${string}`;
export type CareKey = `care.${string}.${string}`;
type PreferenceKey<P> = `preferences.${keyof P & string}`;

/** The keys a site may use: identity, its own preferences, and care. */
export type KeyOf<P, D = NoPreferences> =
  keyof IdentityValues | AddressKey | CareKey | PreferenceKey<P> | PreferenceKey<D>;

/** What a purpose's `keys` and `reads` list: a key, or what keys begin with. */
export type PrefixOf<P, D = NoPreferences> =
  KeyOf<P, D> | Root | 'identity.addresses' | `care.${string}` | `conversations.${string}`;

/** What can be forgotten by its key: with declared preferences a known one, else any. */
export type ForgettableKey<P, D> =
  KeyOf<P, D> | `conversations.${string}` | (AnyPreferences extends P ? string & {} : never);

type SchemaOf<P, D, K> = K extends `preferences.${infer N}`
  ? N extends keyof P
    ? P[N]
    : N extends keyof D
      ? D[N]
      : never
  : never;

/** What may be given for a key. */
export type InputOf<P, D, K> = K extends keyof IdentityValues
  ? IdentityValues[K]
  : K extends AddressKey
    ? Address
    : K extends CareKey
      ? Json
      : InOf<SchemaOf<P, D, K>>;

/** What is kept for a key, and comes back. */
export type ValueOf<P, D, K> = K extends keyof IdentityValues
  ? IdentityValues[K]
  : K extends AddressKey
    ? Address
    : K extends CareKey
      ? Json
      : OutOf<SchemaOf<P, D, K>>;
