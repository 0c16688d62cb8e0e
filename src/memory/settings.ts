import { prefixProblem } from '../facts/key.js';
import { purposesProblem, type Purposes } from '../facts/purpose.js';
import { durationProblem } from '../facts/retention.js';
import { MemoryError } from '../platform/errors.js';
import { browserPlatform } from '../platform/browser.js';
import type { Platform } from '../platform/platform.js';
import type { Says } from './gate.js';
import type { ConsentSource, Label, MemoryOptions, Schemas } from './types.js';

/** The options of one memory, checked and with their defaults. */
export interface Settings {
  readonly site: string;
  readonly preferences: Schemas | undefined;
  readonly devicePreferences: Schemas;
  readonly labels: Readonly<Record<string, Label>>;
  readonly purposes: Purposes;
  readonly consent: 'ask' | 'host' | ConsentSource;
  readonly says: Says;
  readonly signedOut: 'keep' | 'discard';
  readonly shared: boolean;
  readonly keep: string | undefined;
  readonly language: string | undefined;
  readonly platform: Platform;
}

export type Options = MemoryOptions<Schemas, Schemas>;

const operation = 'createMemory';
const known = [
  'site',
  'preferences',
  'devicePreferences',
  'labels',
  'purposes',
  'consent',
  'identity',
  'signedOut',
  'shared',
  'keep',
  'language',
  'platform',
];

/** The options with their defaults; `checkOptions` first, where they come from a developer. */
export function settingsOf(options: Options): Settings {
  const {
    site,
    preferences,
    devicePreferences = {},
    labels = {},
    purposes = {},
    consent = 'ask',
    identity,
  } = options;
  const { signedOut = 'keep', shared = false, keep, language, platform = browserPlatform() } = options;
  // An empty attribute (`data-user=""`) says nobody, as null does.
  const says = identity?.user === '' ? null : identity?.user;
  return {
    site,
    preferences,
    devicePreferences,
    labels,
    purposes,
    consent,
    says,
    signedOut,
    shared,
    keep,
    language,
    platform,
  };
}

/** Throws `invalid_option` with the line to write instead: only ever for a developer's mistake. */
export function checkOptions(options: Options): void {
  if (typeof options !== 'object' || options === null)
    throw invalid("it takes one object: createMemory({ site: 'acme' })");
  const { site, preferences, devicePreferences, purposes, consent, identity, keep } = options;
  const stranger = Object.keys(options).find((name) => !known.includes(name));
  if (stranger) throw invalid(`there is no option ${stranger}`);
  if (typeof site !== 'string' || !/^[\w.-]{1,64}$/.test(site))
    throw invalid('site takes 1 to 64 letters, digits, "-", "_" or "."');
  for (const schemas of [preferences, devicePreferences]) checkSchemas(schemas);
  const both = Object.keys(devicePreferences ?? {}).find((name) => preferences && name in preferences);
  if (both) throw invalid(`${both} is in preferences and in devicePreferences; keep one`);
  const badPurpose = purposesProblem(purposes ?? {});
  if (badPurpose) throw invalid(`purposes.${badPurpose.purpose}: ${badPurpose.reason}`);
  const badKeep = keep === undefined ? undefined : durationProblem(keep);
  if (badKeep) throw invalid(`keep: ${badKeep}`);
  const asks = consent === undefined || consent === 'ask' || consent === 'host';
  if (!asks && typeof consent?.current !== 'function')
    throw invalid("consent is 'ask', 'host' or { current, subscribe }");
  const user: unknown = identity?.user;
  if (user !== undefined && user !== null && typeof user !== 'string')
    throw invalid('identity.user is a string, or null for nobody');
}

/** What decides at the start whose memory is shown and where it is kept cannot come later. */
const first = ['consent', 'identity', 'shared', 'platform'];

/**
 * The name of an option that a second call gives another value for, or undefined. A later call may
 * add options; functions, schemas and sources compare by identity, plain values by content.
 */
export function conflictOf(given: Options, later: Options): string | undefined {
  const earlier: Readonly<Record<string, unknown>> = { ...given };
  return Object.entries(later).find(
    ([name, value]) =>
      value !== undefined && (name in earlier ? !same(earlier[name], value) : first.includes(name)),
  )?.[0];
}

function checkSchemas(schemas: unknown): void {
  if (schemas === undefined) return;
  for (const [name, schema] of Object.entries(schemas as object)) {
    if (prefixProblem(`preferences.${name}`) || name.includes('.'))
      throw invalid(`preferences.${name} is not one segment`);
    if (name === 'asked') throw invalid('the preference "asked" is reserved for what was asked already');
    const standard = (schema as { '~standard'?: { validate?: unknown } } | undefined)?.['~standard'];
    if (typeof standard?.validate !== 'function')
      throw invalid(`preferences.${name} takes a Standard Schema (zod, valibot, arktype …)`);
  }
}

function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!plain(a) || !plain(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]));
}

/** Plain objects and arrays; a schema is neither (its identity counts), even where it was made as a plain object. */
function plain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || '~standard' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

function invalid(detail: string): MemoryError {
  return new MemoryError('invalid_option', operation, detail);
}
