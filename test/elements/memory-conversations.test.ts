import { expect } from '@open-wc/testing';
import { fakeMemory, head, heads, message, type FakeState } from '../helpers/fake-memory.js';
import { catchRaised } from './raised.js';
import {
  clear,
  expectAccessible,
  focused,
  part,
  parts,
  press,
  readable,
  settled,
  show,
  text,
} from './show.js';

const mike = { kind: 'person', name: 'Mike' } as const;
const three: FakeState = {
  heads: heads(3, (n) => ({
    with: mike,
    lastAt: Date.now() - n * 86_400_000,
    state: 'ended',
    outcome: 'solved',
  })),
  messages: {
    [head().id]: [
      message(1, { text: 'It leaks again' }),
      message(2, { by: { who: 'agent' }, text: 'Bring it in' }),
    ],
  },
};
const long: FakeState = {
  heads: heads(1),
  messages: { [head().id]: Array.from({ length: 45 }, (_, n) => message(n)) },
};

describe('memory-conversations', () => {
  afterEach(clear);

  it('shows the slot for nothing when there is nothing', async () => {
    const element = await show(
      'memory-conversations',
      { memory: fakeMemory() },
      { slot: '<p slot="empty">None yet.</p>' },
    );
    expect(
      element.renderRoot.querySelector<HTMLSlotElement>('slot[name=empty]')?.assignedNodes().map(text),
    ).to.deep.equal(['None yet.']);
  });

  it('is one button with a number before the press, and nothing a stranger could read', async () => {
    const element = await show('memory-conversations', { memory: fakeMemory(three) });
    expect(readable(element).trim()).to.equal('3 earlier conversations');
    expect(element.renderRoot.querySelectorAll('button').length).to.equal(1);
    expect(part(element, 'toggle')?.getAttribute('aria-expanded')).to.equal('false');
  });

  it('does not count or list the conversation that goes on in this page', async () => {
    const now = head({ id: '0195f000-0000-7000-8000-000000000099', lastAt: Date.now(), topic: 'Now' });
    const few = await show('memory-conversations', { memory: fakeMemory({ heads: [now, ...heads(2)] }) });
    expect(readable(few).trim()).to.equal('2 earlier conversations');
    await press(few, 'toggle');
    expect(parts(few, 'open').map(text)).to.deep.equal(['Topic 1', 'Topic 2']);
    const many = fakeMemory({ heads: [now, ...heads(12)] });
    const element = await show('memory-conversations', { memory: many });
    expect(readable(element).trim()).to.equal('12 earlier conversations');
    await many.tell({ heads: [{ ...now, state: 'ended' }, ...heads(12)] });
    await settled(element);
    expect(readable(element).trim()).to.equal('13 earlier conversations');
    const alone = await show('memory-conversations', { memory: fakeMemory({ heads: [now] }) });
    expect(readable(alone).trim()).to.equal('');
  });

  for (const [count, lang, words] of [
    [1, 'en', '1 earlier conversation'],
    [12, 'en', '12 earlier conversations'],
    [1, 'de', '1 früheres Gespräch'],
    [2, 'ar', 'محادثتان سابقتان'],
  ] as const) {
    it(`counts ${count} in ${lang}`, async () => {
      const element = await show(
        'memory-conversations',
        { memory: fakeMemory({ heads: heads(count) }) },
        { lang },
      );
      expect(text(part(element, 'toggle'))).to.equal(words);
    });
  }

  it('lists them, newest first, with whom, when and what became of it', async () => {
    const element = await show('memory-conversations', { memory: fakeMemory(three) });
    await press(element, 'toggle');
    expect(parts(element, 'item').map(text)).to.deep.equal([
      'Topic 1 Mike yesterday Solved',
      'Topic 2 Mike 2 days ago Solved',
      'Topic 3 Mike 3 days ago Solved',
    ]);
    await press(element, 'toggle');
    expect(parts(element, 'item')).to.deep.equal([]);
  });

  it('lists no more than its limit until asked, and puts the focus on the first new one', async () => {
    const element = await show('memory-conversations', {
      memory: fakeMemory({ heads: heads(12) }),
      limit: 5,
    });
    await press(element, 'toggle');
    expect(parts(element, 'item').length).to.equal(5);
    await press(element, 'more');
    expect(parts(element, 'item').length).to.equal(10);
    expect(focused(element)).to.equal(parts(element, 'open')[5]);
    await press(element, 'more');
    expect(parts(element, 'item').length).to.equal(12);
    expect(part(element, 'more')).to.equal(null);
  });

  it('lists one channel', async () => {
    const some = heads(30, (n) => ({ channel: n % 10 ? 'chat' : 'phone' }));
    const element = await show('memory-conversations', {
      memory: fakeMemory({ heads: [head({ channel: 'phone' }), ...some] }),
      channel: 'phone',
    });
    await press(element, 'toggle');
    expect(parts(element, 'item').length).to.equal(4);
  });

  it('reads one, oldest message first, and comes back to where it was', async () => {
    const element = await show('memory-conversations', { memory: fakeMemory(three) });
    await press(element, 'toggle');
    await press(element, 'open');
    expect(text(part(element, 'topic'))).to.equal('Topic 1');
    expect(focused(element)).to.equal(part(element, 'topic'));
    expect(parts(element, 'speaker').map(text)).to.deep.equal(['You', 'Mike']);
    expect(parts(element, 'text').map(text)).to.deep.equal(['It leaks again', 'Bring it in']);
    await press(element, 'back');
    expect(focused(element)).to.equal(part(element, 'open'));
  });

  it('lets the page open its own chat', async () => {
    const element = await show('memory-conversations', { memory: fakeMemory(three) });
    const ids: string[] = [];
    element.addEventListener('memory-conversation-open', (event) => {
      ids.push(event.detail.id);
      event.preventDefault();
    });
    await press(element, 'toggle');
    await press(element, 'open', 1);
    expect(ids).to.deep.equal([three.heads?.[1]?.id]);
    expect(part(element, 'reading')).to.equal(null);
  });

  it('reads what another element asks for, unless the page does', async () => {
    const memory = fakeMemory({
      ...three,
      facts: { 'identity.name': { value: { given: 'Ana' } } },
      consent: { state: 'granted' },
    });
    const greeting = await show('memory-greeting', { memory });
    const element = await show('memory-conversations', { memory });
    const cancel = (event: Event) => event.preventDefault();
    window.addEventListener('memory-conversation-open', cancel);
    await press(greeting, 'resume');
    await settled(element);
    expect(part(element, 'reading')).to.equal(null);
    window.removeEventListener('memory-conversation-open', cancel);
    await press(greeting, 'resume');
    await settled(element);
    expect(text(part(element, 'topic'))).to.equal('Topic 1');
    expect(focused(element)).to.equal(part(element, 'topic'));
    await press(element, 'back');
    expect(parts(element, 'item').length).to.equal(3);
  });

  it('leaves what is pressed in one list to that one', async () => {
    const memory = fakeMemory(three);
    const [one, other] = [
      await show('memory-conversations', { memory }),
      await show('memory-conversations', { memory }),
    ];
    await press(one, 'toggle');
    await press(one, 'open');
    await settled(other);
    expect([one, other].map((element) => Boolean(part(element, 'reading')))).to.deep.equal([true, false]);
  });

  it('reads twenty messages at a time', async () => {
    const element = await show('memory-conversations', { memory: fakeMemory(long) });
    await press(element, 'toggle');
    await press(element, 'open');
    expect(text(parts(element, 'text')[0])).to.equal('Message 25');
    await press(element, 'earlier');
    await press(element, 'earlier');
    expect(parts(element, 'text').map(text)).to.deep.equal(
      Array.from({ length: 45 }, (_, n) => `Message ${n}`),
    );
    expect(part(element, 'earlier')).to.equal(null);
    expect(focused(element)).to.equal(part(element, 'topic'));
  });

  it('follows what is said while it is read', async () => {
    const memory = fakeMemory(three);
    const element = await show('memory-conversations', { memory });
    await press(element, 'toggle');
    await press(element, 'open');
    await memory.tell({
      messages: { [head().id]: [message(1), message(2), message(3, { text: 'Thanks' })] },
    });
    await settled(element);
    expect(text(parts(element, 'text')[2])).to.equal('Thanks');
  });

  it('is empty at once when the memory is put aside', async () => {
    const memory = fakeMemory(three);
    const element = await show('memory-conversations', { memory });
    await press(element, 'toggle');
    await press(element, 'open');
    const aside = memory.notMe();
    await aside;
    await element.updateComplete;
    expect(text(element.renderRoot)).to.equal('');
  });

  it('lists, and reads, what has a date that no calendar has', async () => {
    const odd = head({ topic: 'Odd', state: 'ended', lastAt: 1e300 });
    const memory = fakeMemory({ heads: [odd], messages: { [odd.id]: [message(1, { at: 1e300 })] } });
    const element = await show('memory-conversations', { memory });
    await press(element, 'toggle');
    expect(text(part(element, 'when'))).to.equal('–');
    await press(element, 'open');
    expect(text(part(element, 'time'))).to.equal('–');
    expect(part(element, 'time')?.hasAttribute('datetime')).to.equal(false);
  });

  for (const odd of [{ _$litType$: 1, strings: [] }, { length: 100 }, { toString: 1 }, 5] as never[]) {
    it(`lists, and reads, what another version has written where a text belongs: ${JSON.stringify(odd)}`, async () => {
      const with_ = { kind: 'person', name: odd } as const;
      const one = head({ topic: odd, summary: odd, outcome: odd, with: with_, state: 'ended' });
      const said = [message(1, { by: { who: 'agent', name: odd } }), message(2)];
      const { raised, stop } = catchRaised();
      const element = await show('memory-conversations', {
        memory: fakeMemory({ heads: [one], messages: { [one.id]: said } }),
      });
      await press(element, 'toggle');
      expect(text(part(element, 'open'))).to.equal('Conversation');
      expect(text(part(element, 'helper'))).to.equal('Us');
      await press(element, 'open');
      stop();
      expect(raised).to.deep.equal([]);
      expect(part(element, 'summary')).to.equal(null);
      expect(parts(element, 'speaker').map(text)).to.deep.equal(['Us', 'You']);
      expect(parts(element, 'text').map(text)).to.deep.equal(['Message 1', 'Message 2']);
    });
  }

  it('says so when reading fails, and can be asked again', async () => {
    const memory = fakeMemory({ ...three, failing: ['latest'] });
    const element = await show('memory-conversations', { memory });
    const before = window.onerror;
    window.onerror = () => true;
    await press(element, 'toggle');
    window.onerror = before;
    expect(text(part(element, 'status'))).to.equal('That could not be read. Try again.');
    await memory.tell({ failing: [] });
    await settled(element);
    expect(parts(element, 'item').length).to.equal(3);
    expect(text(part(element, 'status'))).to.equal('');
  });

  it('prints markup as text, every message in its own direction', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const messages = {
      [head().id]: [
        message(1, { text: evil, by: { who: 'agent', name: evil } }),
        message(2, { text: 'שלום' }),
      ],
    };
    const element = await show('memory-conversations', {
      memory: fakeMemory({ heads: [head({ topic: evil })], messages }),
    });
    await press(element, 'toggle');
    await press(element, 'open');
    expect(element.renderRoot.querySelector('img')).to.equal(null);
    expect(parts(element, 'text').map(text)).to.deep.equal([evil, 'שלום']);
    expect(parts(element, 'text').map((node) => getComputedStyle(node).direction)).to.deep.equal([
      'ltr',
      'rtl',
    ]);
  });

  it('keeps a word of ten thousand letters within the page', async () => {
    const wide = 'W'.repeat(10_000);
    const messages = { [head().id]: [message(1, { text: wide })] };
    const element = await show('memory-conversations', {
      memory: fakeMemory({ heads: [head({ topic: wide, with: { kind: 'person', name: wide } })], messages }),
    });
    await press(element, 'toggle');
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
    await press(element, 'open');
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  for (const dark of [false, true]) {
    for (const lang of ['en', 'de', 'ar']) {
      it(`is accessible: ${lang}, ${dark ? 'dark' : 'light'}`, async () => {
        const element = await show(
          'memory-conversations',
          { memory: fakeMemory({ ...long, ...three, heads: heads(12) }), limit: 5 },
          { lang, dark },
        );
        await expectAccessible(element);
        await press(element, 'toggle');
        await expectAccessible(element);
        await press(element, 'open');
        await expectAccessible(element);
      });
    }
  }
});
