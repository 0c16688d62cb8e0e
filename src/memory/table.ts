import type { Memory } from './types.js';

/**
 * The memories of this page, one a site, shared by every copy of the same major version on it: the
 * tag and a site's own bundle, an element and the script that made its memory.
 */
export interface Table {
  readonly major: number;
  readonly memories: Map<string, Place>;
  readonly listeners: Set<() => void>;
  /** An element that asks for consent is, or was, on this page. */
  asks?: true;
}

/** A memory in its place. */
export interface Place {
  readonly memory: Memory;
  /** Takes further options of a later call; throws `options_conflict` for another value of one given before. */
  readonly add: (options: object) => void;
}

const symbol = Symbol.for('customer-memory');
export const MAJOR = 0;

/** The page's table, made on first use. Whoever enters a memory compares its major first. */
export function table(): Table {
  const scope = globalThis as { [symbol]?: Table };
  return (scope[symbol] ??= { major: MAJOR, memories: new Map(), listeners: new Set() });
}

export function enter(place: Place): void {
  table().memories.set(place.memory.site, place);
  tell();
}

export function leave(memory: Memory): void {
  const { memories } = table();
  if (memories.get(memory.site)?.memory !== memory) return;
  memories.delete(memory.site);
  tell();
}

/** The memory of a site, or the page's only one; undefined when there is none, or several and no site was named. */
export function findMemory(site?: string): Memory | undefined {
  const { memories } = table();
  const place = site ? memories.get(site) : memories.size === 1 ? memories.values().next().value : undefined;
  return place?.memory;
}

/** Calls `run` whenever a memory is made or closed; returns its unsubscribe. */
export function onMemoriesChange(run: () => void): () => void {
  const { listeners } = table();
  const box = () => run();
  listeners.add(box);
  return () => void listeners.delete(box);
}

function tell(): void {
  for (const listener of [...table().listeners]) listener();
}
