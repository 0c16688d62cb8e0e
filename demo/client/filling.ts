/** A form that is filled in with what the person told this shop, says so, and empties itself when that is forgotten. */
import type { Memory } from '../../src/memory/types.js';
import { ago, fill, find, show } from './dom.js';
import { keep } from './memory.js';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What belongs into which field, and since when it is known. */
interface Known {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

/** Fills the form now and whenever more becomes known, until somebody asks for empty fields. */
export function keepFilled(form: HTMLFormElement, memory: Memory): void {
  const filled = new Map<string, string>();
  let cleared = false;

  memory.subscribe(() => {
    if (!cleared) explain(form, memory, fillIn(form, known(memory), filled));
  });
  find('[data-clear]', form)?.addEventListener('click', () => {
    cleared = true;
    for (const name of [...filled.keys()]) takeBack(form, name, filled);
    explain(form, memory, []);
    control(form, 'name')?.focus();
  });
}

/** Keeps who the person said they are, at once, so that leaving the page loses nothing. */
export function keepContact(form: HTMLFormElement, memory: Memory): void {
  const name = written(form, 'name');
  if (name) keep(memory, 'identity.name', personName(name));
  const email = written(form, 'email');
  if (email) keep(memory, 'identity.email', email);
  const phone = written(form, 'phone');
  if (phone) keep(memory, 'identity.phone', phone);
}

/** A field's text if it is what the field asks for. */
export function written(form: HTMLFormElement, name: string): string | undefined {
  const field = control(form, name);
  return field && field.value.trim() !== '' && field.validity.valid ? field.value.trim() : undefined;
}

function known(memory: Memory): readonly Known[] {
  const name = memory.recall('identity.name');
  const email = memory.recall('identity.email');
  const phone = memory.recall('identity.phone');
  const home = memory.recall('identity.addresses.home');
  const bicycle = memory.recall('preferences.bicycle');
  return [
    ...one('name', name && memory.describe(name).value, name?.at),
    ...one('email', email?.value, email?.at),
    ...one('phone', phone?.value, phone?.at),
    ...one('street', home?.value.streetAddress, home?.at),
    ...one('postcode', home?.value.postalCode, home?.at),
    ...one('city', home?.value.addressLevel2, home?.at),
    ...one('country', home?.value.country, home?.at),
    ...one('bicycle', bicycle?.value, bicycle?.at),
  ];
}

const one = (name: string, value: unknown, at: number | undefined): readonly Known[] =>
  typeof value === 'string' && value !== '' && at !== undefined ? [{ name, value, at }] : [];

/** Fills what nobody has written in yet; gives what stands there because it was known. */
function fillIn(
  form: HTMLFormElement,
  facts: readonly Known[],
  filled: Map<string, string>,
): readonly Known[] {
  for (const name of [...filled.keys()])
    if (!facts.some((fact) => fact.name === name)) takeBack(form, name, filled);
  return facts.filter(({ name, value }) => {
    const field = control(form, name);
    if (!field) return false;
    if (isUntouched(field) || field.value === filled.get(name)) {
      field.value = value;
      filled.set(name, value);
    }
    return filled.has(name) && field.value === value;
  });
}

/** Empties a field that was filled in, unless somebody wrote in it since. */
function takeBack(form: HTMLFormElement, name: string, filled: Map<string, string>): void {
  const field = control(form, name);
  if (field && field.value === filled.get(name))
    field.value = field instanceof HTMLSelectElement ? firstChoice(field) : '';
  filled.delete(name);
}

/** The one quiet line: who told us, and when. */
function explain(form: HTMLFormElement, memory: Memory, facts: readonly Known[]): void {
  const name = memory.recall('identity.name')?.value;
  const given = name?.preferred ?? name?.given ?? '';
  show('[data-filled]', facts.length > 0, form);
  show('[data-by-name]', given !== '', form);
  show('[data-by-nobody]', given === '', form);
  if (facts.length === 0) return;
  const line = find('[data-filled]', form);
  if (line) fill(line, { name: given, when: ago(Math.max(...facts.map(({ at }) => at))) });
}

function control(form: HTMLFormElement, name: string): Control | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement ||
    found instanceof HTMLTextAreaElement
    ? found
    : undefined;
}

function isUntouched(field: Control): boolean {
  return field instanceof HTMLSelectElement ? field.value === firstChoice(field) : field.value === '';
}

const firstChoice = (field: HTMLSelectElement): string =>
  [...field.options].find((option) => option.defaultSelected)?.value ?? '';

/** What to call somebody who gave one line: its first word. */
function personName(full: string): { readonly given: string; readonly full: string } {
  const [given = full] = full.split(/\s+/);
  return { given, full };
}
