import { isSegment } from '../facts/key.js';
import { purposesProblem } from '../facts/purpose.js';
import { durationProblem } from '../facts/retention.js';
import { isObject, isString, own } from '../facts/shape.js';
import { MemoryError } from '../platform/errors.js';
import type { Options } from './settings.js';

/**
 * Every option there is, and whether it can only come first: what decides at the start whose memory is shown and where it
 * is kept.
 */
const OPTIONS: Readonly<Record<keyof Options, boolean>> = {
  site: false,
  preferences: false,
  devicePreferences: false,
  labels: false,
  purposes: false,
  consent: true,
  identity: true,
  signedOut: false,
  shared: true,
  keep: false,
  budget: false,
  language: false,
  platform: true,
};

/** Throws `invalid_option` with the line to write instead: only ever for a developer's mistake. */
export function checkOptions(options: Options): void {
  const given = Object(options) as Unchecked;
  const {
    site,
    preferences = {},
    devicePreferences = {},
    purposes = {},
    consent = 'ask',
    identity = {},
    keep = 'P13M',
    budget = 1,
  } = given;
  must(
    isString(site) && /^[\w.-]{1,64}$/.test(site),
    `site takes 1 to 64 letters, digits, "-", "_" or ".": createMemory({ site: 'acme' })`,
  );
  for (const name of Object.keys(given)) must(Object.hasOwn(OPTIONS, name), `there is no option ${name}`);
  must(
    consent === 'ask' ||
      consent === 'host' ||
      (isObject(consent) && typeof consent['current'] === 'function'),
    "consent takes 'ask', 'host' or { current, subscribe }",
  );
  must(isObject(identity) && isString(identity['user'] ?? ''), 'identity.user takes a string or null');
  for (const [name, schema] of Object.entries({ ...preferences, ...devicePreferences })) {
    must(isSegment(name) && name !== 'asked', `no preference can be named "${name}"`);
    must(
      typeof (schema as Partial<typeof schema> | undefined)?.['~standard']?.validate === 'function',
      `preferences.${name} takes a Standard Schema (zod)`,
    );
    must(
      !own(preferences, name) || !own(devicePreferences, name),
      `${name} is in preferences and devicePreferences; keep one`,
    );
  }
  const lasts = durationProblem(keep);
  must(!lasts, `keep: ${lasts}`);
  must((budget as number) > 0, 'budget takes a number');
  const problem = purposesProblem(purposes);
  must(!problem, `purposes${problem}`);
}

/** What comes from a developer, or out of the tag's JSON block. */
type Unchecked = Partial<Options> & {
  readonly [Name in 'site' | 'consent' | 'identity' | 'keep' | 'budget']?: unknown;
};

function must(is: boolean, otherwise: string): void {
  if (!is) throw new MemoryError('invalid_option', 'createMemory', otherwise);
}

/**
 * The name of an option that a second call gives another value for, or undefined. A later call may
 * add options; functions and schemas compare by identity, everything else by content.
 */
export function conflictOf(given: Options, later: Options): string | undefined {
  const earlier = given as Readonly<Record<string, unknown>> & Options;
  return Object.entries(later).find(
    ([name, value]) =>
      value !== undefined && (name in earlier ? !same(earlier[name], value) : OPTIONS[name as keyof Options]),
  )?.[0];
}

function same(a: unknown, b: unknown): boolean {
  return (
    a === b || (isOpen(a) && isOpen(b) && Object.keys({ ...a, ...b }).every((name) => same(a[name], b[name])))
  );
}

/** Objects and lists, by what is in them; not a schema, whose identity counts even where it was made as a plain object. */
function isOpen(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !('~standard' in value);
}
