import { html, nothing } from 'lit';

/** A button that says what it does; `of` is the id of what it does it to. */
export const button = (part: string, words: unknown, press: (event: Event) => unknown, of?: string) =>
  html`<button part=${part} type="button" aria-describedby=${of ?? nothing} @click=${press}>
    ${words}
  </button>`;
