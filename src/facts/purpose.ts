/**
 * Purposes: what the site says it remembers things for. They are declared in code, and the declaration is the policy: a
 * fact's purpose follows from its key, writers do not choose it.
 */
import type { Key, Prefix, PurposeName } from './entry.js';
import { isRoot, isSegment, prefixProblem, under } from './key.js';
import { durationProblem } from './retention.js';
import { isObject, isText, own } from './shape.js';

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

/** What is wrong with a site's declarations, naming the purpose; undefined when they can be used. Takes anything, for the JSON block is not typed. */
export function purposesProblem(
  purposes: unknown,
): { readonly purpose: string; readonly reason: string } | undefined {
  if (!isObject(purposes)) return { purpose: '', reason: 'it takes declarations by name' };
  const owners = new Map<Prefix, PurposeName>();
  for (const [purpose, declaration] of Object.entries(purposes)) {
    const nameable = isSegment(purpose) && purpose !== PAGE;
    const reason = nameable ? declarationProblem(declaration) : 'no purpose can be named so';
    if (reason) return { purpose, reason };
    for (const prefix of (declaration as PurposeDeclaration).keys ?? []) {
      const other = owners.get(prefix);
      if (other !== undefined)
        return { purpose, reason: `"${prefix}" is among the keys of "${other}" already` };
      owners.set(prefix, purpose);
    }
  }
  return undefined;
}

function declarationProblem(declaration: unknown): string | undefined {
  const { title, keys = [], reads = [], keep } = isObject(declaration) ? declaration : {};
  if (!isText(title) && !isTexts(title)) return 'it takes a title for people to read';
  for (const list of [keys, reads]) {
    if (!Array.isArray(list)) return 'keys and reads take lists';
    const problem = list.map(prefixProblem).find(Boolean);
    if (problem) return problem.reason;
  }
  return keep === undefined ? undefined : durationProblem(keep);
}

function ownKeys(name: PurposeName, purposes: Purposes): readonly Prefix[] {
  const keys = own(purposes, name)?.keys ?? [];
  const taken = Object.values(purposes).some((other) => other.keys?.includes(name));
  return isRoot(name) && !taken ? [name, ...keys] : keys;
}

function among(prefixes: readonly Prefix[]): (key: Key) => boolean {
  return (key) => prefixes.some((prefix) => under(prefix, key));
}

function isTexts(x: unknown): boolean {
  return isObject(x) && Object.keys(x).length > 0 && Object.values(x).every(isText);
}
