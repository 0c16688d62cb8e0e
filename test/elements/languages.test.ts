import { expect } from '@open-wc/testing';
import { fakeMemory, heads } from '../helpers/fake-memory.js';
import { clear, part, readable, show, text } from './show.js';

describe('an element whose language has to come first', () => {
  afterEach(clear);

  it('says nothing in English before, and goes on with what it said', async () => {
    const memory = fakeMemory({ heads: heads(2) });
    const english = await show('memory-conversations', { memory });
    const german = document.createElement('memory-conversations');
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
    expect(text(part(english, 'toggle')), 'its content follows meanwhile').to.equal(
      '3 earlier conversations',
    );

    await german.updateComplete;
    await english.updateComplete;
    observer.disconnect();
    expect(text(part(german, 'toggle'))).to.equal('3 frühere Gespräche');
    expect(part(german, 'base')?.lang).to.equal('de-AT');
    expect(text(part(english, 'toggle'))).to.equal('3 frühere Gespräche');
    expect(said.join(' ')).not.to.contain('earlier');
  });
});
