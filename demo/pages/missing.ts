import { html } from '../html.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

/** For an address where nothing is. */
export function missing(page: Page): string {
  const { say } = page.tongue;
  return layout(page, {
    title: page.tongue.text('missing.title'),
    main: html`<section class="note wide">
      <h1>${say('missing.heading')}</h1>
      <p class="lead">${say('missing.text')}</p>
      <p><a class="act" href="${href(page, '/')}">${say('nav.shop')}</a></p>
    </section>`,
  });
}
