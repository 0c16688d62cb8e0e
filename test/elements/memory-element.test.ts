import { expect } from '@open-wc/testing';
import { setStrings } from '../../src/elements.js';
import { createMemory } from '../../src/index.js';
import { fakePlatform } from '../../src/platform/fake.js';
import { enter, leave } from '../../src/memory/table.js';
import type { Memory } from '../../src/memory/types.js';
import { fakeMemory, heads, type FakeState } from '../helpers/fake-memory.js';
import { appears, clear, part, readable, settled, show, text } from './show.js';

const named = (given: string): FakeState => ({
  facts: { 'identity.name': { value: { given } } },
  consent: { state: 'granted' },
});
const NAMES = ['memory-greeting', 'memory-consent', 'memory-conversations', 'memory-center'] as const;
const onPage = (memory: Memory) => enter({ memory, add: () => undefined });
const greetingOf = (element: HTMLElementTagNameMap['memory-greeting']) => text(part(element, 'text'));

describe('an element and its memory', () => {
  afterEach(clear);

  it('takes its memory property, else its site’s, else the page’s only one', async () => {
    const [ana, ben] = [
      fakeMemory({ ...named('Ana'), site: 'a' }),
      fakeMemory({ ...named('Ben'), site: 'b' }),
    ];
    onPage(ana);
    const only = await show('memory-greeting');
    const late = await show('memory-greeting', { site: 'b' });
    expect([only, late].map(greetingOf)).to.deep.equal(['Welcome back, Ana.', '']);
    onPage(ben);
    await settled(late);
    expect([only, late].map(greetingOf), 'of several none is the only one').to.deep.equal([
      '',
      'Welcome back, Ben.',
    ]);
    late.site = 'a';
    await settled(late);
    expect(greetingOf(late)).to.equal('Welcome back, Ana.');
    late.memory = ben;
    await settled(late);
    expect(greetingOf(late)).to.equal('Welcome back, Ben.');
    leave(ana);
    leave(ben);
    await settled(only);
    expect(greetingOf(only)).to.equal('');
  });

  it('has the properties that were set before it was defined', async () => {
    const element = document.createElement('memory-before');
    Object.assign(element, { memory: fakeMemory(named('Ana')), reveal: 'topic' });
    document.body.append(element);
    const Greeting = customElements.get('memory-greeting') as CustomElementConstructor;
    customElements.define('memory-before', class extends Greeting {});
    const upgraded = element as HTMLElementTagNameMap['memory-greeting'];
    await settled(upgraded);
    expect(greetingOf(upgraded)).to.equal('Welcome back, Ana.');
    expect(upgraded.reveal).to.equal('topic');
    element.remove();
  });

  it('shows its slot when its memory is closed', async () => {
    const memory = fakeMemory(named('Ana'));
    const element = await show('memory-greeting', { memory }, { slot: 'Welcome.' });
    await memory.close();
    await settled(element);
    expect(element.renderRoot.querySelector('slot')).to.exist;
    expect(readable(element).trim()).to.equal('');
  });

  it('keeps what it shows while it is moved', async () => {
    const element = await show('memory-greeting', { memory: fakeMemory(named('Ana')) });
    const before = part(element, 'text');
    const changes: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changes.push(...records));
    observer.observe(element.renderRoot, { childList: true, subtree: true, characterData: true });
    const aside = document.createElement('main');
    document.body.append(aside);
    aside.append(element);
    await settled(element);
    observer.disconnect();
    expect(part(element, 'text')).to.equal(before);
    expect(changes).to.deep.equal([]);
  });

  it('does its work where the page has no observers', async () => {
    const { MutationObserver } = window;
    Reflect.deleteProperty(window, 'MutationObserver');
    try {
      const greeting = await show('memory-greeting', { memory: fakeMemory(named('Ana')) });
      expect(greetingOf(greeting)).to.equal('Welcome back, Ana.');
      clear();
    } finally {
      Object.assign(window, { MutationObserver });
    }
  });

  it('leaves no listener behind, and follows again when it comes back', async () => {
    const memory = fakeMemory(named('Ana'));
    const element = await show('memory-greeting', { memory });
    const parent = element.parentElement;
    expect(memory.listeners).to.equal(1);
    element.remove();
    expect(memory.listeners).to.equal(0);
    element.reveal = 'topic';
    await element.updateComplete;
    expect(memory.listeners).to.equal(0);
    await memory.tell(named('Anita'));
    parent?.append(element);
    await settled(element);
    expect(greetingOf(element)).to.equal('Welcome back, Anita.');
    expect(memory.listeners).to.equal(1);
  });

  it('stands beside another of the same memory', async () => {
    const memory = fakeMemory(named('Ana'));
    const [one, two] = [await show('memory-greeting', { memory }), await show('memory-greeting', { memory })];
    await memory.tell(named('Ben'));
    await settled(one);
    await settled(two);
    expect([one, two].map(greetingOf)).to.deep.equal(['Welcome back, Ben.', 'Welcome back, Ben.']);
  });

  it('throws nothing into the page when its memory does, and shows its slot', async () => {
    const memory = fakeMemory(named('Ana'));
    memory.recall = () => {
      throw new Error('recall is broken');
    };
    const reported: string[] = [];
    const before = window.onerror;
    window.onerror = (_message, _source, _line, _column, error) =>
      Boolean(reported.push(error?.message ?? ''));
    const element = await show('memory-greeting', { memory });
    window.onerror = before;
    expect(element.renderRoot.querySelector('slot')).to.exist;
    expect(new Set(reported)).to.deep.equal(new Set(['recall is broken']));
  });

  const throwing = (what: object): Memory =>
    new Proxy(what as Memory, {
      get(target, name) {
        if (name in target) return Reflect.get(target, name) as unknown;
        throw new Error(`${String(name)} is broken`);
      },
    });
  const listening = { status: { state: 'ready' }, subscribe: () => () => undefined };
  const wrong: Record<string, unknown> = {
    'an empty object': {},
    'the name of a site': 'acme',
    'a number': 7,
    null: null,
    'an object whose getters throw': throwing({}),
    'an object that can be followed, and no more': throwing(listening),
    'an object that says no language': throwing({ ...listening, language: undefined }),
    'an object that gives back nothing that ends a subscription': { ...listening, subscribe: () => 7 },
    'an object whose subscriptions end with an error': {
      ...listening,
      subscribe: () => () => {
        throw new Error('not to be left');
      },
    },
  };
  for (const [kind, given] of Object.entries(wrong))
    for (const name of NAMES)
      it(`throws nothing into the page when its memory is ${kind}, and shows the next one: ${name}`, async () => {
        const rejected: unknown[] = [];
        const reject = (event: PromiseRejectionEvent) => {
          event.preventDefault();
          event.stopImmediatePropagation();
          rejected.push(event.reason);
        };
        window.addEventListener('unhandledrejection', reject, true);
        const before = window.onerror;
        window.onerror = () => true; // what is wrong is reported
        const good = { ...named('Ana'), heads: heads(7) };
        try {
          const element = await show(name, { open: true } as object, { slot: 'Hello' });
          element.memory = given as Memory;
          await settled(element);
          expect(readable(element).trim()).to.equal('');
          const main = element.parentElement as HTMLElement;
          element.remove();
          main.append(element);
          await settled(element);
          element.memory = fakeMemory(name === 'memory-consent' ? { consent: { useful: true } } : good);
          await settled(element);
          // A rejection is told of after the task in which it was left.
          await settled(element);
          expect(readable(element).trim()).not.to.equal('');
          expect(rejected).to.deep.equal([]);
        } finally {
          window.onerror = before;
          window.removeEventListener('unhandledrejection', reject, true);
        }
      });

  it('follows the language of the page when it changes', async () => {
    const element = await show('memory-greeting', { memory: fakeMemory(named('Ana')) });
    element.closest('main')?.removeAttribute('lang');
    const before = document.documentElement.lang;
    document.documentElement.lang = 'de';
    await settled(element);
    expect(greetingOf(element)).to.equal('Willkommen zurück, Ana.');
    document.documentElement.lang = before;
  });

  it('speaks the language of the page when its memory comes after its first rendering', async () => {
    const element = await show('memory-greeting', {}, { lang: 'de', slot: 'Hallo' });
    element.memory = fakeMemory(named('Ana'));
    await appears(element, '[part~="base"]');
    expect(part(element, 'base')?.lang).to.equal('de');
  });

  it('speaks its memory’s language where the page names none', async () => {
    const before = document.documentElement.lang;
    document.documentElement.removeAttribute('lang');
    const element = document.createElement('memory-greeting');
    element.memory = fakeMemory({ ...named('Ana'), language: 'ar' });
    document.body.append(element);
    await settled(element);
    expect(greetingOf(element)).to.equal('أهلًا بعودتك، Ana.');
    element.remove();
    document.documentElement.lang = before;
  });

  it('finds the language around it through shadow roots', async () => {
    const host = document.createElement('div');
    host.lang = 'de';
    const element = document.createElement('memory-greeting');
    element.memory = fakeMemory(named('Ana'));
    host.attachShadow({ mode: 'open' }).append(element);
    document.body.append(host);
    await settled(element);
    expect(greetingOf(element)).to.equal('Willkommen zurück, Ana.');
    host.remove();
  });

  for (const lang of ['', 'x', 'not a language', 'constructor', '__proto__']) {
    it(`speaks English where the page says lang=${JSON.stringify(lang)}`, async () => {
      const memory = fakeMemory(named('Ana'));
      const element = await show('memory-greeting', { memory }, { lang });
      expect(greetingOf(element)).to.equal('Welcome back, Ana.');
    });
  }

  it('says it in the site’s own words, from the moment they are given', async () => {
    const element = await show('memory-greeting', { memory: fakeMemory(named('Ana')) }, { lang: 'nl' });
    expect(part(element, 'base')?.lang).to.equal('en');
    setStrings('nl', { 'greeting.known': 'Welkom terug, {name}.' });
    await settled(element);
    expect(greetingOf(element)).to.equal('Welkom terug, Ana.');
    expect(part(element, 'base')?.lang).to.equal('nl');
    expect(text(part(element, 'not-me'))).to.equal('Not Ana?');
  });
});

