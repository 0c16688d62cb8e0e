/**
 * Purposes: what the site says it remembers things for. They are declared in code, and the declaration is the policy: a
 * fact's purpose follows from its key, writers do not choose it.
 */
import type { Key, Prefix, PurposeName } from './entry.js';
import { keyProblem, prefixProblem, rootOf, ROOTS, under } from './key.js';
import { durationProblem } from './retention.js';
import { isPurposeName } from './selector.js';

/** One text, or one a language: `{ en: …, de: … }`. */
export type Text = string | Readonly<Record<string, string>>;

export interface PurposeDeclaration {
  readonly title: Text;
  /** What this purpose keeps, and a view of it may write. The four roots have their own root without saying so. */
  readonly keys?: readonly Prefix[];
  /** What a view of it may see besides. */
  readonly reads?: readonly Prefix[];
  /** How long its facts are kept, as an ISO 8601 duration such as `P13M`. */
  readonly keep?: string;
}

export type Purposes = Readonly<Record<PurposeName, PurposeDeclaration>>;

/** The reader that is the page itself; it sees everything, so no purpose can have its name. */
export const PAGE = 'page';

/** The purpose with the longest prefix that matches the key, else the key's root. */
export function purposeOf(key: Key, purposes: Purposes = {}): PurposeName {
  let purpose: PurposeName = rootOf(key);
  let longest = 0;
  for (const [name, { keys = [] }] of Object.entries(purposes)) {
    for (const prefix of keys) {
      if (prefix.length > longest && under(prefix, key)) {
        purpose = name;
        longest = prefix.length;
      }
    }
  }
  return purpose;
}

/** Whether it is declared, or one of the four roots, which are purposes by default. */
export function isPurpose(name: string, purposes: Purposes = {}): boolean {
  return Object.hasOwn(purposes, name) || (ROOTS as readonly string[]).includes(name);
}

/** What a view of this purpose may write: its own keys. Nothing when it is not declared. */
export function writesOf(name: PurposeName, purposes: Purposes = {}): (key: Key) => boolean {
  return among(ownKeys(name, purposes));
}

/** What a view of this purpose may see: its own keys and its `reads`. Nothing when it is not declared. */
export function readsOf(name: PurposeName, purposes: Purposes = {}): (key: Key) => boolean {
  return among([...ownKeys(name, purposes), ...(declared(name, purposes)?.reads ?? [])]);
}

/** What is wrong with a site's declarations, naming the purpose; undefined when they can be used. Takes anything, for the JSON block is not typed. */
export function purposesProblem(
  purposes: unknown,
): { readonly purpose: string; readonly reason: string } | undefined {
  if (!isRecord(purposes)) return { purpose: '', reason: 'purposes are an object of declarations by name' };
  const owners = new Map<Prefix, PurposeName>();
  for (const [purpose, declaration] of Object.entries(purposes)) {
    const reason =
      !isPurposeName(purpose) || purpose === PAGE
        ? `a purpose cannot be named ${JSON.stringify(purpose)}`
        : declarationProblem(declaration);
    if (reason) return { purpose, reason };
    for (const prefix of (declaration as PurposeDeclaration).keys ?? []) {
      const other = owners.get(prefix);
      if (other !== undefined)
        return {
          purpose,
          reason: `its keys and those of ${JSON.stringify(other)} both have "${prefix}"; a key belongs to one purpose`,
        };
      owners.set(prefix, purpose);
    }
  }
  return undefined;
}

function declarationProblem(declaration: unknown): string | undefined {
  if (!isRecord(declaration)) return 'its declaration is not an object';
  if (!isText(declaration['title'])) return 'it needs a title that a visitor can read';
  for (const list of ['keys', 'reads'] as const) {
    const prefixes = declaration[list] ?? [];
    if (!Array.isArray(prefixes)) return `its ${list} are not a list`;
    for (const prefix of prefixes as unknown[]) {
      const problem = prefixProblem(prefix);
      if (problem) return `its ${list} have ${JSON.stringify(prefix) ?? String(prefix)}: ${problem.reason}`;
    }
  }
  return declaration['keep'] === undefined ? undefined : durationProblem(declaration['keep']);
}

function ownKeys(name: PurposeName, purposes: Purposes): readonly Prefix[] {
  const keys = declared(name, purposes)?.keys ?? [];
  const root = !keyProblem(name, 1) && !Object.values(purposes).some((other) => other.keys?.includes(name));
  return root ? [name, ...keys] : keys;
}

function declared(name: PurposeName, purposes: Purposes): PurposeDeclaration | undefined {
  return Object.hasOwn(purposes, name) ? purposes[name] : undefined;
}

function among(prefixes: readonly Prefix[]): (key: Key) => boolean {
  return (key) => prefixes.some((prefix) => under(prefix, key));
}

function isText(x: unknown): x is Text {
  if (typeof x === 'string') return x.trim() !== '';
  return (
    isRecord(x) &&
    Object.values(x).length > 0 &&
    Object.values(x).every((text) => typeof text === 'string' && text.trim() !== '')
  );
}

function isRecord(x: unknown): x is Record<string, unknown> {
  return typeof x === 'object' && x !== null && !Array.isArray(x);
}
