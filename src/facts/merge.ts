/**
 * Two becoming one, as far as it is arithmetic: which entries of an anonymous subject are copied into a known one, under
 * which ids, and what comes back when that is undone. Locks, transactions and the merge's own record are the endpoint's.
 */
import { matches } from './selector.js';
import { covers } from './cover.js';
import type { Fact, Forget, Message, Ms, Row, Uuid } from './entry.js';
import { living } from './living.js';
import { compareHeld } from './order.js';
import { uuidv8 } from './uuid-of-hash.js';

/** At least 16 bytes that depend on the text alone, such as SHA-256. */
export type Hash = (text: string) => Uint8Array;

export interface Copy {
  readonly entry: Fact | Message;
  /** The original's: when it was said does not change by moving it. `seq` is the endpoint's to give. */
  readonly received: Ms;
}

/** The id of an entry's copy; the same however often a step is repeated. */
export function copyId(merge: Uuid, id: Uuid, hash: Hash): Uuid {
  return uuidv8(hash(`${merge} ${id}`));
}

/**
 * What a merge copies, in the order of `from`, and the ids of what it leaves because `into` has forgotten it later than
 * it was written. Writes nothing, so it is the preview too.
 *
 * @param head highest `seq` of `into`: the copies count as written by someone who had heard all of it.
 * @param policy which entries move; what it declines is neither copied nor counted as left.
 */
export function copyForMerge(options: {
  readonly merge: Uuid;
  readonly from: readonly Row[];
  readonly into: readonly Row[];
  readonly head: number;
  readonly now: Ms;
  readonly policy: (entry: Fact | Message) => boolean;
  readonly hash: Hash;
}): { readonly copies: readonly Copy[]; readonly left: readonly Uuid[] } {
  const { merge, from, into, head, now, policy, hash } = options;
  const forgotten = forgetsOf(into);
  const copies: Copy[] = [];
  const left: Uuid[] = [];
  for (const row of living(from.filter(isKept), forgetsOf(from), now) as Row<Fact | Message>[]) {
    if (!policy(row.entry)) continue;
    // `after` names forgets of `from`, which mean nothing in `into`.
    const { after: _, ...original } = row.entry;
    const entry = { ...original, id: copyId(merge, row.entry.id, hash), seen: head, merge };
    const isForgotten = forgotten.some(
      (forget) =>
        covers(forget, { entry }) || (matches(forget.entry.of, entry) && compareHeld(forget, row) > 0),
    );
    if (isForgotten) left.push(row.entry.id);
    else copies.push({ entry, received: row.received });
  }
  return { copies, left };
}

/**
 * What an undo leaves: `into` without the copies, and `from` as it was before, without what the person has forgotten
 * since. Rows are returned as they are; a new epoch is the endpoint's to give.
 *
 * @param head highest `seq` of `into` when the merge began: forgets above it came after.
 */
export function undoMerge(options: {
  readonly merge: Uuid;
  readonly from: readonly Row[];
  readonly into: readonly Row[];
  readonly head: number;
}): {
  readonly from: readonly Row[];
  readonly into: readonly Row[];
} {
  const { merge, from, into, head } = options;
  const since = forgetsOf(into).filter(({ seq }) => seq > head);
  return {
    from: from.filter((row) => !isKept(row) || !since.some(({ entry }) => matches(entry.of, row.entry))),
    into: into.filter(({ entry }) => entry.kind === 'forget' || entry.merge !== merge),
  };
}

function forgetsOf(rows: readonly Row[]): Row<Forget>[] {
  return rows.filter((row): row is Row<Forget> => row.entry.kind === 'forget');
}

function isKept(row: Row): row is Row<Fact | Message> {
  return row.entry.kind !== 'forget';
}
