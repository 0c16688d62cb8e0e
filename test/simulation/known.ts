/**
 * What the simulator has found and src does not have yet, as the change that repairs it: hunts look for what is not known.
 * `npm run hunt -- --as-is` goes without. One that fits no more is an error: it is repaired, and to be taken out here.
 */
import type { Patch } from './bundle.js';

export const KNOWN: readonly Patch[] = [];

/** What is open and has no repair yet: the seed, as `npm run hunt -- --seed` plays it, and what happens. */
export const OPEN: readonly { readonly seed: number; readonly story: string }[] = [];
