/** The judge of the kills, judged: it accepts what may be, and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ledger } from './ledger.js';
import type { Group, Lanes, Look, ShownChat, ShownFact, Step, Told, Value } from './talk.js';

const value = (n: number): Value => ({ word: `«${n}»`, more: 'x', end: `«${n}»` });
const remember = (key: string, n: number): Step => ({ do: 'remember', key, value: value(n) });
const group = (...steps: Step[]): Group => ({ loud: false, steps });
const told = (group: number, step = 0, tab: Told['tab'] = 'a'): Told => ({ tab, group, step });
const fact = (key: string, n: number): ShownFact => ({ id: `id-${n}`, key, value: value(n) });
const chat = (topic: string, ...texts: string[]): ShownChat => ({
  id: topic,
  topic,
  state: 'open',
  outcome: undefined,
  summary: undefined,
  texts,
});

const SIZE = 'preferences.a1';
const BELL = 'preferences.a2';
const START: Step = { do: 'start', chat: 'a9', texts: ['«9» a', '«10» b'] };
const GRANT = group({ do: 'grant' });

/** What a page finds: somebody with these facts and conversations, and what is left of them in the databases. */
function found(
  facts: readonly ShownFact[],
  chats: readonly ShownChat[] = [],
  { granted = true, lies = '', boot = facts } = {},
): Look {
  const record = { rev: 1, facts: boot, heads: chats.map(({ id }) => ({ id })) };
  return {
    witness: { there: true, why: '' },
    early: facts,
    took: 1,
    state: 'ready',
    device: granted ? 'ok' : 'unused',
    reason: undefined,
    consent: granted ? 'granted' : 'undecided',
    facts,
    chats,
    recent: chats.map(({ id }) => id),
    boot: granted ? JSON.stringify(record) : null,
    rev: granted ? 1 : undefined,
    raw: { databases: JSON.stringify([facts, chats]) + lies, local: '', session: '' },
  };
}

/** What the judge says of it, after a first round with a grant and one fact, and another with this. */
function faultsOf(
  lane: readonly Group[],
  heard: readonly Told[],
  look: Look,
  b: readonly Group[] = [],
): string {
  const ledger = new Ledger();
  ledger.judge(found([], [], { granted: false }));
  ledger.note({ a: [group(remember(SIZE, 1)), GRANT], b: [] }, [told(0), told(1)]);
  assert.deepEqual(ledger.judge(found([fact(SIZE, 1)])).faults, []);
  const lanes: Lanes = { a: lane, b };
  ledger.note(lanes, heard);
  return [...new Set(ledger.judge(look).faults.map(({ kind }) => kind))].join();
}

