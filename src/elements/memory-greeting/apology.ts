import { html } from 'lit/html.js';
import type { RenderingElement } from '../rendering-element.js';
import type { Memory } from '../../memory/types.js';
import { apology } from '../strings/apology.js';
import { wordsFor } from '../words.js';

interface Greeting extends RenderingElement {
  apology?: (language: string) => unknown;
}

/**
 * Says sorry to somebody who was taken for another, and what becomes of the memory put aside. It is
 * given the focus, so that it is read: the button that had it is gone.
 */
export async function apologise(greeting: Greeting, { assurance }: Memory['visitor']): Promise<void> {
  greeting.apology = (language) => {
    const { lang, dir, say } = wordsFor(apology, language);
    return html`<slot></slot>
      <p part="details" tabindex="-1" lang=${lang} dir=${dir}>
        ${say('wrongPerson')} ${say(assurance === 'verified' ? 'wrongPerson.back' : 'wrongPerson.deleted')}
      </p>`;
  };
  await greeting.updateComplete;
  // Who has gone on meanwhile is left where they are.
  if (document.activeElement !== document.body) return;
  greeting.renderRoot.querySelector<HTMLElement>('[tabindex]')?.focus();
}
