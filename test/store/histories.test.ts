import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { covers } from '../../src/facts/cover.js';
import type { Draft, Fact, Forget, Held, Message, Selector } from '../../src/facts/entry.js';
import { messageKey } from '../../src/facts/message-key.js';
import { matches } from '../../src/facts/selector.js';
import { resolveKey } from '../../src/facts/value.js';
import {
  openDevice,
  cleanUp,
  fact,
  forget,
  message,
  newPerson,
  newSite,
  NOW,
  realDatabases,
  start,
  uuid,
  type WholeSubject,
} from './support.js';

const CONVERSATIONS = [uuid(), uuid()] as const;
const KEYS = ['preferences.size', 'preferences.a.b', 'identity.company', 'care.return.x'] as const;
const SELECTORS: readonly Selector[] = [
  { key: 'preferences.size' },
  { under: 'preferences' },
  { under: 'care' },
  { purpose: 'identity' },
  { purpose: 'conversations' },
  { under: 'conversations' },
  { under: `conversations.${CONVERSATIONS[0]}` },
  { under: `conversations.${CONVERSATIONS[1]}.m` },
];

type Step = { readonly tab: 0 | 1; readonly say: readonly Saying[] };
type Saying =
  | { readonly what: 'fact'; readonly key: number; readonly authority: 'stated' | 'observed' }
  | { readonly what: 'start'; readonly of: number }
  | { readonly what: 'messages'; readonly of: number; readonly count: number }
  | { readonly what: 'forget'; readonly of: number }
  | { readonly what: 'forget-message' };

const saying: fc.Arbitrary<Saying> = fc.oneof(
  fc.record({
    what: fc.constant('fact' as const),
    key: fc.nat({ max: 3 }),
    authority: fc.constantFrom('stated' as const, 'observed' as const),
  }),
  fc.record({ what: fc.constant('start' as const), of: fc.nat({ max: 1 }) }),
  fc.record({
    what: fc.constant('messages' as const),
    of: fc.nat({ max: 1 }),
    count: fc.constantFrom(1, 2, 60),
  }),
  fc.record({ what: fc.constant('forget' as const), of: fc.nat({ max: SELECTORS.length - 1 }) }),
  fc.record({ what: fc.constant('forget-message' as const) }),
);
const step: fc.Arbitrary<Step> = fc.record({
  tab: fc.constantFrom(0 as const, 1 as const),
  say: fc.array(saying, { minLength: 1, maxLength: 5 }),
});

/** The same in a list, by the rules alone: no pages, no caches, no compaction, nothing deleted but what is covered. */
class Model {
  rows: Held<Fact | Message>[] = [];
  forgets: Held<Forget>[] = [];

  write(drafts: readonly Draft[]): void {
    for (const draft of drafts) {
      if (draft.kind === 'forget') {
        const held = { entry: { seen: 0, ...draft } };
        this.rows = this.rows.filter((row) => !covers(held, row));
        this.forgets.push(held);
      } else {
        const held = {
          entry: { ...draft, seen: 0, after: this.forgets.map(({ entry }) => entry.id) } as Fact | Message,
        };
        if (!this.forgets.some((one) => covers(one, held)) && !this.isOfNothing(held.entry))
          this.rows.push(held);
      }
    }
  }

  /** A message in a conversation of which a forget has left nothing. */
  isOfNothing(entry: Fact | Message): boolean {
    const [, cid = ''] = entry.key.split('.');
    return (
      entry.kind === 'message' &&
      this.forgets.some((one) => matches(one.entry.of, entry)) &&
      !this.rows.some((row) => row.entry.key.includes(cid))
    );
  }

  messages(cid: string): string[] {
    return this.rows.flatMap(({ entry }) =>
      entry.kind === 'message' && entry.key.includes(cid) ? entry.id : [],
    );
  }

  values(): Record<string, unknown> {
    return valuesOf(this.rows.filter((row): row is Held<Fact> => row.entry.kind === 'fact'));
  }
}

function valuesOf(rows: readonly Held<Fact>[]): Record<string, unknown> {
  const keys = [...new Set(rows.map(({ entry }) => entry.key))].sort();
  return Object.fromEntries(
    keys.map((key) => {
      const resolved = resolveKey(
        rows.filter(({ entry }) => entry.key === key),
        NOW,
      );
      return [key, resolved && { id: resolved.held.entry.id, reconfirm: resolved.reconfirm }];
    }),
  );
}

