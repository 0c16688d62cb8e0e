import { expect } from '@open-wc/testing';
import { fakeMemory, heads } from '../helpers/fake-memory.js';
import { clear, part, parts, readable, show, text } from './show.js';

describe('an element whose language has to come first', () => {
  afterEach(clear);

  it('says nothing in English before, and goes on with what it said', async () => {
    const memory = fakeMemory({ heads: heads(2) });
    const english = await show('memory-center', { memory, open: true });
    const german = document.createElement('memory-center');
    german.memory = memory;
    const said: string[] = [];
    const main = document.createElement('main');
    main.lang = 'de-AT';
    main.append(german);
    document.body.append(main);
    const observer = new MutationObserver(() => said.push(readable(german).trim()));
    observer.observe(german.renderRoot, { childList: true, subtree: true, characterData: true });
    await Promise.resolve();
    expect(readable(german).trim()).to.equal('');

    (english.parentElement as HTMLElement).lang = 'de';
    await memory.tell({ heads: heads(3) });
    await english.updateComplete;
    expect(parts(english, 'conversation').length, 'its content follows meanwhile').to.equal(3);
    expect(text(part(english, 'title'))).to.equal('What we remember about you');

    await german.updateComplete;
    await english.updateComplete;
    observer.disconnect();
    expect(text(part(german, 'toggle'))).to.equal('Was wir über Sie wissen');
    expect(part(german, 'base')?.lang).to.equal('de-AT');
    expect(text(part(english, 'title'))).to.equal('Was wir über Sie wissen');
    expect(said.join(' ')).not.to.contain('What');
  });
});

describe('an element that brings its words', () => {
  afterEach(clear);

  it('says them at once, in whatever language is spoken', async () => {
    const memory = fakeMemory({ heads: heads(2) });
    const element = await show('memory-conversations', { memory }, { lang: 'de' });
    expect(text(part(element, 'toggle'))).to.equal('2 frühere Gespräche');
    (element.parentElement as HTMLElement).lang = 'ar';
    await memory.tell({ heads: heads(2) });
    await element.updateComplete;
    expect(text(part(element, 'toggle'))).to.equal('محادثتان سابقتان');
  });
});
