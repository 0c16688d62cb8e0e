/** The workshop: knows who books and which bicycle, and what was promised last. */
import { fill, find, locale, show } from './dom.js';
import { keepContact, keepFilled, written } from './filling.js';
import { findMemory, keep } from './memory.js';
import type { Memory } from '../../src/memory/types.js';

const form = find<HTMLFormElement>('form[data-repair]');
const memory = findMemory();
if (form && memory) booking(form, memory);

function booking(form: HTMLFormElement, memory: Memory): void {
  keepFilled(form, memory);
  memory.subscribe(booked);
  form.addEventListener('submit', () => {
    keepContact(form, memory);
    const bicycle = written(form, 'bicycle');
    const service = find<HTMLInputElement>('input[name="service"]:checked', form)?.value;
    const day = written(form, 'day');
    if (bicycle) keep(memory, 'preferences.bicycle', bicycle);
    if (service && day) {
      keep(memory, 'preferences.repair', service);
      keep(memory, 'preferences.repairDay', day);
    }
  });

  /** The promise of last time, one press away. */
  function booked(): void {
    const service = memory.recall('preferences.repair')?.value;
    const day = memory.recall('preferences.repairDay')?.value;
    const line = find('[data-booked]', form);
    const option =
      typeof service === 'string'
        ? find<HTMLInputElement>(`input[name="service"][value="${CSS.escape(service)}"]`, form)
        : null;
    const valid =
      line &&
      option &&
      typeof service === 'string' &&
      typeof day === 'string' &&
      /^\d{4}-\d{2}-\d{2}$/.test(day);
    show('[data-booked]', Boolean(valid), form);
    if (!valid) return;
    const date = new Intl.DateTimeFormat(locale(), {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    }).format(new Date(`${day}T12:00:00Z`));
    fill(line, { what: option.dataset['said'] ?? '', day: date });
    const link = find<HTMLAnchorElement>('a', line);
    if (!link) return;
    const promise = new URL(link.dataset['promise'] ?? '', location.href);
    promise.searchParams.set('service', service);
    promise.searchParams.set('day', day);
    link.href = promise.href;
  }
}