describe('elements and a real memory', () => {
  afterEach(clear);

  /** The memory of somebody who gave their name on an earlier page, to be kept. */
  async function returning(site: string): Promise<Memory> {
    const platform = fakePlatform({
      overrides: { indexedDB: { factory: indexedDB, keyRange: IDBKeyRange } },
    });
    const before = createMemory({ site, platform });
    await before.remember('identity.name', { given: 'Ana' });
    await before.consent.grant();
    await before.close();
    const memory = createMemory({ site, platform });
    await memory.ready;
    return memory;
  }

  it('greets who said their name, and forgets them when asked', async () => {
    const memory = await returning('elements-real');
    const [greeting, center, talks] = [
      await show('memory-greeting', { site: 'elements-real' }, { slot: 'Welcome.' }),
      await show('memory-center', { site: 'elements-real', open: true }),
      await show('memory-conversations', { site: 'elements-real' }),
    ];
    const chat = await memory.conversations.start({
      channel: 'chat',
      topic: 'Fork',
      with: { kind: 'person', name: 'Mike' },
    });
    await chat.say({ by: 'visitor', text: 'It leaks' });
    await chat.end();
    for (const element of [greeting, center, talks]) await settled(element);
    expect(greetingOf(greeting)).to.equal('Welcome back, Ana.');
    expect(text(part(talks, 'toggle'))).to.equal('1 earlier conversation');
    part(talks, 'toggle')?.click();
    await appears(talks, '[part="open"]');
    part(talks, 'open')?.click();
    await appears(talks, '[part="text"]');
    expect(text(part(talks, 'text'))).to.equal('It leaks');
    await appears(center, '[part="topic"]');
    expect(text(part(center, 'value'))).to.equal('Ana');
    part(center, 'forget-all')?.click();
    await appears(center, '[part="question"]');
    expect(text(part(center, 'question'))).to.equal(
      'Forget 1 thing and 1 conversation? This cannot be undone.',
    );
    part(center, 'sure')?.click();
    await appears(center, '[part="empty"]');
    for (const element of [greeting, talks]) await settled(element);
    expect(readable(greeting).trim()).to.equal('');
    expect(readable(talks).trim()).to.equal('');
    await memory.close();
  });

  it('puts the memory aside for somebody else', async () => {
    const memory = await returning('elements-aside');
    const greeting = await show('memory-greeting', { memory });
    part(greeting, 'not-me')?.click();
    await appears(greeting, '[tabindex]');
    expect(memory.recall('identity.name')).to.equal(undefined);
    await memory.close();
  });

  it('says beside the field what a schema refuses', async () => {
    const schema = {
      '~standard': {
        version: 1,
        vendor: 'test',
        validate: (value: unknown) =>
          typeof value === 'number' && value < 60 ? { value } : { issues: [{ message: 'too big' }] },
      },
    } as const;
    const memory = createMemory({
      site: 'elements-schema',
      platform: fakePlatform(),
      preferences: { size: schema },
    });
    await memory.remember('preferences.size', 41);
    const center = await show('memory-center', { memory: memory as unknown as Memory, open: true });
    part(center, 'correct')?.click();
    await appears(center, '[part="field"]');
    (part(center, 'field') as HTMLInputElement).value = '400';
    part(center, 'save')?.click();
    await appears(center, '[aria-invalid="true"]');
    expect(memory.value('preferences.size')).to.equal(41);
    await memory.close();
  });
});
