import { expect } from '@open-wc/testing';
import { keepFilled } from '../../demo/client/filling.js';
import { loaded, testBrowser } from '../memory/support.js';

describe('a form of the shop that is filled in', () => {
  for (const [value, written] of [
    [{ given: 'Ana', full: 'Ana Souza' }, 'Ana Souza'],
    [{ given: 'Ana', family: 'Souza', preferred: 'Anita' }, 'Ana Souza'],
    [{ family: 'Souza' }, 'Souza'],
    [{ preferred: 'Anita' }, 'Anita'],
  ] as const) {
    it(`has the whole name, by whichever parts it is known: ${JSON.stringify(value)}`, async () => {
      const { memory } = await loaded(testBrowser());
      await memory.remember('identity.name', value);
      const form = document.createElement('form');
      form.innerHTML = '<input name="name" />';
      keepFilled(form, memory as never);
      expect((form.elements.namedItem('name') as HTMLInputElement).value).to.equal(written);
      await memory.close();
    });
  }
});
