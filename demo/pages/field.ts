import { html, type Html } from '../html.js';
import type { Filled } from '../forms/fields.js';
import type { WordKey } from '../strings/words.js';
import type { Page } from './page.js';

export interface FieldOptions {
  readonly type?: 'text' | 'email' | 'tel';
  /** WHATWG autofill tokens. */
  readonly autocomplete?: string;
  readonly numeric?: boolean;
  readonly hint?: WordKey;
  readonly optional?: boolean;
  readonly width?: 'half' | 'third';
  /** Several lines, or these choices, instead of one line. */
  readonly as?: 'lines' | readonly { readonly value: string; readonly label: string }[];
}

/** A labelled field with its hint, what was written, and what is wrong beside it. */
export function field<F extends string>(
  page: Page,
  filled: Filled<F>,
  name: F & FieldName,
  options: FieldOptions = {},
): Html {
  const { say } = page.tongue;
  const error = filled.errors[name];
  const value = filled.values[name];
  const described = [options.hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const shared = html`id="${name}"
  name="${name}"${options.autocomplete && html` autocomplete="${options.autocomplete}"`}${described && html` aria-describedby="${described}"`}${error && html` aria-invalid="true"`}`;
  const label = say(`field.${name}`);
  return html`<div class="field${options.width ? ` field-${options.width}` : ''}">
    <label for="${name}">${options.optional ? say('field.optional', { field: label }) : label}</label>
    ${control(shared, value, options)}
    ${options.hint && html`<p class="hint" id="${name}-hint">${say(options.hint)}</p>`}
    ${error && html`<p class="error" id="${name}-error">${say(error)}</p>`}
  </div>`;
}

type FieldName = WordKey extends infer K ? (K extends `field.${infer N}` ? N : never) : never;

function control(shared: Html, value: string, { as, type = 'text', numeric }: FieldOptions): Html {
  if (as === 'lines') return html`<textarea ${shared} rows="3">${value}</textarea>`;
  if (as)
    return html`<select ${shared}>
      ${as.map((one) => html`<option value="${one.value}" ${one.value === value && html` selected`}>${one.label}</option>`)}
    </select>`;
  return html`<input ${shared} type="${type}" value="${value}" ${numeric && html` inputmode="numeric"`} />`;
}

/** The one quiet line that says why a form is filled in, and takes it back; hidden until it is. */
export function filledLine({ tongue: { say } }: Page): Html {
  return html`<div class="filled" data-filled hidden>
    <p data-by-name hidden>${say('form.filled')}</p>
    <p data-by-nobody hidden>${say('form.filled.nobody')}</p>
    <p class="filled-acts"><button type="button" class="plain" data-clear>${say('form.clear')}</button></p>
  </div>`;
}
