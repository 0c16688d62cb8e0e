/** The strip about the demo, set apart from the shop: who to be, in which language, in which light. */
import { html, type Html } from '../html.js';
import { endonym, LANGUAGES, type Tongue } from '../language.js';
import type { WordKey } from '../strings/words.js';
import { here, href, THEMES, type Page, type Theme } from './page.js';

const THEME_WORDS: Readonly<Record<Theme, WordKey>> = {
  auto: 'strip.auto',
  light: 'strip.lit',
  dark: 'strip.dark',
};

export function strip(page: Page): Html {
  const { tongue } = page;
  return html`<aside class="strip" aria-label="${tongue.text('strip.label')}">
    <div class="strip-row wide">
      <div class="strip-who" data-first-visit="${href({ ...page, theme: 'auto' }, '/first-visit.json')}">
        <span class="strip-name">${tongue.say('strip.demo')}</span>
        ${who(tongue, 'stranger')}${who(tongue, 'returning')}${who(tongue, 'forget')}
        <noscript>${tongue.say('strip.script')}</noscript>
      </div>
      <nav class="strip-set" aria-label="${tongue.text('strip.language')}">
        ${LANGUAGES.map((lang) => html`<a href="${here(page, { lang })}" lang="${lang}" hreflang="${lang}" ${lang === tongue.lang ? html` aria-current="true"` : ''}>${endonym(lang)}</a>`)}
      </nav>
      <nav class="strip-set" aria-label="${tongue.text('strip.light')}">
        ${THEMES.map((theme) => html`<a href="${here(page, { theme })}" data-theme-choice="${theme}" ${theme === page.theme ? html` aria-current="true"` : ''}>${tongue.say(THEME_WORDS[theme])}</a>`)}
      </nav>
    </div>
    <p
      class="strip-said wide"
      role="status"
      data-gone="${tongue.text('strip.gone')}"
      data-nothing="${tongue.text('strip.nothing')}"
      data-failed="${tongue.text('strip.failed')}"
    ></p>
  </aside>`;
}

/** Hidden until the script that can do it is there. */
const who = (tongue: Tongue, act: 'stranger' | 'returning' | 'forget'): Html =>
  html`<button type="button" class="strip-act" data-act="${act}" hidden>
    ${tongue.say(`strip.${act}`)}
  </button>`;
