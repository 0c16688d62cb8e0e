import { expect } from '@open-wc/testing';
import type { KeyValue } from '../../src/platform/platform.js';
import { browserPlatform } from '../../src/platform/browser.js';
import { fakeKeyValue, fakePlatform, type FakePlatform } from '../../src/platform/fake.js';
import { openVisit } from '../../src/store/visit.js';
import { openVisitWriter, VISIT_LENGTH } from '../../src/store/visit-writer.js';
import { notable, noteCalls } from '../../src/store/visit-record.js';
import { fact, forget, message, newSite, start, uuid } from './support.js';

const KEY = 'customer-memory:acme:visit';
const VISIT_LASTS = 4 * 3_600_000;
/** A visit of which something is said. */
function open(platform: FakePlatform, user?: string | null) {
  const visit = openVisit(platform, 'acme', user);
  const writer = openVisitWriter(platform, 'acme', visit);
  visit.writer = writer;
  return {
    get entries() {
      return writer.entries;
    },
    get lost() {
      return visit.lost;
    },
    get overflow() {
      return visit.overflow;
    },
    calls: visit.calls,
    put: writer.put,
    remove: (ids: readonly string[]) => visit.drop(({ id }) => ids.includes(id)),
    clear: visit.clear,
  };
}
type Visit = ReturnType<typeof open>;
/** `clock.soon` runs at the end of the task, which is a microtask in the fake and in the browser. */
const endOfTask = () => Promise.resolve();

