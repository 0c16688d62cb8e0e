/**
 * Row 25: what was accepted is there after a power cut. Each kind of write is tried as it is, and once more with its
 * transactions relaxed: a store that did that would be seen to lose it, here. And a grant is there whole or not at all.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StandardSchema } from '../../src/memory/standard-schema.js';
import { withComputer, type Computer, type Memory, type Options } from './power.js';

const anything: StandardSchema<string, string> = {
  '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: value as string }) },
};
const OPTIONS = { devicePreferences: { theme: anything } } as unknown as Partial<Options>;
const SHOE = 'preferences.shoe';
const BELL = 'preferences.bell';

interface Write {
  readonly what: string;
  /** What is there before it, durably. */
  readonly before?: (memory: Memory) => Promise<unknown>;
  readonly act: (memory: Memory) => Promise<unknown>;
  /** What a page that is opened after the power cut must say. */
  readonly holds: (memory: Memory) => unknown;
  readonly after?: Partial<Options>;
}

const granted = (memory: Memory) => memory.consent.grant();
const chatOf = async (memory: Memory) => {
  const [chat] = await memory.conversations.latest(1);
  assert.ok(chat, 'there is no conversation');
  return chat;
};
const talk = (memory: Memory) =>
  memory.conversations.start({ channel: 'chat', topic: 'Brakes', messages: [{ text: 'They squeak' }] });
const texts = async (memory: Memory) => {
  const [chat] = await memory.conversations.latest(1);
  return (await chat?.messages())?.map(({ text }) => text).join();
};
const both = async (memory: Memory) => {
  await granted(memory);
  await memory.remember(SHOE, 'M');
  await talk(memory);
};

const WRITES: readonly Write[] = [
  {
    what: 'a grant, with what was said before it',
    before: (memory) => memory.remember(SHOE, 'M'),
    act: granted,
    holds: (memory) => memory.value(SHOE) === 'M',
  },
  {
    what: 'a grant before anything was said',
    act: granted,
    holds: ({ consent }) => consent.state === 'granted',
  },
  {
    what: 'a grant for other purposes',
    before: granted,
    act: (memory) => memory.consent.grant({ device: true, purposes: ['preferences'] }),
    holds: ({ consent }) => consent.purposes?.join() === 'preferences',
  },
  {
    what: 'a fact',
    before: granted,
    act: (memory) => memory.remember(SHOE, 'M'),
    holds: (memory) => memory.value(SHOE) === 'M',
  },
  {
    what: 'a later fact',
    before: both,
    act: (memory) => memory.remember(SHOE, 'L'),
    holds: (memory) => memory.value(SHOE) === 'L',
  },
  {
    what: 'facts that are said at once',
    before: granted,
    act: (memory) => Promise.all([memory.remember(SHOE, 'M'), memory.remember(BELL, 'loud')]),
    holds: (memory) => memory.value(SHOE) === 'M' && memory.value(BELL) === 'loud',
  },
  {
    what: 'an answer',
    before: granted,
    act: (memory) => memory.ask(SHOE, () => 'M'),
    holds: (memory) => memory.value(SHOE) === 'M',
  },
  {
    what: 'a preference of the device',
    before: granted,
    act: (memory) => memory.remember('preferences.theme', 'dark'),
    holds: (memory) => memory.value('preferences.theme') === 'dark',
  },
  {
    what: 'a conversation with its first message',
    before: granted,
    act: talk,
    holds: async (memory) => (await texts(memory)) === 'They squeak',
  },
  {
    what: 'a message',
    before: both,
    act: async (memory) => (await chatOf(memory)).say({ text: 'Still' }),
    holds: async (memory) => (await texts(memory)) === 'They squeak,Still',
  },
  {
    what: 'another topic',
    before: both,
    act: async (memory) => (await chatOf(memory)).update({ topic: 'Gears' }),
    holds: async (memory) => (await chatOf(memory)).topic === 'Gears',
  },
  {
    what: 'the end of a conversation',
    before: both,
    act: async (memory) => (await chatOf(memory)).end({ outcome: 'solved' }),
    holds: async (memory) => (await chatOf(memory)).outcome === 'solved',
  },
  {
    what: 'an import',
    before: granted,
    act: (memory) => memory.import(FILE),
    holds: (memory) => memory.value(SHOE) === 'M',
  },
  {
    what: 'a forget of a key',
    before: both,
    act: (memory) => memory.forget({ key: SHOE }),
    holds: (memory) => memory.recall(SHOE) === undefined && memory.consent.state === 'granted',
  },
  {
    what: 'a forget of a conversation',
    before: both,
    act: async (memory) => memory.forget({ conversation: (await chatOf(memory)).id }),
    holds: async (memory) => (await texts(memory)) === undefined && memory.value(SHOE) === 'M',
  },
  {
    what: 'a forget of a purpose',
    before: both,
    act: (memory) => memory.forget({ purpose: 'preferences' }),
    holds: async (memory) => memory.recall(SHOE) === undefined && (await texts(memory)) === 'They squeak',
  },
  {
    what: 'a forget of a preference of the device',
    before: async (memory) => {
      await granted(memory);
      await memory.remember('preferences.theme', 'dark');
    },
    act: (memory) => memory.forget({ key: 'preferences.theme' }),
    holds: (memory) => memory.recall('preferences.theme') === undefined,
  },
  {
    what: 'the word that a fact is wrong',
    before: both,
    act: (memory) => memory.wrong(memory.recall(SHOE)?.id ?? ''),
    holds: (memory) => memory.recall(SHOE) === undefined,
  },
  {
    what: 'a forget of everything',
    before: both,
    act: (memory) => memory.forget('everything'),
    holds: async (memory) => memory.recall(SHOE) === undefined && (await texts(memory)) === undefined,
  },
  {
    what: 'a withdrawal',
    before: both,
    act: (memory) => memory.consent.withdraw(),
    holds: async (memory) => memory.recall(SHOE) === undefined && (await texts(memory)) === undefined,
  },
  {
    what: 'the word that it is somebody else',
    before: both,
    act: (memory) => memory.notMe(),
    holds: async (memory) => memory.recall(SHOE) === undefined && (await texts(memory)) === undefined,
  },
];

