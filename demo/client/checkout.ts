/** The checkout: filled in on the next visit, kept when it is sent. The card is nobody's business here. */
import { find } from './dom.js';
import { keepFilled, keepContact, written } from './filling.js';
import { findMemory, keep } from './memory.js';
import type { Memory } from '../../src/memory/types.js';

const form = find<HTMLFormElement>('form[data-checkout]');
const memory = findMemory();
if (form && memory) remembering(form, memory);

function remembering(form: HTMLFormElement, memory: Memory): void {
  keepFilled(form, memory);
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'delivery')
      keep(memory, 'preferences.delivery', target.value);
  });
  form.addEventListener('submit', () => {
    keepChoices(form, memory);
    keepContact(form, memory);
    keepAddress(form, memory);
  });
}

/** Who came straight to the checkout has chosen nothing on the way: what is ordered is what they want. */
function keepChoices(form: HTMLFormElement, memory: Memory): void {
  const ordered = new FormData(form);
  for (const name of (form.dataset['choices'] ?? '').split(' ')) {
    const chosen = ordered.get(name);
    if (typeof chosen === 'string') keep(memory, `preferences.${name}`, chosen);
  }
}

/** One whole address or none: half a street helps nobody next time. */
function keepAddress(form: HTMLFormElement, memory: Memory): void {
  const streetAddress = written(form, 'street');
  const postalCode = written(form, 'postcode');
  const addressLevel2 = written(form, 'city');
  const country = written(form, 'country');
  if (!streetAddress || !postalCode || !addressLevel2 || !country) return;
  keep(memory, 'identity.addresses.home', { streetAddress, postalCode, addressLevel2, country });
}
