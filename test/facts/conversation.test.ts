import { expect } from '@open-wc/testing';
import { headOf } from '../../src/facts/conversation.js';
import { conversationProblem } from '../../src/facts/conversation-problem.js';
import type { Json } from '../../src/facts/entry.js';
import { conversationKey } from '../../src/facts/key.js';
import { messageKey } from '../../src/facts/message-key.js';
import { fact, idOf, NOON } from './samples.js';

const CID = idOf(1);
const start = fact({ key: conversationKey(CID), value: { channel: 'chat', started: NOON } });
const part = (name: 'topic' | 'with' | 'state' | 'outcome' | 'readTo', value: Json, wall = NOON) =>
  fact({ key: conversationKey(CID, name), value, wall });

describe('The head of a conversation', () => {
  it('is where and when it began, and open', () => {
    expect(headOf(CID, [start], undefined, NOON)).to.deep.equal({
      id: CID,
      channel: 'chat',
      started: NOON,
      state: 'open',
      lastAt: NOON,
    });
  });

  it('gathers its parts, each the newest', () => {
    const rows = [
      part('topic', 'Boiler'),
      part('topic', 'The boiler leaks', NOON + 1),
      part('with', { name: 'Mike', kind: 'person' }),
      part('state', 'ended'),
      part('outcome', { outcome: 'solved', summary: 'A new seal', tried: ['reset'] }),
      part('readTo', idOf(7)),
      start,
      fact({ key: conversationKey(idOf(2), 'topic'), value: 'Another', wall: NOON + 9 }),
      fact(),
    ];
    expect(headOf(CID, rows, NOON + 5, NOON)).to.deep.equal({
      id: CID,
      channel: 'chat',
      started: NOON,
      topic: 'The boiler leaks',
      with: { name: 'Mike', kind: 'person' },
      state: 'ended',
      outcome: 'solved',
      summary: 'A new seal',
      tried: ['reset'],
      lastAt: NOON + 5,
      readTo: idOf(7),
    });
  });

  it('is discreet when any part of it is', () => {
    const topic = part('topic', 'Boiler');
    const discreet = { ...topic, entry: { ...topic.entry, discreet: true as const } };
    expect(headOf(CID, [start, discreet], undefined, NOON)?.discreet).to.equal(true);
  });

  it('is not there before its beginning has come, or when that has expired', () => {
    expect(headOf(CID, [part('topic', 'Boiler')], NOON, NOON)).to.equal(undefined);
    const passing = fact({
      key: conversationKey(CID),
      value: { channel: 'chat', started: NOON },
      until: NOON,
    });
    expect(headOf(CID, [passing], undefined, NOON)).to.equal(undefined);
  });

  it('leaves out a part that is not what it should be, and takes what a later version has added', () => {
    const rows = [
      start,
      part('topic', 7),
      part('with', { kind: 'person', badge: 3 }),
      part('state', 'paused'),
      part('outcome', {}),
    ];
    const head = headOf(CID, rows, undefined, NOON);
    expect(head).to.include({ state: 'open' });
    expect(head).not.to.have.any.keys('topic', 'outcome', 'summary');
    expect(head?.with?.kind).to.equal('person');
  });
});

describe('Facts about a conversation', () => {
  it('are refused when they are not what they should be, with the path', () => {
    const wrong: readonly (readonly [string, Json, string])[] = [
      [conversationKey(CID), 'chat', ''],
      [conversationKey(CID), { started: NOON }, 'channel'],
      [conversationKey(CID), { channel: 'chat', started: 'now' }, 'started'],
      [conversationKey(CID, 'topic'), '', ''],
      [conversationKey(CID, 'with'), { name: 'Mike' }, 'kind'],
      [conversationKey(CID, 'with'), { name: '', kind: 'person' }, 'name'],
      [conversationKey(CID, 'state'), 'paused', ''],
      [conversationKey(CID, 'outcome'), { summary: 'x' }, 'outcome'],
      [conversationKey(CID, 'outcome'), { outcome: 'solved', tried: 'reset' }, 'tried'],
      [conversationKey(CID, 'readTo'), 7, ''],
      [`${conversationKey(CID)}.mood`, 'fine', ''],
      [`${conversationKey(CID)}.toString`, 'fine', ''],
      [messageKey(CID, idOf(2)), 'Hello', ''],
      ['conversations.latest', 'x', ''],
    ];
    for (const [key, value, path] of wrong)
      expect(conversationProblem(key, value)?.path, `${key} ${JSON.stringify(value)}`).to.equal(path);
  });
});
