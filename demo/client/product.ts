/** The product page: choices are kept when they are made, and made already on the next visit. */
import { fill, find, findAll, locale, show } from './dom.js';
import { findMemory, keep, saidBefore } from './memory.js';
import type { Memory } from '../../src/memory/types.js';

const form = find<HTMLFormElement>('form[data-choices]');
const memory = findMemory();
if (form && memory) choices(form, memory);

function choices(form: HTMLFormElement, memory: Memory): void {
  const names = (form.dataset['choices'] ?? '').split(' ');
  const address = new URLSearchParams(location.search);
  const touched = new Set<string>(names.filter((name) => address.has(name)));

  // The page could be pressed before this was here to hear of it, and what was chosen then is chosen.
  for (const option of findAll<HTMLInputElement>('input:checked', form))
    if (!option.defaultChecked) choose(option);
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) choose(target);
  });
  memory.subscribe(() => {
    const said = names.flatMap((name) => preselect(name) ?? []);
    const why = find('[data-why]', form);
    if (why)
      fill(why, { choices: new Intl.ListFormat(locale(), { type: 'unit', style: 'short' }).format(said) });
    show('[data-why]', said.length > 0, form);
    show('[data-unsure]', said.length === 0, form);
  });
  form.addEventListener('submit', () => {
    for (const name of names) {
      const chosen = find<HTMLInputElement>(`input[name="${name}"]:checked`, form);
      if (chosen) keep(memory, `preferences.${name}`, chosen.value);
    }
  });

  function choose({ name, value }: HTMLInputElement): void {
    if (!names.includes(name)) return;
    touched.add(name);
    keep(memory, `preferences.${name}`, value);
  }

  /** Makes the choice of last time, unless it was made again; gives the words for it. */
  function preselect(name: string): string | undefined {
    const options = findAll<HTMLInputElement>(`input[name="${name}"]`, form);
    const fact = memory.recall(`preferences.${name}`);
    const option = options.find(({ value }) => value === fact?.value);
    if (!touched.has(name))
      for (const one of options) one.checked = option ? one === option : one.defaultChecked;
    return option?.checked && fact && saidBefore(memory, fact.at) ? option.dataset['said'] : undefined;
  }
}
