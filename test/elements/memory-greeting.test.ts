import { expect } from '@open-wc/testing';
import type { Uuid } from '../../src/memory/types.js';
import { fakeMemory, head, type FakeState } from '../helpers/fake-memory.js';
import {
  appears,
  clear,
  expectAccessible,
  focused,
  heard,
  part,
  press,
  readable,
  settled,
  show,
  text,
} from './show.js';

/** From the device, which was told to keep it. */
const back: FakeState = { consent: { state: 'granted' } };
const yesterday = Date.now() - 86_400_000;
const ana: FakeState = {
  facts: {
    'identity.name': { value: { given: 'Ana', family: 'Souza' } },
    'identity.email': { value: 'ana@example.com' },
    'identity.addresses.home': { value: { streetAddress: 'Rua Augusta 1' } },
  },
  heads: [head({ topic: 'Leaking fork', with: { kind: 'person', name: 'Mike' }, lastAt: yesterday })],
  ...back,
};

describe('memory-greeting', () => {
  afterEach(clear);

  it('shows its slot to a stranger', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory() }, { slot: 'Welcome to Acme.' });
    expect(text(greeting.renderRoot)).to.equal('');
    expect(greeting.renderRoot.querySelector('slot')?.assignedNodes().map(text)).to.deep.equal([
      'Welcome to Acme.',
    ]);
  });

  it('greets by the given name, and rather by the preferred one', async () => {
    const memory = fakeMemory(ana);
    const greeting = await show('memory-greeting', { memory });
    expect(text(part(greeting, 'greeting'))).to.match(/^Welcome back, Ana\./);
    await memory.tell({ facts: { 'identity.name': { value: { given: 'Ana', preferred: 'Anita' } } } });
    await settled(greeting);
    expect(text(part(greeting, 'greeting'))).to.match(/^Welcome back, Anita\./);
  });

  for (const value of [
    { full: 'Ana Souza' },
    { family: 'Souza' },
    { given: '  ' },
    {},
    null,
    'Ana',
    7,
    [],
    { given: 7 },
    { given: null, preferred: {} },
  ]) {
    it(`greets nobody as ${JSON.stringify(value)}`, async () => {
      const greeting = await show('memory-greeting', {
        memory: fakeMemory({ facts: { 'identity.name': { value } } }),
      });
      expect(text(greeting.renderRoot)).to.equal('');
    });
  }

  it('does not show a name that is discreet', async () => {
    const facts = { 'identity.name': { value: { given: 'Ana' }, discreet: true as const } };
    expect(
      text((await show('memory-greeting', { memory: fakeMemory({ facts, ...back }) })).renderRoot),
    ).to.equal('');
  });

  it('has its text in the first rendering, without waiting for anything', async () => {
    const greeting = document.createElement('memory-greeting');
    greeting.memory = fakeMemory(ana);
    document.body.append(greeting);
    await Promise.resolve();
    expect(text(part(greeting, 'greeting'))).to.contain('Welcome back, Ana.');
    greeting.remove();
  });

  it('shows a first name and a button before the press, and nothing else a stranger could read', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory(ana) });
    const shown = readable(greeting);
    expect(shown).to.contain('Pick up where we left off');
    for (const secret of ['Souza', 'Mike', 'fork', 'yesterday', 'example.com', 'Augusta'])
      expect(shown, secret).not.to.contain(secret);
  });

  it('says with whom, when and about what after the press', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory(ana) });
    await press(greeting, 'resume');
    expect(text(part(greeting, 'details'))).to.equal('You talked with Mike yesterday about Leaking fork.');
    expect(part(greeting, 'details')?.getAttribute('role')).to.equal('status');
  });

  it('asks the page to open the conversation, and says nothing itself when the page does', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory(ana) });
    const opened: Uuid[] = [];
    document.addEventListener(
      'memory-conversation-open',
      (event) => {
        opened.push(event.detail.id);
        event.preventDefault();
      },
      { once: true },
    );
    await press(greeting, 'resume');
    expect(opened).to.deep.equal([ana.heads?.[0]?.id]);
    expect(text(part(greeting, 'details'))).to.equal('');
  });

  it('says more unasked when the site raises it', async () => {
    const helper = await show('memory-greeting', { memory: fakeMemory(ana), reveal: 'helper' });
    expect(text(part(helper, 'details'))).to.equal('You talked with Mike yesterday.');
    const topic = await show('memory-greeting', { memory: fakeMemory(ana), reveal: 'topic' });
    expect(text(part(topic, 'details'))).to.equal('You talked with Mike yesterday about Leaking fork.');
  });

  it('greets, and offers to go on, where no calendar has the time of the last conversation', async () => {
    const odd = { topic: 'Leaking fork', with: { kind: 'person', name: 'Mike' }, lastAt: -1e99 } as const;
    const greeting = await show('memory-greeting', {
      memory: fakeMemory({ ...ana, heads: [head(odd)] }),
      reveal: 'topic',
    });
    expect(text(part(greeting, 'text'))).to.equal('Welcome back, Ana.');
    expect(text(part(greeting, 'details'))).to.equal('You talked with Mike – about Leaking fork.');
  });

  it('never offers or shows a conversation that is discreet', async () => {
    const discreet = head({ topic: 'A secret', discreet: true });
    const alone = await show('memory-greeting', {
      memory: fakeMemory({ ...ana, heads: [discreet] }),
      reveal: 'topic',
    });
    expect(part(alone, 'resume')).to.equal(null);
    expect(readable(alone)).not.to.contain('secret');
    const another = head({ id: 'another', topic: 'Brakes', lastAt: yesterday });
    const both = await show('memory-greeting', {
      memory: fakeMemory({ ...ana, heads: [discreet, another] }),
    });
    await press(both, 'resume');
    expect(text(part(both, 'details'))).to.equal('You talked with us yesterday about Brakes.');
  });

  it('calls a helper who is not human our assistant', async () => {
    const heads = [head({ with: { kind: 'assistant', name: 'Claudia' }, lastAt: yesterday })];
    const greeting = await show('memory-greeting', {
      memory: fakeMemory({ ...ana, heads }),
      reveal: 'topic',
    });
    expect(text(part(greeting, 'details'))).to.equal('You talked with our assistant yesterday.');
  });

  it('puts the memory aside for somebody else, tells before and after, and moves the focus to what it says', async () => {
    const memory = fakeMemory(ana);
    const greeting = await show('memory-greeting', { memory }, { slot: 'Welcome to Acme.' });
    const names = heard(document, 'memory-person-leave', 'memory-person-change');
    part(greeting, 'not-me')?.focus();
    await leave(greeting);
    expect(names).to.deep.equal(['memory-person-leave', 'memory-person-change']);
    expect(memory.asked).to.deep.equal([['notMe']]);
    expect(text(greeting.renderRoot)).to.match(
      /^Sorry\. That wasn’t meant for you\..* It is deleted after 30 days\.$/,
    );
    expect(greeting.renderRoot.querySelector('slot')).to.exist;
    expect(focused(greeting)).to.equal(part(greeting, 'details'));
    expect(readable(greeting)).not.to.contain('Ana');
  });

  it('says that what was put aside comes back to who signs in, if they are known by that', async () => {
    const memory = fakeMemory(ana);
    Object.assign(memory, { visitor: { assurance: 'verified', user: 'u1' } });
    const greeting = await show('memory-greeting', { memory });
    await leave(greeting);
    expect(text(part(greeting, 'details'))).to.match(/It comes back when its owner signs in/);
  });

  it('leaves the focus where the person has moved it before the apology came', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory(ana) });
    const field = document.createElement('input');
    greeting.after(field);
    greeting.addEventListener('memory-person-change', () => field.focus());
    part(greeting, 'not-me')?.focus();
    await leave(greeting);
    expect(text(part(greeting, 'details'))).to.match(/^Sorry/);
    expect(document.activeElement).to.equal(field);
  });

  for (const [lang, sorry] of [
    ['de-AT', /^Verzeihung\..* Es wird nach 30 Tagen gelöscht\.$/],
    ['ar', /^عذرًا،.* سيُحذف بعد 30 يومًا\.$/],
    ['tlh', /^Sorry\./],
  ] as const)
    it(`says sorry in the language of the page around it, and says which: ${lang}`, async () => {
      const greeting = await show('memory-greeting', { memory: fakeMemory(ana) }, { lang });
      await leave(greeting);
      expect(text(part(greeting, 'details'))).to.match(sorry);
      expect(part(greeting, 'details')?.lang).to.equal(lang === 'tlh' ? 'en' : lang);
      expect(part(greeting, 'details')?.dir).to.equal(lang === 'ar' ? 'rtl' : 'ltr');
    });

  it('does not say "back" in the visit in which the name was given, even when it is kept meanwhile', async () => {
    const memory = fakeMemory({ facts: { 'identity.name': { value: { given: 'Ana' } } } });
    const greeting = await show('memory-greeting', { memory }, { slot: 'Welcome to Acme.' });
    expect(readable(greeting).trim()).to.equal('');
    await memory.consent.grant();
    await settled(greeting);
    expect(readable(greeting).trim(), 'a press on the box is no return').to.equal('');
    const another = await show('memory-greeting', { memory });
    expect(readable(another).trim()).to.equal('');
  });

  it('does not say "back" to a name given on this page, but goes on greeting who corrects theirs', async () => {
    const now = { value: { given: 'Anna' }, at: Date.now() };
    const first = fakeMemory({ facts: { 'identity.name': now }, ...back });
    expect(readable(await show('memory-greeting', { memory: first })).trim()).to.equal('');
    const second = fakeMemory(ana);
    const greeting = await show('memory-greeting', { memory: second });
    await second.tell({ facts: { 'identity.name': now } });
    await settled(greeting);
    expect(readable(greeting)).to.contain('Welcome back, Anna.');
  });

  it('does not offer to pick up the conversation one is in', async () => {
    const memory = fakeMemory({ ...ana, heads: [head({ lastAt: Date.now() }), ...(ana.heads ?? [])] });
    const greeting = await show('memory-greeting', { memory });
    expect(readable(greeting)).to.contain('Ana');
    expect(part(greeting, 'resume')).to.equal(null);
  });

  it('keeps the memory when the page cancels', async () => {
    const memory = fakeMemory(ana);
    const greeting = await show('memory-greeting', { memory });
    greeting.addEventListener('memory-person-leave', (event) => event.preventDefault());
    await press(greeting, 'not-me');
    expect(memory.asked).to.deep.equal([]);
    expect(readable(greeting)).to.contain('Ana');
  });

  it('keeps the greeting when putting the memory aside fails', async () => {
    const greeting = await show('memory-greeting', { memory: fakeMemory({ ...ana, failing: ['notMe'] }) });
    const reported = await errorsWhile(() => press(greeting, 'not-me'));
    expect(reported).to.deep.equal(['notMe was told to fail']);
    expect(readable(greeting)).to.contain('Ana');
  });

  it('greets once where once is enough', async () => {
    const memory = fakeMemory(ana);
    const first = await show('memory-greeting', { memory, every: 'visit' });
    const second = await show('memory-greeting', { memory, every: 'visit' });
    expect([first, second].map((one) => readable(one).includes('Ana'))).to.deep.equal([true, false]);
  });

  it('prints markup in names and topics as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const facts = { 'identity.name': { value: { given: evil } } };
    const heads = [head({ topic: evil, lastAt: yesterday, with: { kind: 'person', name: evil } })];
    const greeting = await show('memory-greeting', {
      memory: fakeMemory({ facts, heads, ...back }),
      reveal: 'topic',
    });
    expect(greeting.renderRoot.querySelector('img')).to.equal(null);
    expect(text(part(greeting, 'details'))).to.equal(`You talked with ${evil} yesterday about ${evil}.`);
  });

  it('keeps a name of ten thousand letters within a few lines', async () => {
    const facts = { 'identity.name': { value: { given: 'W'.repeat(10_000) } } };
    const greeting = await show('memory-greeting', { memory: fakeMemory({ facts, ...back }) });
    expect(greeting.scrollWidth).to.be.at.most(greeting.clientWidth);
    expect(greeting.getBoundingClientRect().height).to.be.lessThan(200);
  });

  it('isolates a name of the other direction', async () => {
    const facts = { 'identity.name': { value: { given: 'דוד' } } };
    const greeting = await show('memory-greeting', { memory: fakeMemory({ facts, ...back }) });
    expect(part(greeting, 'name')?.localName).to.equal('bdi');
    expect(text(part(greeting, 'greeting'))).to.match(/^Welcome back, דוד\./);
  });

  it('speaks the language of the page around it, and says which', async () => {
    const greeting = await show(
      'memory-greeting',
      { memory: fakeMemory(ana), reveal: 'topic' },
      { lang: 'de-AT' },
    );
    expect(text(part(greeting, 'greeting'))).to.match(/^Willkommen zurück, Ana\./);
    expect(text(part(greeting, 'details'))).to.equal(
      'Sie haben gestern mit Mike gesprochen. Thema: Leaking fork.',
    );
    expect(part(greeting, 'base')?.lang).to.equal('de-AT');
    const arabic = await show('memory-greeting', { memory: fakeMemory(ana) }, { lang: 'ar' });
    expect(part(arabic, 'base')?.dir).to.equal('rtl');
    const nobodys = await show('memory-greeting', { memory: fakeMemory(ana) }, { lang: 'tlh' });
    expect(part(nobodys, 'base')?.lang).to.equal('en');
  });

  for (const dark of [false, true]) {
    for (const lang of ['en', 'de', 'ar']) {
      it(`is accessible: ${lang}, ${dark ? 'dark' : 'light'}`, async () => {
        const memory = fakeMemory(ana);
        const greeting = await show(
          'memory-greeting',
          { memory, reveal: 'topic' },
          { slot: 'Welcome.', lang, dark },
        );
        await expectAccessible(greeting);
        await leave(greeting);
        await expectAccessible(greeting);
        await memory.tell({ facts: {} });
        await settled(greeting);
        await expectAccessible(greeting);
      });
    }
  }
});

/** Presses "Not Ana?", and waits for the apology, which is fetched. */
async function leave(greeting: HTMLElementTagNameMap['memory-greeting']): Promise<void> {
  await press(greeting, 'not-me');
  await appears(greeting, '[tabindex]');
  await settled(greeting);
}

/** The messages of errors reported to the page while `run` ran. */
async function errorsWhile(run: () => Promise<void>): Promise<string[]> {
  const messages: string[] = [];
  const before = window.onerror;
  window.onerror = (_message, _source, _line, _column, error) => {
    messages.push(error?.message ?? '');
    return true;
  };
  await run();
  window.onerror = before;
  return messages;
}
