/** A form that is filled in with what the person told this shop, and empties itself when that is forgotten. */
import type { Memory } from '../../src/memory/types.js';
import { findMemory, keep } from './memory.js';

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What stands in which field, and since when. */
export interface Known {
  readonly name: string;
  readonly value: string;
  readonly at: number;
}

export const control = (form: HTMLFormElement, name: string): Control | undefined => {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLInputElement ||
    found instanceof HTMLSelectElement ||
    found instanceof HTMLTextAreaElement
    ? found
    : undefined;
};

/** Fields of the contact and the home address, as far as they are known. */
export function known(memory: Memory): readonly Known[] {
  const name = memory.recall('identity.name');
  const email = memory.recall('identity.email');
  const phone = memory.recall('identity.phone');
  const home = memory.recall('identity.addresses.home');
  const bicycle = memory.recall('preferences.bicycle');
  return [
    ...one('name', name?.value.full ?? name?.value.preferred ?? name?.value.given, name?.at),
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
export function fillIn(
  form: HTMLFormElement,
  facts: readonly Known[],
  filled: Map<string, string>,
): readonly Known[] {
  for (const [name, value] of filled)
    if (!facts.some((fact) => fact.name === name)) takeBack(form, name, value, filled);
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

/** Empties what was filled in, and leaves what was written since. */
export function clear(form: HTMLFormElement, filled: Map<string, string>): void {
  for (const [name, value] of [...filled]) takeBack(form, name, value, filled);
}

function takeBack(form: HTMLFormElement, name: string, value: string, filled: Map<string, string>): void {
  const field = control(form, name);
  if (field && field.value === value)
    field.value =
      field instanceof HTMLSelectElement
        ? ([...field.options].find((option) => option.defaultSelected)?.value ?? '')
        : '';
  filled.delete(name);
}

function isUntouched(field: Control): boolean {
  if (field instanceof HTMLSelectElement) return field.selectedOptions[0]?.defaultSelected ?? true;
  return field.value === '';
}

/** Keeps who the person said they are, at once, so that leaving the page loses nothing. */
export function keepContact(form: HTMLFormElement): void {
  const memory = findMemory();
  if (!memory) return;
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

/** What to call somebody who gave one line: its first word. */
function personName(full: string): { readonly given: string; readonly full: string } {
  const [given = full] = full.split(/\s+/);
  return { given, full };
}
