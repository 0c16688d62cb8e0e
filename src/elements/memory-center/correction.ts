import { html, nothing } from 'lit';
import type { Json, Memory, Remembered } from '../../memory/types.js';
import type { center } from '../strings/en.js';
import type { Words } from '../words.js';

export interface Correction {
  readonly save: (value: Json) => void;
  readonly cancel: () => void;
  /** The value given last was refused. */
  readonly unfit: boolean;
}

/** A small form in the place of a value: one field of the value's kind. Escape leaves it as it was. */
export function correctionOf(
  fact: Remembered,
  memory: Memory,
  { say }: Words<typeof center>,
  { save, cancel, unfit }: Correction,
): unknown {
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).elements.namedItem('value') as HTMLInputElement;
    save(valueOf(field.value, fact.value));
  };
  const escape = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel();
  };
  return html`<form part="correction" @submit=${submit} @keydown=${escape}>
    <label part="label">
      <span part="caption">${say('center.correct.label')}</span>
      ${typeof fact.value === 'boolean' ? choice(fact, memory) : field(fact, unfit)}
    </label>
    <button part="save">${say('center.correct.save')}</button>
    <button part="cancel" type="button" @click=${cancel}>${say('center.correct.cancel')}</button>
    <p part="unfit" id="unfit" role="alert">${unfit ? say('center.correct.unfit') : nothing}</p>
  </form>`;
}

function field({ value }: Remembered, unfit: boolean): unknown {
  return html`<input
    part="field"
    name="value"
    required
    autocomplete="off"
    dir="auto"
    type=${typeof value === 'number' ? 'number' : 'text'}
    step="any"
    .value=${String(value)}
    aria-invalid=${unfit ? 'true' : 'false'}
    aria-describedby="unfit"
  />`;
}

function choice(fact: Remembered, memory: Memory): unknown {
  return html`<select part="field" name="value">
    ${[true, false].map(
      (value) =>
        html`<option part="option" value=${String(value)} ?selected=${fact.value === value}>
          ${memory.describe({ ...fact, value }).value}
        </option>`,
    )}
  </select>`;
}

function valueOf(given: string, before: Json): Json {
  if (typeof before === 'number') return Number(given);
  return typeof before === 'boolean' ? given === 'true' : given.trim();
}
