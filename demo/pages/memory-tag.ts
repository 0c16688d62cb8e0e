/** The one tag, and what it is told about this shop: what the keys are called in words. */
import { html, jsonBlock, type Html } from '../html.js';
import { LANGUAGES } from '../language.js';
import { COLOURS, DELIVERIES } from '../products.js';
import { SERVICES } from '../forms/repair.js';
import { words, type WordKey } from '../strings/words.js';
import type { Page } from './page.js';

export function memoryTag(page: Page): Html {
  return html`<script type="application/json" data-customer-memory>
      ${OPTIONS}
    </script>
    <script src="/customer-memory.js" data-site="kornblum" data-lang="${page.tongue.lang}"></script>`;
}

/** A text in every language of the shop. */
const everywhere = (key: WordKey): Readonly<Record<string, string>> =>
  Object.fromEntries(LANGUAGES.map((lang) => [lang, words[lang][key]]));

const values = <T extends string>(choices: readonly T[], key: (choice: T) => WordKey) =>
  Object.fromEntries(choices.map((choice) => [choice, everywhere(key(choice))]));

const OPTIONS = jsonBlock({
  labels: {
    'preferences.frameSize': { title: everywhere('label.frameSize') },
    'preferences.colour': {
      title: everywhere('label.colour'),
      values: values(COLOURS, (colour) => `colour.${colour}`),
    },
    'preferences.delivery': {
      title: everywhere('label.delivery'),
      values: values(DELIVERIES, (way) => `delivery.${way}`),
    },
    'preferences.theme': {
      title: everywhere('label.theme'),
      values: { light: everywhere('strip.lit'), dark: everywhere('strip.dark') },
    },
    'preferences.bicycle': { title: everywhere('label.bicycle') },
    'preferences.repair': {
      title: everywhere('label.repair'),
      values: values(SERVICES, (service) => `service.${service}`),
    },
    'preferences.repairDay': { title: everywhere('label.repairDay') },
  },
  purposes: {
    identity: { title: everywhere('purpose.identity') },
    preferences: { title: everywhere('purpose.preferences') },
    conversations: { title: everywhere('purpose.conversations') },
    care: { title: everywhere('purpose.care') },
  },
});