const FILE = {
  v: 1,
  site: 'shop',
  at: Date.UTC(2026, 0, 1),
  entries: [
    {
      kind: 'fact',
      id: '01941f29-7c00-7000-8000-000000000001',
      at: '01941f297c000000',
      by: { who: 'visitor' },
      seen: 0,
      key: SHOE,
      value: 'M',
      authority: 'stated',
      purpose: 'preferences',
    },
  ],
} as const;

describe('row 25, relaxed durability and a power cut', () => {
  for (const write of WRITES) {
    it(`row 25, ${write.what}: what was accepted is there`, async () => {
      for (const buffersNew of [false, true])
        for (let seed = 1; seed <= 10; seed += 1)
          assert.ok(await survives(write, 'as asked', { seed, buffersNew }), `seed ${seed}, ${buffersNew}`);
    });

    it(`row 25, ${write.what}: were its transactions relaxed, it would be seen to be lost`, async () => {
      for (let seed = 1; seed <= 10; seed += 1)
        assert.ok(!(await survives(write, 'relaxed', { seed, buffersNew: false })), `seed ${seed}`);
    });
  }
});

describe('a grant that is cut off', () => {
  it('at whichever moment has taken place as a whole or not at all', async () => {
    const ends = new Set<string>();
    for (let ms = 0; ms <= 60; ms += 0.25) {
      const end = await withComputer({ seed: 1 + (ms % 5), buffersNew: false }, (computer) => {
        const memory = computer.open(OPTIONS);
        computer.run(() => memory.remember(SHOE, 'a word'));
        computer.begin(() => granted(memory), ms);
        computer.cutPower();
        const next = computer.open(OPTIONS);
        return [next.consent.state, next.value(SHOE), computer.text().includes('a word')].join();
      });
      ends.add(end);
    }
    assert.deepEqual([...ends].sort(), ['granted,a word,true', 'undecided,,false']);
  });

  it('for fewer purposes than before, too', async () => {
    const ends = new Set<string>();
    for (let ms = 0; ms <= 60; ms += 0.25) {
      const end = await withComputer({ seed: 1 + (ms % 5), buffersNew: false }, (computer) => {
        const memory = computer.open(OPTIONS);
        computer.run(() => granted(memory));
        computer.run(() => memory.remember(SHOE, 'a word'));
        computer.begin(() => memory.consent.grant({ device: true, purposes: ['care'] }), ms);
        computer.cutPower();
        const next = computer.open(OPTIONS);
        return [next.consent.purposes?.join() ?? 'all', computer.text().includes('a word')].join();
      });
      ends.add(end);
    }
    assert.deepEqual([...ends].sort(), ['all,true', 'care,false']);
  });
});

/** Whether what was accepted is there after the power was cut in the moment of it. */
async function survives(
  { before = () => Promise.resolve(), act, holds }: Write,
  durability: Computer['durability'],
  how: Parameters<typeof withComputer>[0],
): Promise<boolean> {
  return withComputer(how, (computer) => {
    const memory = computer.open(OPTIONS);
    computer.run(() => before(memory));
    computer.durability = durability;
    computer.run(() => act(memory));
    computer.cutPower();
    computer.durability = 'as asked';
    const next = computer.open(OPTIONS);
    return computer.run(() => Promise.resolve(holds(next)).then(Boolean));
  });
}
