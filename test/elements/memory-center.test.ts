import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { createMemory } from '../../src/index.js';
import type { ForgetSelector, Receipt } from '../../src/memory/types.js';
import { fakeMemory, head, heads, NOW, type FakeState } from '../helpers/fake-memory.js';
import type { MemoryElement } from '../../src/elements.js';
import { loaded, testBrowser } from '../memory/support.js';
import { catchRaised } from './raised.js';
import {
  appears,
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

const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(NOW);

const known: FakeState = {
  facts: {
    'identity.name': { value: { given: 'Ana' }, by: { who: 'visitor', page: 'Checkout' } },
    'preferences.shoeSize': { value: 41 },
    'preferences.note': { value: 'Ring twice', why: 'works nights' },
  },
  titles: {
    'identity.name': 'name',
    'preferences.shoeSize': 'Shoe size',
    'preferences.note': 'For the courier',
  },
  heads: [head({ topic: 'Leaking fork', with: { kind: 'person', name: 'Mike' } })],
  consent: { state: 'granted' },
};
const open = (state: FakeState = known) => show('memory-center', { memory: fakeMemory(state), open: true });
/** Presses one of the buttons that change something, and waits for the form, which is fetched. */
async function opens(element: MemoryElement, nth = 0): Promise<void> {
  parts(element, 'correct')[nth]?.click();
  await appears(element, '[part="field"]');
  await settled(element);
}
const values = (element: Parameters<typeof parts>[0]) => parts(element, 'value').map(text);

describe('memory-center', () => {
  afterEach(clear);

  it('is one button until it is pressed, and nothing a stranger could read', async () => {
    const element = await show('memory-center', { memory: fakeMemory(known) });
    expect(readable(element).trim()).to.equal('What we remember about you');
    await press(element, 'toggle');
    expect(part(element, 'toggle')?.getAttribute('aria-expanded')).to.equal('true');
    expect(values(element)).to.deep.equal(['Ana', '41', 'Ring twice']);
    await press(element, 'toggle');
    expect(readable(element).trim()).to.equal('What we remember about you');
  });

  it('shows all of it on a page that is visited to see it', async () => {
    const element = await open();
    expect(text(part(element, 'title'))).to.equal('What we remember about you');
    expect(parts(element, 'name').map(text)).to.deep.equal(['Your name', 'Shoe size', 'For the courier']);
    expect(text(part(element, 'topic'))).to.equal('Leaking fork');
  });

  it('says nothing when there is nothing', async () => {
    const element = await open({});
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    expect(part(element, 'forget-all')).to.equal(null);
  });

  for (const [fact, why] of [
    [{ by: { who: 'visitor', page: 'Checkout' } }, `You told us, ${day}, on Checkout.`],
    [{}, `You told us, ${day}.`],
    [{ by: { who: 'agent', relayed: 'Mike' } }, `Mike wrote it down for you, ${day}. Right?`],
    [{ authority: 'verified' }, `From your account, ${day}.`],
    [{ authority: 'recorded' }, 'From our own records.'],
    [{ authority: 'agent', by: { who: 'agent', name: 'Mike' } }, `Mike noted it, ${day}.`],
    [{ authority: 'agent', by: { who: 'assistant', name: 'Bot' } }, `Our assistant noted it, ${day}.`],
    [{ authority: 'agent' }, `We noted it, ${day}.`],
    [{ authority: 'observed' }, `From what you chose, ${day}.`],
    [{ authority: 'inferred' }, 'We guessed this. Tell us if it’s wrong.'],
    [{ why: 'works nights' }, `You told us, ${day}. Because: works nights.`],
    [{ reconfirm: true }, `You told us, ${day}. Something newer disagrees. Is this still right?`],
  ] as const) {
    it(`says why: ${why.replace(day, '…')}`, async () => {
      const element = await open({ facts: { 'preferences.size': { value: 'M', ...fact } } });
      expect(text(part(element, 'why'))).to.equal(why);
    });
  }

  it('forgets one thing in one press, tells before and after, and keeps the focus in place', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    const told: unknown[] = [];
    const note = (event: CustomEvent<{ selector: ForgetSelector; receipt?: Receipt }>) =>
      told.push([event.type, event.detail]);
    element.addEventListener('memory-forget', note);
    element.addEventListener('memory-forgotten', note);
    await press(element, 'forget', 1);
    const selector = { key: 'preferences.shoeSize' };
    expect(memory.asked.filter(([verb]) => verb === 'forget')).to.deep.equal([['forget', selector]]);
    expect(told).to.deep.equal([
      ['memory-forget', { selector }],
      ['memory-forgotten', { selector, receipt: { at: NOW, facts: 1, conversations: 0, messages: 0 } }],
    ]);
    expect(values(element)).to.deep.equal(['Ana', 'Ring twice']);
    expect(text(part(element, 'status'))).to.match(/^Gone from this device, .*\d.*\.$/);
    expect(part(element, 'status')?.getAttribute('role')).to.equal('status');
    expect(focused(element)).to.equal(parts(element, 'forget')[1]);
  });

  it('raises nothing where the page closes its memory when it is told of a press, and says nothing of it', async () => {
    const closed = fakeMemory(known);
    closed.forget = () => Promise.reject(Object.assign(new Error('closed'), { code: 'closed' }));
    const element = await show('memory-center', { memory: closed, open: true });
    element.addEventListener('memory-forget', () => void closed.close(), { once: true });
    const { raised, stop } = catchRaised();
    await press(element, 'forget');
    expect(part(element, 'base')).to.equal(null);
    element.memory = fakeMemory(known);
    await settled(element);
    stop();
    expect(raised).to.deep.equal([]);
    expect(text(part(element, 'status'))).to.equal('');
  });

  it('moves the focus to the last row when the last one goes, and to what was said when none is left', async () => {
    const element = await open({
      facts: { 'preferences.a': { value: 'A' }, 'preferences.b': { value: 'B' } },
    });
    await press(element, 'forget', 1);
    expect(focused(element)).to.equal(parts(element, 'forget')[0]);
    await press(element, 'forget');
    expect(focused(element)).to.equal(part(element, 'status'));
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
  });

  it('hides no button that has the focus under what it says of the last press', async () => {
    const element = await open();
    const window = document.createElement('div');
    window.style.cssText = 'block-size: 200px; inline-size: 320px; overflow: auto';
    element.before(window);
    window.append(element);
    await settled(element);
    await press(element, 'forget');
    const covers = () => part(element, 'status')!.getBoundingClientRect().top;
    const foot = window.getBoundingClientRect().bottom;
    expect(covers(), 'what it says lies over the rest').to.be.below(foot);
    for (const button of element.renderRoot.querySelectorAll('button')) {
      button.blur();
      window.scrollTop += button.getBoundingClientRect().bottom - foot;
      button.focus();
      expect(button.getBoundingClientRect().bottom, text(button)).to.be.at.most(covers());
    }
    window.remove();
  });

  it('forgets a conversation', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'forget', 3);
    expect(memory.asked).to.deep.include(['forget', { conversation: head().id }]);
    expect(part(element, 'topic')).to.equal(null);
  });

  it('keeps what the page wants kept', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    element.addEventListener('memory-forget', (event) => event.preventDefault());
    await press(element, 'forget');
    expect(values(element)).to.deep.equal(['Ana', '41', 'Ring twice']);
  });

  it('asks before all of it goes, in numbers, and does nothing when told to keep it', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'forget-all');
    expect(text(part(element, 'question'))).to.equal(
      'Forget 3 things and 1 conversation? This cannot be undone.',
    );
    expect(focused(element)).to.equal(part(element, 'question'));
    await press(element, 'keep');
    expect(focused(element)).to.equal(part(element, 'forget-all'));
    expect(memory.asked.some(([verb]) => verb === 'forget')).to.equal(false);
  });

  it('forgets all of it', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'forget-all');
    await press(element, 'sure');
    expect(memory.asked).to.deep.include(['forget', 'everything']);
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    expect(text(part(element, 'status'))).to.match(/^Gone from this device/);
    expect(focused(element)).to.equal(part(element, 'status'));
  });

  it('hands over a copy', async () => {
    const element = await open();
    let link: HTMLAnchorElement | undefined;
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      link = this;
    };
    await press(element, 'copy');
    HTMLAnchorElement.prototype.click = click;
    expect(link?.download).to.equal('test-memory.json');
    const copy: unknown = await (await fetch(link?.href ?? '')).json();
    expect(copy).to.deep.equal({ v: 1, site: 'test', at: NOW, entries: [] });
    expect(text(part(element, 'status'))).to.equal('The copy is in your downloads.');
  });

  it('corrects a number in place', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    const told: unknown[] = [];
    element.addEventListener('memory-fact-correct', (event) => told.push(event.detail));
    await opens(element, 1);
    expect(focused(element)).to.equal(part(element, 'field'));
    (part(element, 'field') as HTMLInputElement).value = '42';
    await press(element, 'save');
    expect(told).to.deep.equal([{ key: 'preferences.shoeSize', value: 42 }]);
    expect(memory.asked).to.deep.include(['remember', 'preferences.shoeSize', 42]);
    expect(values(element)).to.deep.equal(['Ana', '42', 'Ring twice']);
    expect(text(part(element, 'status'))).to.match(/^Changed, /);
    expect(focused(element)).to.equal(parts(element, 'correct')[1]);
  });

  it('corrects by keyboard alone, and leaves it with Escape', async () => {
    const element = await open();
    parts(element, 'correct')[2]?.focus();
    await sendKeys({ press: 'Enter' });
    await appears(element, '[part="field"]');
    await settled(element);
    await sendKeys({ press: 'Escape' });
    await settled(element);
    expect(part(element, 'field')).to.equal(null);
    expect(focused(element)).to.equal(parts(element, 'correct')[2]);
    await sendKeys({ press: 'Enter' });
    await settled(element);
    await sendKeys({ type: '!' });
    await sendKeys({ press: 'Enter' });
    await settled(element);
    expect(values(element)).to.deep.equal(['Ana', '41', 'Ring twice!']);
  });

  it('says beside the field that a value does not fit, and keeps what was typed', async () => {
    const memory = fakeMemory(known);
    memory.remember = () => Promise.reject(Object.assign(new Error('no'), { code: 'invalid_value' }));
    const element = await show('memory-center', { memory, open: true });
    await opens(element, 1);
    (part(element, 'field') as HTMLInputElement).value = '400';
    await press(element, 'save');
    const field = part(element, 'field') as HTMLInputElement;
    expect(text(part(element, 'unfit'))).to.equal('That does not fit here. Try another.');
    expect([field.value, field.getAttribute('aria-invalid')]).to.deep.equal(['400', 'true']);
    expect(focused(element)).to.equal(field);
  });

  /** The field of the form by the name of its part, as the person reads it. */
  const labelled = (element: MemoryElement, name: string) =>
    parts(element, 'label')
      .find((label) => text(label).startsWith(name))
      ?.querySelector<HTMLInputElement>('[part]:is(input, select)');

  it('corrects a name by its parts, and lets no whole name stand that no longer fits', async () => {
    const memory = fakeMemory({
      facts: { 'identity.name': { value: { given: 'Ana', full: 'Ana Souza Lima' } } },
    });
    const element = await show('memory-center', { memory, open: true });
    await opens(element);
    expect(parts(element, 'caption').map(text)).to.deep.equal([
      'Given name',
      'Family name',
      'What to call you',
    ]);
    expect(parts(element, 'field').map((one) => (one as HTMLInputElement).value)).to.deep.equal([
      'Ana',
      'Souza Lima',
      '',
    ]);
    expect(labelled(element, 'Family')?.autocomplete).to.equal('family-name');
    (labelled(element, 'Given') as HTMLInputElement).value = ' Anna ';
    await press(element, 'save');
    expect(memory.asked).to.deep.include([
      'remember',
      'identity.name',
      { given: 'Anna', family: 'Souza Lima' },
    ]);
  });

  it('corrects a whole name that has no parts as a whole', async () => {
    const memory = fakeMemory({ facts: { 'identity.name': { value: { full: 'Ana Souza' } } } });
    const element = await show('memory-center', { memory, open: true });
    await opens(element);
    (labelled(element, 'Full') as HTMLInputElement).value = 'Anna Souza';
    await press(element, 'save');
    expect(memory.asked).to.deep.include(['remember', 'identity.name', { full: 'Anna Souza' }]);
  });

  it('corrects an address by its parts, the country by its name, and keeps the parts that it does not show', async () => {
    const value = { streetAddress: 'Rua Augusta 1', postalCode: '1100', country: 'pt', label: 'Mum’s' };
    const memory = fakeMemory({ facts: { 'identity.addresses.home': { value } } });
    const element = await show('memory-center', { memory, open: true });
    await opens(element);
    expect(parts(element, 'caption').map(text)).to.deep.equal([
      'What you call this place',
      'Street and number',
      'Postcode',
      'Town',
      'Country',
    ]);
    const country = labelled(element, 'Country') as HTMLInputElement;
    expect(country.value).to.equal('PT');
    expect(text(country))
      .to.contain('Portugal')
      .and.to.contain('United Kingdom')
      .and.not.to.contain('Unknown');
    country.value = 'AT';
    (labelled(element, 'Town') as HTMLInputElement).value = 'Wien';
    (labelled(element, 'Postcode') as HTMLInputElement).value = '';
    await press(element, 'save');
    expect(memory.asked).to.deep.include([
      'remember',
      'identity.addresses.home',
      { streetAddress: 'Rua Augusta 1', country: 'AT', label: 'Mum’s', addressLevel2: 'Wien' },
    ]);
  });

  it('offers the labelled values where there are some', async () => {
    const memory = fakeMemory({ facts: { 'preferences.delivery': { value: 'pickup' } } });
    Object.assign(memory, {
      choices: () => [
        ['home', 'To my door'],
        ['pickup', 'I pick it up'],
      ],
      describe: () => ({ title: 'How you get it', value: 'I pick it up' }),
    });
    const element = await show('memory-center', { memory, open: true });
    await opens(element);
    const select = part(element, 'field') as HTMLSelectElement;
    expect([...select.options].map((one) => [text(one), one.selected])).to.deep.equal([
      ['To my door', false],
      ['I pick it up', true],
    ]);
    select.value = 'home';
    await press(element, 'save');
    expect(memory.asked).to.deep.include(['remember', 'preferences.delivery', 'home']);
  });

  it('offers what stands there too, when it is none of the labelled values', async () => {
    const memory = fakeMemory({ facts: { 'preferences.delivery': { value: 'drone' } } });
    Object.assign(memory, { choices: () => [['home', 'To my door']] });
    const element = await show('memory-center', { memory, open: true });
    await opens(element);
    const select = part(element, 'field') as HTMLSelectElement;
    expect([...select.options].map((one) => [one.value, one.selected])).to.deep.equal([
      ['drone', true],
      ['home', false],
    ]);
  });

  it('offers no field for what is chosen among several that it does not know, nor for what was signed', async () => {
    const memory = fakeMemory({
      facts: {
        'preferences.delivery': { value: 'pickup' },
        'preferences.level': { value: 3, authority: 'verified' },
      },
    });
    memory.describe = (fact) => ({ title: fact?.key ?? '', value: 'I pick it up' });
    const element = await show('memory-center', { memory, open: true });
    expect(part(element, 'correct')).to.equal(null);
  });

  it('makes a guess the person’s own word when they say yes', async () => {
    const memory = fakeMemory({ facts: { 'preferences.size': { value: 'M', authority: 'inferred' } } });
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'right');
    expect(memory.asked).to.deep.include(['remember', 'preferences.size', 'M']);
    expect(text(part(element, 'status'))).to.match(/^Thank you\. Noted, /);
  });

  it('says what became of a press where it can be seen, however long the list is', async () => {
    const facts = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`preferences.p${n}`, { value: `v${n}` }]),
    );
    const element = await open({ facts });
    element.scrollIntoView();
    await opens(element);
    part(element, 'field')?.closest('form')?.requestSubmit();
    await appears(element, '[part="status"]:not(:empty)');
    const { top, bottom } = part(element, 'status')?.getBoundingClientRect() ?? { top: NaN, bottom: NaN };
    expect(element.getBoundingClientRect().bottom).to.be.greaterThan(innerHeight);
    expect(top).to.be.greaterThan(0);
    expect(bottom).to.be.most(innerHeight);
  });

  it('says what this browser keeps', async () => {
    const kept = async (state: FakeState) => text(part(await open(state), 'kept'));
    expect(await kept({ consent: { state: 'granted' } })).to.contain(
      'What you see here stays on this device',
    );
    expect(await kept({ status: { kept: 'visit' } })).to.contain('It is forgotten when you close the tab.');
    expect(await kept({ status: { kept: 'page' } })).to.contain('when you leave this page.');
    expect(await kept({})).to.contain('until you forget it or have not been here for a long time.');
    expect(await kept({ consent: { state: 'refused', refusedAt: NOW } })).to.contain(
      `You said no on ${day}.`,
    );
    expect(await kept({ consent: { by: 'host', state: 'granted' } })).not.to.contain('remember me');
  });

  for (const device of ['blocked', 'failed'] as const) {
    it(`does not say in one breath that it stays and that nothing is kept: ${device}`, async () => {
      const kept = async (where: 'visit' | 'device') => {
        const status = { kept: where, storage: { session: 'ok', device } } as const;
        return text(part(await open({ status }), 'kept'));
      };
      expect(await kept('visit'))
        .to.contain('Your browser lets us keep nothing')
        .and.not.to.contain('Only this visit.')
        .and.not.to.contain('Remember me');
      expect(await kept('device'))
        .to.contain('stays on this device')
        .and.not.to.contain('nothing')
        .and.not.to.contain('Remember me');
    });
  }

  it('can be told not to remember any more also where it can keep nothing more', async () => {
    const status = { storage: { session: 'ok', device: 'failed' } } as const;
    const element = await open({ status, consent: { state: 'granted' } });
    expect(part(element, 'withdraw')).to.exist;
  });

  it('takes consent back after asking, and gives it again', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'withdraw');
    expect(text(part(element, 'question'))).to.match(/^Forget 3 things and 1 conversation on this device/);
    await press(element, 'sure');
    expect(memory.asked.map(([verb]) => verb)).to.include('withdraw');
    await press(element, 'grant');
    expect(memory.asked.at(-2)?.[0] === 'grant' || memory.asked.at(-1)?.[0] === 'grant').to.equal(true);
    expect(focused(element)).to.equal(part(element, 'withdraw'));
  });

  for (const end of ['forget-all', 'withdraw'] as const) {
    it(`says no button twice where it asks before all of it goes: ${end}`, async () => {
      const element = await open();
      await press(element, end);
      const said = ['withdraw', 'sure', 'keep', 'copy'].flatMap((name) => parts(element, name).map(text));
      expect(said).to.have.length(4);
      expect(new Set(said).size).to.equal(4);
    });
  }

  it('says nothing more of a press once another was made', async () => {
    const element = await open();
    await press(element, 'forget');
    expect(text(part(element, 'status'))).to.match(/^Gone from this device/);
    await press(element, 'forget-all');
    expect(text(part(element, 'status'))).to.equal('');
  });

  it('says so when forgetting fails, and shows what is still there', async () => {
    const memory = fakeMemory({ ...known, failing: ['forget'] });
    const element = await show('memory-center', { memory, open: true });
    const before = window.onerror;
    window.onerror = () => true;
    await press(element, 'forget');
    window.onerror = before;
    expect(text(part(element, 'status'))).to.equal('That did not work. Try again.');
    expect(values(element)).to.deep.equal(['Ana', '41', 'Ring twice']);
  });

  it('offers no more conversations where all are at hand', async () => {
    const element = await open({ heads: heads(4) });
    expect(parts(element, 'conversation')).to.have.length(4);
    expect(part(element, 'more')).to.equal(null);
  });

  it('lists the five conversations at hand and reads none, and ten more a press', async () => {
    const memory = fakeMemory({ heads: heads(17) });
    const element = await show('memory-center', { memory, open: true });
    expect(parts(element, 'topic').length).to.equal(5);
    expect(memory.asked).to.deep.equal([]);
    await press(element, 'more');
    expect(parts(element, 'topic').length).to.equal(15);
    expect(focused(element), 'the first new one is read next').to.equal(parts(element, 'topic')[5]);
    await press(element, 'more');
    expect(parts(element, 'topic').length).to.equal(17);
    expect(text(focused(element))).to.equal('Topic 16');
    expect(part(element, 'more')).to.equal(null);
  });

  it('forgets nothing for who presses the key for more conversations twice', async () => {
    const memory = fakeMemory({ heads: heads(7) });
    const element = await show('memory-center', { memory, open: true });
    part(element, 'more')?.focus();
    await sendKeys({ press: 'Enter' });
    await settled(element);
    await sendKeys({ press: 'Enter' });
    await settled(element);
    expect(parts(element, 'topic').map(text).at(-1)).to.equal('Topic 7');
    expect(memory.asked.map(([verb]) => verb)).to.deep.equal(['latest']);
    await sendKeys({ press: 'Tab' });
    expect(focused(element), 'the button of the one that was read').to.equal(parts(element, 'forget')[5]);
  });

  for (const [lang, said] of [
    ['en', 'These are all of them.'],
    ['de', 'Das sind alle.'],
    ['ar', 'هذه كل المحادثات.'],
  ] as const) {
    it(`says so where five conversations were all there are: ${lang}`, async () => {
      const element = await show(
        'memory-center',
        { memory: fakeMemory({ heads: heads(5) }), open: true },
        { lang },
      );
      await press(element, 'more');
      expect(parts(element, 'topic').length).to.equal(5);
      expect(part(element, 'more')).to.equal(null);
      expect(text(part(element, 'status'))).to.equal(said);
      expect(focused(element)).to.equal(part(element, 'status'));
    });

    it(`is accessible with more conversations than are at hand: ${lang}`, async () => {
      const element = await show(
        'memory-center',
        { memory: fakeMemory({ heads: heads(17) }), open: true },
        { lang },
      );
      await expectAccessible(element);
      await press(element, 'more');
      await expectAccessible(element);
    });
  }

  it('keeps the conversations it lists, and the button, when there is no reading more', async () => {
    const memory = fakeMemory({ heads: heads(17), failing: ['latest'] });
    const element = await show('memory-center', { memory, open: true });
    const before = window.onerror;
    window.onerror = () => true;
    await press(element, 'more');
    window.onerror = before;
    expect(text(part(element, 'status'))).to.equal('That did not work. Try again.');
    expect(parts(element, 'topic').length).to.equal(5);
    await memory.tell({ failing: [] });
    await settled(element);
    expect(parts(element, 'topic').length).to.equal(5);
    await press(element, 'more');
    expect(parts(element, 'topic').length).to.equal(15);
  });

  it('keeps listing as many conversations when one of them is forgotten, and when one is added', async () => {
    const memory = fakeMemory({ heads: heads(17) });
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'more');
    await press(element, 'forget', 6);
    const topics = parts(element, 'topic').map(text);
    expect([topics.length, topics[6], topics.at(-1)]).to.deep.equal([15, 'Topic 8', 'Topic 16']);
    expect(focused(element)).to.equal(parts(element, 'forget')[6]);
    const added = head({ id: '0195f000-0000-7000-8000-0000000000aa', topic: 'New' });
    await memory.tell({ heads: [added, ...heads(17)] });
    await settled(element);
    expect(parts(element, 'topic').map(text).slice(0, 2)).to.deep.equal(['New', 'Topic 1']);
    expect(parts(element, 'topic').length).to.equal(15);
  });

  it('lists more conversations although the memory changes while they are read', async () => {
    const memory = fakeMemory({ heads: heads(17) });
    const element = await show('memory-center', { memory, open: true });
    await press(element, 'copy'); // what a press needs is there
    part(element, 'more')?.click();
    await memory.tell({ heads: heads(16) });
    await settled(element);
    expect(parts(element, 'topic').length).to.equal(15);
    expect(focused(element)).to.equal(parts(element, 'topic')[5]);
  });

  it('lists those at hand again after it was closed, and for another person', async () => {
    const memory = fakeMemory({ heads: heads(7) });
    const element = await show('memory-center', { memory });
    await press(element, 'toggle');
    await press(element, 'more');
    expect(parts(element, 'topic').length).to.equal(7);
    await press(element, 'toggle');
    await press(element, 'toggle');
    expect(parts(element, 'topic').length).to.equal(5);
    await press(element, 'more');
    const others = heads(9, (n) => ({ id: `0195f000-0000-7000-9000-00000000000${n}`, topic: `Other ${n}` }));
    await memory.tell({ heads: others });
    await element.updateComplete;
    expect(parts(element, 'topic').map(text)).to.deep.equal(
      others.slice(0, 5).map(({ topic }) => topic as string),
    );
    expect(part(element, 'more')).to.exist;
  });

  it('lists on the next page a conversation that no boot record has', async () => {
    const browser = testBrowser();
    const first = await loaded(browser);
    await first.memory.consent.grant();
    await first.memory.conversations.start({ channel: 'chat', topic: 'A secret', discreet: true });
    await first.memory.close();
    const memory = createMemory({ site: browser.site, platform: browser.page() });
    const element = await show('memory-center', { memory, open: true });
    await memory.ready;
    await appears(element, '[part~="conversation"]');
    expect(text(part(element, 'topic'))).to.equal('A secret');
    await memory.close();
    await browser.clear();
  });

  it('shows nothing of another person for a moment', async () => {
    const memory = fakeMemory(known);
    const element = await show('memory-center', { memory, open: true });
    await memory.notMe();
    await element.updateComplete;
    expect(readable(element)).not.to.contain('Leaking fork').and.not.to.contain('Ana');
  });

  it('says of a person who was put aside on this page that they were, not that nothing is kept', async () => {
    const memory = fakeMemory(known);
    const greeting = await show('memory-greeting', { memory });
    const element = await show('memory-center', { memory, open: true });
    expect(part(element, 'aside')).to.equal(null);
    await memory.tell({ consent: { state: 'granted' } });
    await press(greeting, 'not-me');
    await settled(element);
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
    expect(text(part(element, 'aside'))).to.equal(
      'Somebody else’s memory was put away here. It is deleted after 30 days.',
    );
    await expectAccessible(element);
  });

  for (const odd of ['x', 1e300, NaN] as number[]) {
    it(`shows, and forgets, what has a date that no calendar has: ${odd}`, async () => {
      const memory = fakeMemory({
        facts: { 'preferences.size': { value: 'M', at: odd, until: odd } },
        heads: [head({ topic: 'Leaking fork', lastAt: odd })],
        consent: { state: 'granted', refusedAt: odd },
      });
      const element = await show('memory-center', { memory, open: true });
      expect(parts(element, 'why').map(text)).to.deep.equal(['You told us, –. Kept until –.', 'With us, –.']);
      await press(element, 'forget', 1);
      await press(element, 'forget');
      expect(text(part(element, 'empty'))).to.equal('Nothing.');
    });
  }

  const template = { _$litType$: 1, strings: [] };
  for (const odd of [template, { length: 100 }, { toString: 1 }, 5, true] as never[]) {
    it(`shows, and forgets, what another version has written where a text belongs: ${JSON.stringify(odd)}`, async () => {
      const { raised, stop } = catchRaised();
      const memory = fakeMemory({
        facts: {
          'preferences.a': { value: 'A', why: odd, by: { who: 'visitor', page: odd } },
          'preferences.b': { value: 'B', authority: 'agent', by: { who: 'agent', name: odd } },
          'preferences.c': { value: 'C', by: { who: 'agent', relayed: odd } },
        },
        heads: [head({ topic: odd, with: { kind: 'person', name: odd } })],
      });
      const element = await show('memory-center', { memory, open: true });
      expect(parts(element, 'why').map(text)).to.deep.equal([
        `You told us, ${day}.`,
        `We noted it, ${day}.`,
        `You told us, ${day}.`,
        `With us, ${day}.`,
      ]);
      expect(text(part(element, 'topic'))).to.equal('Conversation');
      for (let left = 4; left; left -= 1) await press(element, 'forget');
      stop();
      expect(raised).to.deep.equal([]);
      expect(text(part(element, 'empty'))).to.equal('Nothing.');
    });
  }

  it('never shows a question that was passed over', async () => {
    const element = await open({ facts: { 'preferences.asked.size': { value: { skipped: NOW } } } });
    expect(text(part(element, 'empty'))).to.equal('Nothing.');
  });

  it('prints markup as text, and keeps a word of ten thousand letters within the page', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const wide = 'W'.repeat(10_000);
    const facts = {
      'preferences.a': { value: evil, why: evil, by: { who: 'visitor', page: evil } },
      'preferences.b': { value: wide },
    } as const;
    const element = await open({ facts, heads: [head({ topic: wide })], titles: { 'preferences.b': wide } });
    expect(element.renderRoot.querySelector('img')).to.equal(null);
    expect(values(element)[0]).to.equal(evil);
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  it('calls an address what the person calls it', async () => {
    const id = '0195f000-0000-7000-8000-000000000001';
    const facts = {
      'identity.addresses.home': { value: { postalCode: '1' } },
      [`identity.addresses.${id}`]: { value: { postalCode: '2', label: 'Mum’s' } },
      'identity.addresses.0195f000-0000-7000-8000-000000000002': { value: { postalCode: '3' } },
    };
    const memory = fakeMemory({ facts });
    memory.describe = (fact) => ({ title: fact?.key.slice('identity.addresses.'.length) ?? '', value: '' });
    const element = await show('memory-center', { memory, open: true });
    expect(parts(element, 'name').map(text)).to.deep.equal(['Home address', 'Address: Mum’s', 'Address']);
  });

  for (const dark of [false, true]) {
    for (const lang of ['en', 'de', 'ar']) {
      it(`is accessible: ${lang}, ${dark ? 'dark' : 'light'}`, async () => {
        const facts = {
          ...known.facts,
          'identity.addresses.home': { value: { streetAddress: 'Rua Augusta 1', country: 'PT' } },
          'preferences.guess': { value: 'M', authority: 'inferred', reconfirm: true },
        } as const;
        const memory = fakeMemory({ ...known, facts, consent: { state: 'granted', refusedAt: NOW } });
        const element = await show('memory-center', { memory }, { lang, dark });
        await expectAccessible(element);
        await press(element, 'toggle');
        await expectAccessible(element);
        await opens(element);
        await expectAccessible(element);
        await press(element, 'cancel');
        await opens(element, 1);
        await expectAccessible(element);
        await press(element, 'cancel');
        await press(element, 'forget-all');
        await expectAccessible(element);
        await press(element, 'sure');
        await expectAccessible(element);
        const opened = await show(
          'memory-center',
          { memory: fakeMemory({ ...known, facts }), open: true },
          { lang, dark },
        );
        await expectAccessible(opened);
      });
    }
  }
});
