/**
 * Purposes: what the site says it remembers things for. They are declared in code, and the declaration is the policy: a
 * fact's purpose follows from its key, writers do not choose it.
 */
import type { Key, Prefix, PurposeName } from './entry.js';
import { isRoot, isSegment, prefixProblem, under } from './key.js';
import { durationProblem } from './retention.js';
import { isObject, isString, isText, own } from './shape.js';

/** One text, or one a language: `{ en: …, de: … }`. */
export type Text = string | Readonly<Record<string, string>>;

export interface PurposeDeclaration<P extends Prefix = Prefix> {
  readonly title: Text;
  /** What this purpose keeps, and a view of it may write. The four roots have their own root without saying so. */
  readonly keys?: readonly P[];
  /** What a view of it may see besides. */
  readonly reads?: readonly P[];
  /** How long its facts are kept, as an ISO 8601 duration such as `P13M`. */
  readonly keep?: string;
}

export type Purposes = Readonly<Record<PurposeName, PurposeDeclaration>>;

/** The reader that is the page itself; it sees everything, so no purpose can have its name. */
export const PAGE = 'page';

/** Whether it is declared, or one of the four roots, which are purposes by default. */
export function isPurpose(name: string, purposes: Purposes = {}): boolean {
  return isRoot(name) || own(purposes, name) !== undefined;
}

/** What a view of this purpose may write: its own keys. Nothing when it is not declared. */
export function writesOf(name: PurposeName, purposes: Purposes = {}): (key: Key) => boolean {
  return among(ownKeys(name, purposes));
}

/** What a view of this purpose may see: its own keys and its `reads`. Nothing when it is not declared. */
export function readsOf(name: PurposeName, purposes: Purposes = {}): (key: Key) => boolean {
  return among([...ownKeys(name, purposes), ...(own(purposes, name)?.reads ?? [])]);
}

/** What is wrong with a site's declarations, beginning with the purpose; undefined when they can be used. Takes anything, for the JSON block is not typed. */
export function purposesProblem(purposes: unknown): string | undefined {
  if (!isObject(purposes)) return ' takes declarations by name';
  const owners = new Map<Prefix, PurposeName>();
  for (const [purpose, declaration] of Object.entries(purposes)) {
    const problem = declarationProblem(purpose, Object(declaration) as Declaration, owners);
    if (problem) return `.${purpose}: ${problem}`;
  }
  return undefined;
}

type Declaration = Readonly<Partial<Record<keyof PurposeDeclaration, unknown>>>;

/** @param owners whose each prefix is, of those looked at before; this one is added. */
function declarationProblem(
  purpose: PurposeName,
  { title, keys = [], reads = [], keep = 'P13M' }: Declaration,
  owners: Map<Prefix, PurposeName>,
): string | undefined {
  if (!isSegment(purpose) || purpose === PAGE) return 'no purpose can be named so';
  const texts = isString(title) ? [title] : Object.values(Object(title) as object);
  if (!texts.length || !texts.every(isText)) return 'it takes a title';
  if (!Array.isArray(keys) || !Array.isArray(reads)) return 'keys and reads take lists';
  for (const prefix of [...keys, ...reads]) {
    const problem = prefixProblem(prefix);
    if (problem) return problem.reason;
  }
  for (const prefix of keys as Prefix[]) {
    const other = owners.get(prefix);
    if (other) return `"${prefix}" is among the keys of "${other}" already`;
    owners.set(prefix, purpose);
  }
  return durationProblem(keep);
}

function ownKeys(name: PurposeName, purposes: Purposes): readonly Prefix[] {
  const keys = own(purposes, name)?.keys ?? [];
  const taken = Object.values(purposes).some((other) => other.keys?.includes(name));
  return isRoot(name) && !taken ? [name, ...keys] : keys;
}

function among(prefixes: readonly Prefix[]): (key: Key) => boolean {
  return (key) => prefixes.some((prefix) => under(prefix, key));
}