describe('a person’s database', () => {
  let site: string;
  afterEach(() => cleanUp(site));

  it('keeps what the rules say, whatever two tabs say and forget in turn', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        site = newSite();
        const platform = realDatabases();
        const { device, subject } = await newPerson(platform, site);
        const other = await openDevice(realDatabases({ seed: 2 }), site, { create: false });
        const second = await other?.openSubject(subject.local);
        if (!second) throw new Error('the second tab found nothing');
        const tabs: readonly WholeSubject[] = [subject, second];
        const model = new Model();
        try {
          for (const { tab, say } of steps) {
            const drafts = say.flatMap((one) => draftsOf(one, model));
            await tabs[tab]?.write(drafts);
            model.write(drafts);
          }
          for (const one of tabs) await compare(one, model);
        } finally {
          for (const open of [subject, second, device, other]) open?.close();
          await cleanUp(site);
        }
      }),
      { numRuns: 60, interruptAfterTimeLimit: 15_000, includeErrorInReport: true },
    );
  });

  async function compare(subject: WholeSubject, model: Model): Promise<void> {
    const facts: Held<Fact>[] = [];
    const ids = new Set<string>();
    for await (const batch of subject.entries(NOW)) {
      for (const held of batch) {
        ids.add(held.entry.id);
        if (held.entry.kind === 'fact') facts.push(held as Held<Fact>);
      }
    }
    expect(valuesOf(facts)).to.deep.equal(model.values());
    const living = new Set(model.rows.map(({ entry }) => entry.id));
    const forgets = new Set(model.forgets.map(({ entry }) => entry.id));
    expect([...ids].filter((id) => !living.has(id) && !forgets.has(id))).to.deep.equal([]);
    let messages = 0;
    for (const cid of CONVERSATIONS) {
      const stored = (await subject.messages(cid, { last: 10_000 }, NOW)).map(({ entry }) => entry.id);
      expect(stored).to.deep.equal(model.messages(cid));
      expect((await subject.conversation(cid, NOW))?.messages ?? 0).to.equal(stored.length);
      messages += stored.length;
    }
    expect((await subject.count(NOW)).messages).to.equal(messages);
    const conversations = CONVERSATIONS.filter((cid) =>
      model.rows.some(({ entry }) => entry.key.includes(cid)),
    );
    expect((await subject.conversations({ limit: 9 }, NOW)).map(({ id }) => id)).to.have.members(
      conversations,
    );
  }

  function draftsOf(one: Saying, model: Model): Draft[] {
    const cid = (of: number) => CONVERSATIONS[of] ?? CONVERSATIONS[0];
    if (one.what === 'fact')
      return [fact(KEYS[one.key] ?? KEYS[0], Math.random(), { authority: one.authority })];
    if (one.what === 'start') return [start(cid(one.of))];
    if (one.what === 'messages') return Array.from({ length: one.count }, () => message(cid(one.of), 'x'));
    if (one.what === 'forget') return [forget(SELECTORS[one.of] ?? { under: 'care' })];
    const some = model.rows.findLast(({ entry }) => entry.kind === 'message')?.entry;
    return some
      ? [forget({ key: messageKey(some.key.split('.')[1] ?? '', some.key.split('.')[3] ?? '') })]
      : [];
  }
});

describe('reading the end of a long conversation', () => {
  it('reads its last pages and no more', async () => {
    const site = newSite();
    const { device, subject } = await newPerson(realDatabases(), site);
    const cid = uuid();
    await subject.write(Array.from({ length: 4_970 }, (_, n) => message(cid, `${n}`)));
    const { prototype } = IDBCursorWithValue;
    const original = Object.getOwnPropertyDescriptor(prototype, 'value');
    if (!original) throw new Error('this browser keeps the value of a cursor elsewhere');
    let pages = 0;
    Object.defineProperty(prototype, 'value', {
      ...original,
      get(this: IDBCursorWithValue): unknown {
        pages += 1;
        return original.get?.call(this);
      },
    });
    try {
      const last = await subject.messages(cid, { last: 50 }, NOW);
      expect(last.length).to.equal(50);
      expect(pages).to.equal(3);
      let first = last[0]?.entry.id ?? '';
      for (let n = 1; n <= 20; n += 1) {
        pages = 0;
        const before = await subject.messages(cid, { last: 50, before: first }, NOW);
        expect(before.length).to.equal(50);
        expect(pages).to.be.within(2, 3);
        first = before[0]?.entry.id ?? '';
      }
    } finally {
      Object.defineProperty(prototype, 'value', original);
      subject.close();
      device.close();
      await cleanUp(site);
    }
  });
});
