import { html } from 'lit/html.js';
import type { Memory } from '../../memory/types.js';
import { button } from '../button.js';
import type { CenterWords } from './center.js';
import type { Presses } from './presses.js';

/** What may be done with all of it. */
export function endOf(memory: Memory, { say }: CenterWords, { later }: Presses): unknown {
  return html`<p part="end choices">
    ${button(
      'copy',
      say('center.copy'),
      later((acts) => acts.copy(memory)),
    )}
    ${button(
      'forget-all',
      say('center.forgetAll'),
      later((acts) => acts.question(memory, 'forget')),
    )}
  </p>`;
}