describe('a visit', () => {
  let platform: FakePlatform;
  beforeEach(() => (platform = fakePlatform()));

  const stored = () =>
    JSON.parse(platform.session?.get(KEY) ?? 'null') as {
      v: number;
      user: string | null;
      since: number;
      entries: { id: string }[];
    } | null;
  const note = (calls: readonly (readonly unknown[])[], user: string | null = null) =>
    noteCalls(
      platform,
      'acme',
      user,
      undefined,
      calls.map(notable).filter((text) => text !== undefined),
    );
  const values = (entries: readonly object[] | undefined) =>
    entries?.flatMap((entry) => ('value' in entry ? [entry.value] : []));
  const ids = (entries: readonly { id: string }[] | undefined) => entries?.map(({ id }) => id);

  it('gives the calls that are some among what another script has noted', () => {
    const call = ['preferences.size', 'M'];
    const visit = {
      v: 1,
      user: null,
      since: platform.clock.now(),
      entries: [],
      calls: [null, {}, call, 'x'],
    };
    platform.session?.set(KEY, JSON.stringify(visit));
    expect(open(platform).calls).to.deep.equal([call]);
    platform.session?.set(KEY, JSON.stringify({ ...visit, calls: {} }));
    expect(open(platform).calls).to.deep.equal([]);
  });

  it('notes no call that holds the digits of a card, whatever stands between them, or the name of a secret', () => {
    for (const between of ['', ' ', '-', '  ', '\u00a0', '\u2013', '\u200b '])
      expect(notable(['size', ['4242', '4242', '4242', '4242'].join(between)]), between).to.equal(undefined);
    for (const name of ['password', 'motDePasse', 'creditCard', 'cardNumber', 'iban', 'pin'])
      expect(notable(['size', { [name]: 'x' }]), name).to.equal(undefined);
    expect(notable(['size', { given: 'Ana' }])).to.equal('["size",{"given":"Ana"}]');
  });

  it('passes over a message that is about no conversation: nothing could store it', () => {
    const sound = { ...message(uuid(), 'here'), seen: 0 };
    const odd = { ...message(uuid(), 'nowhere'), seen: 0, key: 'preferences.x' };
    const visit = { v: 1, user: null, since: platform.clock.now(), entries: [odd, sound] };
    platform.session?.set(KEY, JSON.stringify(visit));
    expect(ids(open(platform).entries)).to.deep.equal([sound.id]);
  });

  it('writes nothing at all while nothing was said', async () => {
    const visit = open(platform);
    visit.put([]);
    visit.clear();
    await endOfTask();
    expect(platform.session?.keys()).to.deep.equal([]);
    expect(visit).to.include({ lost: false, overflow: false });
  });

  it('has what was said at once, and the tab has it at the end of the task', async () => {
    const visit = open(platform);
    const said = fact('identity.name', { given: 'Ana' });
    visit.put([said]);
    expect(ids(visit.entries)).to.deep.equal([said.id]);
    expect(stored()).to.equal(null);
    await endOfTask();
    expect(stored()).to.deep.equal({
      v: 1,
      user: null,
      since: platform.clock.now(),
      entries: [{ ...said, seen: 0 }],
    });
  });

  it('writes once for everything of one task', async () => {
    let writes = 0;
    const session = { ...fakeKeyValue(), set: () => void (writes += 1) };
    const visit = open(fakePlatform({ overrides: { session } }));
    for (let n = 0; n < 50; n += 1) visit.put([fact(`preferences.p${n}`, n)]);
    await endOfTask();
    expect(writes).to.equal(1);
  });

  it('takes ten thousand facts in a loop without losing one', async () => {
    const visit = open(platform);
    for (let n = 0; n < 10_000; n += 1) visit.put([fact(`preferences.p${n}`, n)]);
    await endOfTask();
    expect(visit.entries.length).to.equal(10_000);
    expect(visit.overflow).to.equal(true);
    expect(visit.lost).to.equal(false);
  });

  it('goes on in the next page of the tab', async () => {
    const said = [fact('identity.name', { given: 'Ana' }), message(uuid(), 'It leaks')];
    open(platform).put(said);
    await endOfTask();
    expect(ids(open(platform).entries)).to.deep.equal(ids(said));
  });

  it('keeps for the next page what was stated and said, not what was observed or guessed', async () => {
    const cid = uuid();
    const kept = [
      fact('preferences.size', 'M'),
      start(cid, { authority: 'recorded' }),
      message(cid, 'Hello'),
      forget({ under: 'care' }),
    ];
    const seen = [
      fact('preferences.a', 1, { authority: 'observed' }),
      fact('preferences.b', 2, { authority: 'inferred' }),
    ];
    const visit = open(platform);
    visit.put([...kept, ...seen]);
    await endOfTask();
    expect(ids(visit.entries)).to.have.members(ids([...kept, ...seen]) ?? []);
    expect(ids(stored()?.entries)).to.deep.equal(ids(kept));
  });

  it('leaves no key behind when nothing of it is left', async () => {
    const visit = open(platform);
    const said = fact('preferences.size', 'M');
    visit.put([said]);
    await endOfTask();
    visit.remove([said.id]);
    await endOfTask();
    expect(platform.session?.keys()).to.deep.equal([]);
    visit.put([said]);
    await endOfTask();
    visit.clear();
    await endOfTask();
    expect(platform.session?.keys()).to.deep.equal([]);
  });

  it('has an entry once, however often it is put', async () => {
    const visit = open(platform);
    const said = fact('preferences.size', 'M');
    visit.put([said, said]);
    visit.put([{ ...said, value: 'L' }]);
    expect(visit.entries.map((entry) => 'value' in entry && entry.value)).to.deep.equal(['M']);
  });

  it('deletes what is forgotten in it', async () => {
    const cid = uuid();
    const visit = open(platform);
    visit.put([
      fact('preferences.size', 'M'),
      fact('identity.company', 'Acme'),
      start(cid),
      message(cid, 'It leaks'),
    ]);
    const gone = [forget({ key: 'preferences.size' }), forget({ under: `conversations.${cid}` })];
    visit.put(gone);
    visit.put([
      fact('preferences.size', 'L'),
      message(cid, 'too late'),
      fact('preferences.size', 'S', { authority: 'observed' }),
    ]);
    await endOfTask();
    const values = visit.entries.flatMap((entry) => ('value' in entry ? [entry.value] : []));
    expect(values).to.deep.equal(['Acme', 'L']);
    expect(platform.session?.get(KEY)).not.to.match(/"M"|leaks|too late/);
  });

  it('notes which of its forgets came before an entry', () => {
    const visit = open(platform);
    const gone = forget({ under: 'preferences' });
    visit.put([gone, fact('preferences.size', 'L'), fact('identity.company', 'Acme')]);
    expect(visit.entries.map(({ seen, after }) => [seen, after])).to.deep.equal([
      [0, undefined],
      [0, [gone.id]],
      [0, undefined],
    ]);
  });

  it('drops a forget that a wider one makes needless', () => {
    const visit = open(platform);
    const narrow = forget({ under: 'preferences.a' });
    const wide = forget({ under: 'preferences' });
    visit.put([narrow, wide]);
    expect(ids(visit.entries)).to.deep.equal([wide.id]);
  });

  it('keeps of one key what can still matter', async () => {
    const visit = open(platform);
    for (let n = 0; n < 500; n += 1) visit.put([fact('preferences.size', n)]);
    await endOfTask();
    expect(stored()?.entries.length).to.equal(4);
  });

  it('is over when its tab was idle for four hours, and goes on while it is used', async () => {
    open(platform).put([fact('preferences.size', 'M')]);
    await endOfTask();
    platform.setTime(platform.clock.now() + VISIT_LASTS - 1);
    expect(open(platform).entries.length).to.equal(1);
    await endOfTask();
    platform.setTime(platform.clock.now() + VISIT_LASTS - 1);
    expect(open(platform).entries.length).to.equal(1);
    await endOfTask();
    platform.setTime(platform.clock.now() + VISIT_LASTS + 1);
    expect(open(platform).entries).to.deep.equal([]);
    expect(platform.session?.keys()).to.deep.equal([]);
  });

  describe('of one person', () => {
    const cases = [
      { of: 'ana', says: 'ana', kept: true },
      { of: 'ana', says: 'ben', kept: false },
      { of: 'ana', says: null, kept: false },
      { of: 'ana', says: undefined, kept: false },
      { of: null, says: null, kept: true },
      { of: null, says: undefined, kept: true },
      { of: null, says: 'ana', kept: true },
    ] as const;
    for (const { of, says, kept } of cases) {
      it(`(${String(of)}) is ${kept ? 'kept' : 'dropped unread'} on a page that says ${String(says)}`, async () => {
        open(platform, of).put([fact('preferences.size', 'M')]);
        await endOfTask();
        const visit = open(platform, says);
        expect(visit.entries.length).to.equal(kept ? 1 : 0);
        expect(platform.session?.keys()).to.deep.equal(kept ? [KEY] : []);
      });
    }
  });

  it('says when something does not fit, and keeps that for this page', async () => {
    const visit = open(platform);
    const small = fact('preferences.size', 'M');
    visit.put([
      small,
      ...Array.from({ length: 40 }, (_, n) => fact(`preferences.p${n}`, 'x'.repeat(60_000))),
    ]);
    await endOfTask();
    expect(visit).to.include({ overflow: true, lost: false });
    expect(visit.entries.length).to.equal(41);
    expect(platform.session?.get(KEY)?.length).to.be.lessThan(VISIT_LENGTH + 200);
    expect(stored()?.entries[0]?.id).to.equal(small.id);
  });

  describe('of two pages of one tab', () => {
    let a: Visit;
    let b: Visit;
    const next = () => values(open(platform).entries);
    beforeEach(async () => {
      open(platform).put([fact('preferences.size', 'M')]);
      await endOfTask();
      a = open(platform);
      b = open(platform);
    });

    it('has what either said', async () => {
      a.put([fact('preferences.colour', 'red')]);
      await endOfTask();
      b.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      a.put([fact('preferences.bell', 'brass')]);
      await endOfTask();
      expect(next()).to.have.members(['M', 'red', 'Acme', 'brass']);
    });

    it('has what both said in one task', async () => {
      a.put([fact('preferences.colour', 'red')]);
      b.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      expect(next()).to.have.members(['M', 'red', 'Acme']);
    });

    it('does not get back what one of them has forgotten, nor lose what the other says of it later', async () => {
      a.put([forget({ key: 'preferences.size' })]);
      await endOfTask();
      b.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      expect(next()).to.deep.equal(['Acme']);
      b.put([fact('preferences.size', 'L')]);
      await endOfTask();
      a.put([fact('preferences.colour', 'red')]);
      await endOfTask();
      expect(next()).to.have.members(['Acme', 'L', 'red']);
    });

    it('has no more what one of them has moved elsewhere', async () => {
      const [first] = a.entries;
      a.remove([first!.id]);
      await endOfTask();
      b.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      a.put([fact('preferences.colour', 'red')]);
      await endOfTask();
      expect(next()).to.have.members(['Acme', 'red']);
    });

    it('has nothing more of a person who has left, whatever the other page still holds', async () => {
      const long = Array.from({ length: 20 }, (_, n) => fact(`preferences.p${n}`, 'x'.repeat(60_000)));
      b.put([...long, fact('preferences.note', 'canary')]);
      await endOfTask();
      a.clear();
      b.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      expect(next()).to.deep.equal(['Acme']);
    });

    it('leaves to who comes next what they have said, when the other page hears late that somebody left', async () => {
      a.clear();
      const later = open(platform);
      later.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      b.clear();
      await endOfTask();
      expect(next()).to.deep.equal(['Acme']);
    });

    it('is written by no page that was cleared', async () => {
      a.put([fact('identity.company', 'Acme')]);
      a.clear();
      const later = open(platform);
      later.put([fact('preferences.colour', 'red')]);
      a.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      await endOfTask();
      expect(next()).to.deep.equal(['red']);
    });

    it('keeps the calls that one of them noted for the next page', async () => {
      const call = ['preferences.colour', 'red'];
      note([call]);
      a.put([fact('identity.company', 'Acme')]);
      await endOfTask();
      note([['preferences.bell', 'brass']]);
      const later = open(platform);
      expect(values(later.entries)).to.have.members(['M', 'Acme']);
      expect(later.calls).to.deep.equal([call, ['preferences.bell', 'brass']]);
      await endOfTask();
      expect(open(platform).calls, 'once').to.deep.equal([]);
    });
  });

  describe('that can wait until the page has shown something', () => {
    const VISITED = 'customer-memory:acme:visited';
    let looks = 0;
    beforeEach(() => {
      const { session } = platform;
      looks = 0;
      Object.defineProperty(platform, 'session', {
        get() {
          looks += 1;
          return session;
        },
      });
      platform.local?.set(VISITED, String(platform.clock.now()));
    });
    const openLater = () => openVisit(platform, 'acme', null, 'of-somebody');

    it('is not looked at before that when no tab has written to one for as long as a visit lasts', async () => {
      platform.advance(VISIT_LASTS + 1);
      openLater();
      expect(looks).to.equal(0);
      await endOfTask();
      expect(looks).to.be.above(0);
    });

    it('is dropped then, if it is an earlier one', async () => {
      open(platform).put([fact('preferences.size', 'M')]);
      await endOfTask();
      platform.advance(VISIT_LASTS + 1);
      const later = openLater();
      later.note(['preferences.colour', 'red']);
      await endOfTask();
      await endOfTask();
      expect(stored()).to.deep.include({ entries: [] });
      expect(open(platform).calls).to.deep.equal([['preferences.colour', 'red']]);
    });

    const writes: Record<string, (here: ReturnType<typeof openVisit>) => void> = {
      'something was said': (here) => {
        here.writer = openVisitWriter(platform, 'acme', here);
        here.writer.put([fact('preferences.size', 'M')]);
      },
      'a call was noted': (here) => void here.note(['preferences.size', 'M']),
      'something was forgotten': (here) => here.forget(forget({ key: 'preferences.size' })),
    };
    for (const [what, write] of Object.entries(writes)) {
      it(`is looked at at once when ${what} within that time, in any tab`, async () => {
        platform.advance(VISIT_LASTS + 1);
        write(openVisit(platform, 'acme', null));
        await endOfTask();
        platform.advance(VISIT_LASTS - 1);
        const { entries, calls } = openLater();
        expect(entries.length + calls.length).to.equal(1);
      });
    }

    it('is looked at at once where nobody knows when one was written to', async () => {
      open(platform).put([fact('preferences.size', 'M')]);
      await endOfTask();
      for (const unknown of [undefined, '', 'soon', String(platform.clock.now() + VISIT_LASTS)]) {
        if (unknown === undefined) platform.local?.remove(VISITED);
        else platform.local?.set(VISITED, unknown);
        expect(values(openLater().entries), String(unknown)).to.deep.equal(['M']);
      }
    });

    it('leaves nothing in local storage before a grant has begun to note it', async () => {
      platform.local?.remove(VISITED);
      for (const write of Object.values(writes)) write(openVisit(platform, 'acme', null));
      await endOfTask();
      expect(platform.local?.keys()).to.deep.equal([]);
    });

    it('goes on where local storage is full', async () => {
      const { local } = platform;
      Object.assign(local!, {
        set() {
          throw new DOMException('full', 'QuotaExceededError');
        },
      });
      const visit = open(platform);
      visit.put([fact('preferences.size', 'M')]);
      await endOfTask();
      expect(visit.lost).to.equal(false);
      expect(values(open(platform).entries)).to.deep.equal(['M']);
    });
  });

  it('notes a call whatever the digits of its ids and its stamp are, and none with those of a card', () => {
    const id = '01890123-4567-7890-8123-456789012345';
    const head = { id, at: '0189012345670000' };
    const calls = [
      ['preferences.size', 'M', null, head],
      ['say', id, { text: 'Hello' }, head],
      ['forget', { conversation: id }],
    ];
    note([...calls, ['say', id, { text: '4111-1111-1111-1111' }, head]]);
    expect(open(platform).calls).to.deep.equal(calls);
  });

  it('does not give a stranger’s calls to who was here before them', async () => {
    open(platform, 'ana').put([fact('preferences.size', 'M')]);
    await endOfTask();
    note([['preferences.note', 'canary']]);
    expect(stored()).to.deep.include({ user: null, entries: [] });
    expect(open(platform, 'ben').calls.length, 'nobody’s visit becomes the named person’s').to.equal(1);
    await endOfTask();
    note([['preferences.note', 'canary']], 'ben');
    expect(open(platform, null).calls).to.deep.equal([]);
  });

  it('gives what somebody with a database said to the one who is named then, and not what they forgot', async () => {
    const anonymous = openVisit(platform, 'acme', null);
    anonymous.local = 'here';
    anonymous.writer = openVisitWriter(platform, 'acme', anonymous);
    anonymous.writer.put([forget({ key: 'preferences.size' }), fact('preferences.size', 'M')]);
    await endOfTask();
    for (const call of [
      ['forget', { key: 'preferences.note' }],
      ['preferences.note', 'soft'],
    ])
      anonymous.note(call);
    await endOfTask();
    const { entries, calls } = openVisit(platform, 'acme', 'ana', 'here');
    expect(values(entries)).to.deep.equal(['M']);
    expect(entries.length).to.equal(1);
    expect(calls).to.deep.equal([['preferences.note', 'soft']]);
  });

  it('leaves what another person of the tab wrote meanwhile to them when something is forgotten here', async () => {
    const here = openVisit(platform, 'acme', null);
    open(platform, 'ana').put([fact('preferences.size', 'M')]);
    await endOfTask();
    const theirs = stored();
    here.forget(forget({ key: 'preferences.size' }));
    here.drop(() => true);
    expect(stored()).to.deep.equal(theirs);
  });

  for (const [where, forgotten] of Object.entries({
    'by its writer': (here: ReturnType<typeof openVisit>, draft: ReturnType<typeof forget>) => {
      here.writer = openVisitWriter(platform, 'acme', here);
      here.forget(draft);
    },
    'before the code for it was here': (
      here: ReturnType<typeof openVisit>,
      draft: ReturnType<typeof forget>,
    ) => {
      here.forget(draft);
      here.writer = openVisitWriter(platform, 'acme', here);
    },
  }))
    it(`tells the next page no more of a call that was noted before a forget which is on the device (${where})`, async () => {
      const here = openVisit(platform, 'acme', null);
      const draft = forget({ under: 'preferences' });
      const before = { id: uuid(), at: '0000000000000001', seen: 0 };
      const since = { ...before, at: 'ffffffffffffffff' };
      here.note(['preferences.size', 'M', null, before]);
      here.note(['preferences.size', 'L', null, since]);
      here.note(['identity.company', 'Acme', null, before]);
      await endOfTask();
      forgotten(here, draft);
      here.drop(({ id }) => id === draft.id);
      await endOfTask();
      const next = openVisit(platform, 'acme', null);
      expect(next.entries).to.deep.equal([]);
      expect(next.calls.map(([, value]) => value)).to.have.members(['L', 'Acme']);
    });

  for (const { purpose, says } of [
    { purpose: 'sizes', says: 'by what its key is for' },
    { purpose: 'conversations', says: 'with the conversation that it was to start' },
  ])
    it(`tells the next page no more of a call that was noted before a forget of its purpose (${says})`, async () => {
      const here = openVisit(platform, 'acme', null);
      here.writer = openVisitWriter(platform, 'acme', here, {
        sizes: { title: 'Sizes', keys: ['preferences.size'] },
      });
      const noted = [
        ['preferences.size', 'M', null],
        ['preferences.colour', 'red', null],
        ['start', null, { channel: 'chat' }],
      ].map((call) => [...call, { id: uuid(), at: '0000000000000001', seen: 0 }]);
      for (const call of noted) here.note(call);
      await endOfTask();
      const draft = forget({ purpose });
      here.forget(draft);
      here.drop(({ id }) => id === draft.id);
      await endOfTask();
      const taken = purpose === 'sizes' ? 'preferences.size' : 'start';
      const next = openVisit(platform, 'acme', null);
      expect(next.calls).to.have.deep.members(noted.filter(([first]) => first !== taken));
    });

  it('keeps a forget for the next page, which is told of a call that was noted before it', async () => {
    const here = openVisit(platform, 'acme', null);
    here.note(['preferences.size', 'M']);
    const forgotten = forget({ key: 'preferences.size' });
    here.forget(forgotten);
    await endOfTask();
    const next = openVisit(platform, 'acme', null);
    expect(next.calls).to.deep.equal([['preferences.size', 'M']]);
    expect(ids(next.entries)).to.deep.equal([forgotten.id]);
  });

  const broken: Record<string, KeyValue | undefined> = {
    'there is no session storage': undefined,
    'it throws on everything': {
      get() {
        throw new DOMException('no', 'SecurityError');
      },
      set() {
        throw new DOMException('full', 'QuotaExceededError');
      },
      remove() {
        throw new DOMException('no', 'SecurityError');
      },
      keys: () => [],
    },
    'it is full': {
      ...fakeKeyValue(),
      set() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    },
  };
  for (const [how, session] of Object.entries(broken)) {
    it(`goes on in RAM and says so when ${how}`, async () => {
      const visit = open(fakePlatform({ overrides: { session } }));
      visit.put([fact('preferences.size', 'M')]);
      await endOfTask();
      expect(visit.lost).to.equal(true);
      expect(visit.entries.length).to.equal(1);
    });
  }

  it('does not leave behind what was forgotten when it cannot be written any more', async () => {
    const session = fakeKeyValue();
    const full = { ...session };
    const visit = open(fakePlatform({ overrides: { session: full } }));
    visit.put([fact('preferences.size', 'M'), fact('identity.company', 'Acme')]);
    await endOfTask();
    full.set = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    visit.put([forget({ key: 'preferences.size' })]);
    await endOfTask();
    expect(session.keys()).to.deep.equal([]);
  });

  const hostile = [
    'null',
    '0',
    '"x"',
    '[]',
    '{',
    '{"v":1}',
    '{"v":2,"user":null,"since":1767225600000,"entries":[]}',
    '{"v":1,"user":null,"since":"soon","entries":[]}',
    '{"v":1,"user":null,"since":1767225600000,"entries":7}',
    '{"v":1,"user":null,"since":1767225600000,"entries":[null,1,"x",{},{"kind":"fact"},{"__proto__":{"kind":"fact"}}]}',
    '{"__proto__":{"v":1,"user":null,"since":1767225600000,"entries":[]}}',
  ];
  for (const text of hostile) {
    it(`is empty when session storage holds ${text.slice(0, 60)}`, () => {
      platform.session?.set(KEY, text);
      expect(open(platform).entries).to.deep.equal([]);
      expect(({} as { kind?: string }).kind).to.equal(undefined);
    });
  }

  it('is in the tab’s own storage in a browser', async () => {
    const site = newSite();
    const real = browserPlatform();
    openVisitWriter(real, site, openVisit(real, site, null)).put([fact('preferences.size', 'M')]);
    await endOfTask();
    expect(sessionStorage.getItem(`customer-memory:${site}:visit`)).to.contain('"M"');
    const visit = openVisit(real, site, null);
    expect(visit.entries.length).to.equal(1);
    visit.clear();
    await endOfTask();
    expect(sessionStorage.getItem(`customer-memory:${site}:visit`)).to.equal(null);
  });
});