describe('the judge of the kills', () => {
  const later = [group(remember(SIZE, 2)), group(remember(BELL, 3)), group(remember(BELL, 4))];

  it('wants every accepted fact, and takes what was under way as it comes', () => {
    assert.equal(faultsOf(later, [told(0)], found([fact(SIZE, 2)])), '');
    assert.equal(faultsOf(later, [told(0)], found([fact(SIZE, 2), fact(BELL, 3)])), '');
    assert.equal(faultsOf(later, [told(0)], found([fact(SIZE, 1)])), 'lost');
    assert.equal(faultsOf(later, [told(0)], found([])), 'lost');
    assert.equal(faultsOf(later, [told(0), told(1)], found([fact(SIZE, 2)])), 'lost');
  });

  it('knows that nothing is begun before all that stands before it was accepted', () => {
    assert.equal(faultsOf(later, [], found([fact(SIZE, 2), fact(BELL, 4)])), '');
    assert.notEqual(faultsOf(later, [], found([fact(SIZE, 1), fact(BELL, 4)])), '');
  });

  it('takes nothing that nobody said, and nothing in part', () => {
    assert.equal(faultsOf([], [], found([fact(SIZE, 1), fact(BELL, 77)])), 'never said');
    const torn = { ...fact(SIZE, 2), value: { word: '«2»', more: 'x', end: '' } };
    assert.equal(faultsOf(later, [told(0)], found([torn])), 'torn');
    assert.equal(faultsOf(later, [told(0)], found([fact(SIZE, 2)], [], { lies: '«4»' })), 'never said');
  });

  it('wants a conversation with all of its first messages or not at all, and messages in order', () => {
    const say = (n: number): Step => ({ do: 'say', chat: 'a9', text: `«${n}» c` });
    const talk = [group(START), group(say(11), say(12))];
    const here = [fact(SIZE, 1)];
    assert.equal(faultsOf(talk, [], found(here)), '');
    assert.equal(faultsOf(talk, [], found(here, [chat('a9', '«9» a', '«10» b')])), '');
    assert.notEqual(faultsOf(talk, [], found(here, [chat('a9', '«9» a')])), '');
    const all = ['«9» a', '«10» b', '«11» c', '«12» c'];
    assert.equal(faultsOf(talk, [told(1, 1)], found(here, [chat('a9', ...all)])), '');
    assert.equal(faultsOf(talk, [told(1, 1)], found(here, [chat('a9', '«9» a', '«10» b', '«12» c')])), '');
    assert.equal(faultsOf(talk, [told(1, 1)], found(here, [chat('a9', ...all.slice(0, 3))])), 'lost');
    assert.equal(
      faultsOf(talk, [told(1), told(1, 1)], found(here, [chat('a9', '«9» a', '«10» b', '«12» c', '«11» c')])),
      'torn',
    );
  });

  it('wants what was forgotten nowhere, and what was not yet, where it was or not', () => {
    const forget = [group({ do: 'forget', of: { key: SIZE } })];
    assert.equal(faultsOf(forget, [told(0)], found([])), '');
    assert.equal(faultsOf(forget, [], found([fact(SIZE, 1)])), '');
    assert.equal(faultsOf(forget, [], found([])), '');
    assert.equal(faultsOf(forget, [told(0)], found([fact(SIZE, 1)])), 'resurrected');
    assert.equal(faultsOf(forget, [told(0)], found([], [], { lies: '«1»' })), 'resurrected');
    assert.equal(faultsOf(forget, [], found([], [], { lies: '«1»' })), 'resurrected');
  });

  it('wants everything gone after a wipe, and of somebody put aside nothing shown', () => {
    const nobody = found([], [], { granted: false });
    const rest = found([], [], { granted: false, lies: '«1»' });
    const wipe = [group({ do: 'everything' })];
    const aside = [group({ do: 'not me' })];
    assert.equal(faultsOf(wipe, [told(0)], nobody), '');
    assert.equal(faultsOf(wipe, [], found([fact(SIZE, 1)])), '');
    assert.equal(faultsOf(wipe, [told(0)], rest), 'resurrected');
    assert.equal(faultsOf(aside, [told(0)], rest), '');
    assert.notEqual(faultsOf(aside, [told(0)], found([fact(SIZE, 1)])), '');
    assert.notEqual(faultsOf(wipe, [], found([])), '');
  });

  it('wants a grant with all that was said before it, or neither, and nothing of what was not granted', () => {
    const wipe = [group({ do: 'everything' }), group(remember(BELL, 5)), GRANT];
    const nobody = (lies = '') => found([], [], { granted: false, lies });
    const heard = [told(0), told(1)];
    assert.equal(faultsOf(wipe, heard, found([fact(BELL, 5)])), '');
    assert.equal(faultsOf(wipe, heard, nobody()), '');
    assert.equal(faultsOf(wipe, heard, nobody('«5»')), 'never said');
    assert.equal(faultsOf(wipe, [...heard, told(2)], nobody()), 'lost');
  });

  it('lets either of two tabs have the last word on a key of both, and no third', () => {
    const shared = (n: number) => [group(remember('preferences.shared', n))];
    const both = [told(0), told(0, 0, 'b')];
    const with_ = (...facts: ShownFact[]) => found([fact(SIZE, 1), ...facts]);
    assert.equal(faultsOf(shared(6), both, with_(fact('preferences.shared', 6)), shared(7)), '');
    assert.equal(faultsOf(shared(6), both, with_(fact('preferences.shared', 7)), shared(7)), '');
    assert.equal(faultsOf(shared(6), both, with_(), shared(7)), 'lost');
  });

  it('wants the boot record and the database to agree', () => {
    assert.equal(faultsOf([], [], found([fact(SIZE, 1)], [], { boot: [] })), 'disagrees');
  });
});
