import { html, nothing } from 'lit';
import type { Memory } from '../../memory/types.js';
import { button, type Press } from '../button.js';
import { day } from '../dates.js';
import type { CenterWords } from './center.js';

/** What this browser keeps, in plain words, with the button that changes it. */
export function keptOf(
  { consent, status }: Memory,
  { lang, say }: CenterWords,
  press: { readonly grant: Press; readonly withdraw: Press },
  aside: boolean,
): unknown {
  const { device } = status.storage;
  const blocked = device === 'blocked' || device === 'failed';
  // Shown from the boot record it is on the device, although its database has not answered yet.
  const where = status.state === 'provisional' ? 'device' : status.kept;
  return html`<section part="kept" aria-labelledby="kept">
    <h3 part="heading" id="kept">${say('kept.title')}</h3>
    <p part="keeps">${say(`kept.${where}`)}</p>
    ${aside ? html`<p part="aside">${say('kept.aside')}</p>` : nothing}
    ${blocked ? html`<p part="blocked">${say('storage.blocked')}</p>` : nothing}
    ${
      consent.refusedAt === undefined
        ? nothing
        : html`<p part="refused">
            ${say('kept.refused', { date: day(lang, consent.refusedAt), until: day(lang, consent.refusedAt + ASKED_AGAIN) })}
          </p>`
    }
    ${
      consent.by === 'host' || consent.state === 'unknown' || blocked
        ? nothing
        : consent.state === 'granted'
          ? button('withdraw', say('kept.withdraw'), press.withdraw)
          : button('grant', say('kept.grant'), press.grant)
    }
  </section>`;
}

/** For so long nobody asks after a no: 180 days. */
const ASKED_AGAIN = 180 * 86_400_000;
