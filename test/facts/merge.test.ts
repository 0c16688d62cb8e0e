import { expect } from '@open-wc/testing';
import type { Row } from '../../src/facts/entry.js';
import { copyForMerge, copyId, undoMerge } from '../../src/facts/merge.js';
import { fact, forget, idOf, message, NOON } from './samples.js';

const MERGE = idOf(1, 4);
const hash = (text: string) => new TextEncoder().encode(text.split('').reverse().join(''));
const row = (held: ReturnType<typeof fact | typeof message | typeof forget>, seq: number): Row => ({
  ...held,
  seq,
  received: NOON + seq,
});
const copied = (from: readonly Row[], into: readonly Row[] = [], now = NOON) =>
  copyForMerge({
    merge: MERGE,
    from,
    into,
    head: 40,
    now,
    policy: ({ key }) => key !== 'identity.company',
    hash,
  });

describe('A merge', () => {
  it('copies an entry as it was said, under an id that is the same each time', () => {
    const original = row(fact({ after: [idOf(5)], seen: 3 }), 4);
    const { copies, left } = copied([original]);
    expect(left).to.deep.equal([]);
    const { after: _, ...entry } = original.entry;
    expect(copies).to.deep.equal([
      {
        entry: { ...entry, id: copyId(MERGE, original.entry.id, hash), seen: 40, merge: MERGE },
        received: NOON + 4,
      },
    ]);
    expect(copied([original]).copies).to.deep.equal(copies);
    expect(copies[0]?.entry.id).to.match(/^.{14}8/);
  });

  it('keeps the key of a message, and with it the id by which it is read', () => {
    const said = row(message(`conversations.${idOf(2)}.m.${idOf(3)}`), 1);
    expect(copied([said]).copies[0]?.entry.key).to.equal(`conversations.${idOf(2)}.m.${idOf(3)}`);
  });

  it('moves nothing that is forgotten, expired or not asked for, nor any forget', () => {
    const gone = row(fact({ key: 'preferences.colour' }), 1);
    const from = [
      gone,
      row(forget({ key: 'preferences.colour' }), 2),
      row(fact({ until: NOON }), 3),
      row(fact({ key: 'identity.company' }), 4),
    ];
    expect(copied(from)).to.deep.equal({ copies: [], left: [] });
  });

  it('leaves behind what the known one forgot later than it was written', () => {
    const said = row(fact({ wall: NOON }), 1);
    expect(copied([said], [row(forget({ under: 'preferences' }, { wall: NOON + 1 }), 2)]).left).to.deep.equal(
      [said.entry.id],
    );
    expect(copied([said], [row(forget({ under: 'preferences' }, { wall: NOON - 1 }), 2)]).left).to.deep.equal(
      [],
    );
  });
});

describe('An undone merge', () => {
  it('takes the copies back, and gives back what was not forgotten meanwhile', () => {
    const from = [row(fact({ key: 'preferences.size' }), 1), row(fact({ key: 'preferences.colour' }), 2)];
    const own = row(fact({ key: 'identity.company' }), 40);
    const copies = copied(from).copies.map(({ entry, received }, i) => ({ entry, received, seq: 41 + i }));
    const earlier = row(forget({ key: 'preferences.colour' }, { wall: NOON - 9 }), 39);
    const since = row(forget({ key: 'preferences.size' }), 50);
    const undone = undoMerge({ merge: MERGE, from, into: [earlier, own, ...copies, since], head: 40 });
    expect(undone.into).to.deep.equal([earlier, own, since]);
    expect(undone.from).to.deep.equal([from[1]]);
  });
});
