import type { Authority, Fact, Forget, Held, Json, Message, Selector, Uuid } from '../../src/facts/entry.js';
import { stamp } from '../../src/facts/stamp.js';

/** A UUID for each number. They do not sort as the numbers do, so that ties broken by id are no accident of a test. */
export function idOf(n: number, version = 7): Uuid {
  const scrambled = Math.imul(n + 1, 0x9e3779b1) >>> 0;
  return `${scrambled.toString(16).padStart(8, '0')}-0000-${version}000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Noon of some day; every sample is written then unless it says otherwise. */
export const NOON = 1_700_000_000_000;

export interface FactSample {
  readonly id?: Uuid;
  readonly key?: string;
  readonly value?: Json;
  readonly authority?: Authority;
  readonly purpose?: string;
  readonly wall?: number;
  readonly counter?: number;
  readonly seen?: number;
  readonly after?: readonly Uuid[];
  readonly until?: number;
  readonly merge?: Uuid;
  readonly seq?: number;
  readonly received?: number;
}

let samples = 1_000_000;

/** A stated size, as held; every part can be given. */
export function fact(sample: FactSample = {}): Held<Fact> {
  const {
    id = idOf(samples++),
    key = 'preferences.size',
    value = 'M',
    authority = 'stated',
    purpose = 'preferences',
  } = sample;
  const { wall = NOON, counter = 0, seen = 0, seq, received } = sample;
  return {
    entry: {
      kind: 'fact',
      id,
      at: stamp(wall, counter),
      by: { who: 'visitor' },
      seen,
      key,
      value,
      authority,
      purpose,
      ...(sample.after && { after: sample.after }),
      ...(sample.until !== undefined && { until: sample.until }),
      ...(sample.merge !== undefined && { merge: sample.merge }),
    },
    ...(seq !== undefined && { seq }),
    ...(received !== undefined && { received }),
  };
}

export function message(key: string, sample: FactSample = {}): Held<Message> {
  const { entry, ...row } = fact({ ...sample, key, purpose: sample.purpose ?? 'conversations' });
  const { authority: _, ...common } = entry;
  return { entry: { ...common, kind: 'message', value: { text: 'It leaks again' } }, ...row };
}

export function forget(
  of: Selector,
  sample: Pick<FactSample, 'id' | 'wall' | 'seen' | 'seq' | 'received'> = {},
): Held<Forget> {
  const { entry, ...row } = fact(sample);
  return {
    entry: { kind: 'forget', id: entry.id, at: entry.at, by: entry.by, seen: entry.seen, of },
    ...row,
  };
}
