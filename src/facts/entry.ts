/**
 * What is remembered: a set of immutable entries. A device and an endpoint keep the same entries;
 * nobody edits one. What is shown is computed from them.
 */

/** 8-4-4-4-12 lowercase hex: version 7 when written, 8 when copied by a merge. */
export type Uuid = string;
/** Milliseconds since 1970. */
export type Ms = number;
/** 16 lowercase hex digits: 12 of wall milliseconds, 4 of counter. */
export type Stamp = string;
/** 2–6 segments joined by `.`, at most 200 characters, the first one of the four roots. */
export type Key = string;
/** 1–6 segments, the first a root. */
export type Prefix = string;
export type PurposeName = string;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Whose word it is, not who typed it. */
export type Authority = 'verified' | 'stated' | 'recorded' | 'agent' | 'observed' | 'inferred';

export interface By {
  readonly who: 'visitor' | 'agent' | 'assistant' | 'site';
  readonly name?: string;
  readonly channel?: string;
  /** What the person would call the page it was said on. */
  readonly page?: string;
  /** The agent who wrote down what the person said. */
  readonly relayed?: string;
}

interface Common {
  readonly id: Uuid;
  readonly at: Stamp;
  readonly by: By;
  /** Highest `seq` the writer had applied. */
  readonly seen: number;
  /** The writer's own forgets covering this key that had no `seq` yet. */
  readonly after?: readonly Uuid[];
}

interface Kept {
  readonly purpose: PurposeName;
  /** Not living from this instant on. */
  readonly until?: Ms;
  /** Never shown unasked. */
  readonly discreet?: true;
  /** The merge that copied this entry here. */
  readonly merge?: Uuid;
}

export interface Fact extends Common, Kept {
  readonly kind: 'fact';
  readonly key: Key;
  readonly value: Json;
  readonly authority: Authority;
  readonly why?: string;
}

export interface Message extends Common, Kept {
  readonly kind: 'message';
  /** `conversations.<cid>.m.<mid>` */
  readonly key: Key;
  readonly value: MessageValue;
}

export interface MessageValue {
  readonly text: string;
  readonly data?: Json;
}

/** No content, ever. */
export interface Forget extends Common {
  readonly kind: 'forget';
  readonly of: Selector;
}

export type Selector = { readonly key: Key } | { readonly under: Prefix } | { readonly purpose: PurposeName };

export type Entry = Fact | Message | Forget;

/** The endpoint's word about an entry, never part of it. */
export interface Row<E extends Entry = Entry> {
  readonly entry: E;
  readonly seq: number;
  readonly received: Ms;
}

/** A row as a device has it: without `seq` and `received` until an endpoint has given them. */
export interface Held<E extends Entry = Entry> {
  readonly entry: E;
  readonly seq?: number;
  readonly received?: Ms;
  /** Of a forget: ids of those whose place it took, the newest last. One of them that is asked for again is done. */
  readonly instead?: readonly Uuid[];
}

/** An entry before the transaction that stores it has filled in what it saw. */
export type Draft<E extends Entry = Entry> = E extends Entry
  ? Omit<E, 'seen' | 'after'> & { readonly seen?: number; readonly after?: readonly Uuid[] }
  : never;
