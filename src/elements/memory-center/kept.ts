import { html, nothing } from 'lit/html.js';
import type { Memory } from '../../memory/types.js';
import { button } from '../button.js';
import { day } from '../dates.js';
import type { CenterWords } from './center.js';
import type { Presses } from './presses.js';

/** What this browser keeps, in plain words, with the button that changes it. */
export function keptOf(
  memory: Memory,
  { lang, say }: CenterWords,
  { grant, later }: Presses,
  aside: boolean | undefined,
): unknown {
  const { consent, status } = memory;
  const { device } = status.storage;
  const blocked = /blocked|failed/.test(device);
  // Shown from the boot record it is on the device, although its database has not answered yet.
  const where = status.state === 'provisional' ? 'device' : status.kept;
  // What a device that does not answer has of them, nobody can say.
  const keeps = blocked && where !== 'device' ? 'storage.blocked' : (`kept.${where}` as const);
  return html`<section part="kept" aria-labelledby="kept">
    <h3 part="heading" id="kept">${say('kept.title')}</h3>
    <p part="keeps">${say(keeps)}</p>
    ${aside ? html`<p part="aside">${say('kept.aside')}</p>` : nothing}
    ${
      consent.refusedAt === undefined
        ? nothing
        : html`<p part="refused">
            ${say('kept.refused', { date: day(lang, consent.refusedAt), until: day(lang, consent.refusedAt + ASKED_AGAIN) })}
          </p>`
    }
    ${
      consent.by === 'host' || consent.state === 'unknown'
        ? nothing
        : consent.state === 'granted'
          ? button(
              'withdraw',
              say('kept.withdraw'),
              later((acts) => acts.question(memory, 'withdraw')),
            )
          : blocked
            ? nothing
            : button('grant', say('kept.grant'), grant(memory))
    }
  </section>`;
}

/** For so long nobody asks after a no: 180 days. */
const ASKED_AGAIN = 180 * 86_400_000;
