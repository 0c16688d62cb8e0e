import { html, nothing } from 'lit/html.js';

export type Press = (event: Event) => unknown;

/** A button that says what it does; `of` is the id of what it does it to. */
export const button = (part: string, words: unknown, press: Press, of?: string) =>
  html`<button part=${part} type="button" aria-describedby=${of ?? nothing} @click=${press}>
    ${words}
  </button>`;
