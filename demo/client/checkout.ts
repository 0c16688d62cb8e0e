/** The checkout: filled in on the next visit, kept when it is sent. The card is nobody's business here. */
import { ago, fill, find, show } from './dom.js';
import { clear, fillIn, keepContact, known, written } from './filling.js';
import { findMemory, keep } from './memory.js';
import type { Memory } from '../../src/memory/types.js';

const form = find<HTMLFormElement>('form[data-checkout]');
const memory = findMemory();
if (form && memory) remembering(form, memory);

function remembering(form: HTMLFormElement, memory: Memory): void {
  const filled = new Map<string, string>();
  let cleared = false;

  memory.subscribe(() => {
    if (!cleared) explain(fillIn(form, known(memory), filled));
  });
  find('[data-clear]', form)?.addEventListener('click', () => {
    cleared = true;
    clear(form, filled);
    explain([]);
    form.querySelector<HTMLInputElement>('#name')?.focus();
  });
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'delivery')
      keep(memory, 'preferences.delivery', target.value);
  });
  form.addEventListener('submit', () => {
    keepContact(form);
    keepAddress(form, memory);
  });

  function explain(facts: ReturnType<typeof known>): void {
    const name = memory.recall('identity.name')?.value;
    const given = name?.preferred ?? name?.given ?? '';
    const latest = Math.max(...facts.map((fact) => fact.at));
    for (const sentence of ['[data-by-name]', '[data-by-nobody]']) {
      const element = find(sentence, form);
      if (element) fill(element, { name: given, ...(facts.length > 0 ? { when: ago(latest) } : {}) });
    }
    show('[data-by-name]', given !== '', form);
    show('[data-by-nobody]', given === '', form);
    show('[data-filled]', facts.length > 0, form);
  }
}

/** One whole address or none: half a street helps nobody next time. */
function keepAddress(form: HTMLFormElement, memory: Memory): void {
  const streetAddress = written(form, 'street');
  const postalCode = written(form, 'postcode');
  const addressLevel2 = written(form, 'city');
  const country = written(form, 'country');
  if (streetAddress && postalCode && addressLevel2 && country)
    keep(memory, 'identity.addresses.home', { streetAddress, postalCode, addressLevel2, country });
}
