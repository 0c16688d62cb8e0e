import { MemoryError } from '../platform/errors.js';
import type { Memory } from './types.js';

/**
 * The memories of this page, one a site, shared by every copy of the same major version on it: the
 * tag and a site's own bundle, an element and the script that made its memory.
 */
export interface Table {
  readonly major: number;
  readonly memories: Map<string, Memory>;
  readonly listeners: Set<() => void>;
}

const symbol = Symbol.for('customer-memory');
const major = 0;

/** The page's table, made on first use. Throws `version_conflict` when another major version was here first. */
export function table(): Table {
  const scope = globalThis as { [symbol]?: Table };
  const found = (scope[symbol] ??= { major, memories: new Map(), listeners: new Set() });
  if (found.major !== major) throw new MemoryError('version_conflict', 'createMemory');
  return found;
}

export function enter(memory: Memory): void {
  table().memories.set(memory.site, memory);
  tell();
}

export function leave(memory: Memory): void {
  const { memories } = table();
  if (memories.get(memory.site) !== memory) return;
  memories.delete(memory.site);
  tell();
}

/** The memory of a site, or the page's only one; undefined when there is none, or several and no site was named. */
export function findMemory(site?: string): Memory | undefined {
  const { memories } = table();
  if (site) return memories.get(site);
  return memories.size === 1 ? memories.values().next().value : undefined;
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
