import { isSegment } from '../facts/key.js';
import { purposesProblem } from '../facts/purpose.js';
import { durationProblem } from '../facts/retention.js';
import { isObject, isString, type Check } from '../facts/shape.js';
import { MemoryError } from '../platform/errors.js';
import type { Options } from './settings.js';

/** Every option there is, and what those take that are checked here. */
const OPTIONS: Readonly<Record<keyof Options, readonly [takes: string, is: Check] | readonly []>> = {
  site: ['1 to 64 letters, digits, "-", "_" or "."', (x) => isString(x) && /^[\w.-]{1,64}$/.test(x)],
  preferences: [],
  devicePreferences: [],
  labels: [],
  purposes: [],
  consent: [
    "'ask', 'host' or { current, subscribe }",
    (x) => x === 'ask' || x === 'host' || (isObject(x) && typeof x['current'] === 'function'),
  ],
  identity: [
    '{ user }, and identity.user a string, or null for nobody',
    (x) => isObject(x) && (isString(x['user']) || (x['user'] ?? null) === null),
  ],
  signedOut: [],
  shared: [],
  keep: ['an ISO 8601 duration such as P13M', (x) => !durationProblem(x)],
  language: [],
  platform: [],
};

/** Throws `invalid_option` with the line to write instead: only ever for a developer's mistake. */
export function checkOptions(options: Options): void {
  if (!isObject(options)) throw invalid("it takes one object: createMemory({ site: 'acme' })");
  const { site, preferences = {}, devicePreferences = {}, purposes = {} } = options;
  for (const [name, value] of Object.entries({ ...options, site: site ?? '' })) {
    if (!Object.hasOwn(OPTIONS, name)) throw invalid(`there is no option ${name}`);
    const [takes, is] = OPTIONS[name as keyof Options];
    if (is && value !== undefined && !is(value)) throw invalid(`${name} takes ${takes}`);
  }
  for (const [name, schema] of [...Object.entries(preferences), ...Object.entries(devicePreferences)]) {
    if (!isSegment(name) || name === 'asked') throw invalid(`no preference can be named "${name}"`);
    if (typeof (schema as Partial<typeof schema> | undefined)?.['~standard']?.validate !== 'function')
      throw invalid(`preferences.${name} takes a Standard Schema (zod, valibot, arktype …)`);
    if (Object.hasOwn(preferences, name) && Object.hasOwn(devicePreferences, name))
      throw invalid(`${name} is in preferences and in devicePreferences; keep one`);
  }
  const problem = purposesProblem(purposes);
  if (problem) throw invalid(`purposes.${problem.purpose}: ${problem.reason}`);
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

function same(a: unknown, b: unknown): boolean {
  if (!isPlain(a) || !isPlain(b)) return Object.is(a, b);
  return Object.keys({ ...a, ...b }).every((name) => same(a[name], b[name]));
}

/** Plain objects and arrays; a schema is neither (its identity counts), even where it was made as a plain object. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || '~standard' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}

function invalid(detail: string): MemoryError {
  return new MemoryError('invalid_option', 'createMemory', detail);
}
