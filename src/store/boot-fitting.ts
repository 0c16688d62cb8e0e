/** Makes boot records that fit. Fetched with what writes them. */
import { rankOf } from '../facts/authority.js';
import type { Fact } from '../facts/entry.js';
import type { BootFact, BootRecord } from './boot-record.js';

/** Longest boot record, in characters of JSON. */
export const BOOT_LENGTH = 32_768;

const HEADS = 5;

/** Makes a record that fits: heads go first, the oldest before the newer, then facts of the lowest authority, the oldest first. */
export function bootRecordOf({
  facts,
  heads,
  device,
  ...rest
}: Omit<BootRecord, 'v' | 'partial' | 'facts' | 'device'> & {
  readonly facts: readonly (Fact | BootFact)[];
  readonly device: readonly (Fact | BootFact)[];
}): BootRecord {
  const record = {
    v: 1 as const,
    ...rest,
    facts: facts.map(lessSeen),
    heads: heads.filter((head) => !head.discreet).slice(0, HEADS),
    device: device.map(lessSeen),
  };
  return JSON.stringify(record).length <= BOOT_LENGTH ? record : fitting({ ...record, partial: true });
}

function fitting(record: BootRecord): BootRecord {
  // Each part goes with its comma, except the last of a list: three lists, three characters at most.
  let length = JSON.stringify(record).length + 3;
  const dropped = new Set<unknown>();
  for (const part of dispensable(record)) {
    if (length <= BOOT_LENGTH) break;
    length -= JSON.stringify(part).length + 1;
    dropped.add(part);
  }
  return {
    ...record,
    facts: record.facts.filter((fact) => !dropped.has(fact)),
    heads: record.heads.filter((head) => !dropped.has(head)),
    device: record.device.filter((fact) => !dropped.has(fact)),
  };
}

function dispensable({ heads, facts, device }: BootRecord): unknown[] {
  return [...[...heads].reverse(), ...leastFirst(facts), ...leastFirst(device)];
}

function leastFirst(facts: readonly BootFact[]): BootFact[] {
  return [...facts].sort((a, b) => rankOf(a.authority) - rankOf(b.authority) || (a.at < b.at ? -1 : 1));
}

function lessSeen(fact: Fact | BootFact): BootFact {
  const { seen, after, ...rest } = fact as Fact;
  void seen;
  void after;
  return rest;
}
