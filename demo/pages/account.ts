import { html } from '../html.js';
import { layout } from './layout.js';
import type { Page } from './page.js';

/** What this shop remembers, where the visitor can see and undo it. */
export function account(page: Page): string {
  const { say } = page.tongue;
  return layout(page, {
    title: page.tongue.text('account.title'),
    menu: '/account',
    main: html`<section class="intro wide">
        <h1>${say('account.heading')}</h1>
        <p class="lead">${say('account.lead')}</p>
      </section>
      <div class="account wide">
        <div class="account-memory">
          <memory-center open id="memory"></memory-center>
          <noscript><p class="empty">${say('account.script')}</p></noscript>
        </div>
        <aside class="account-side">
          <h2>${say('account.how')}</h2>
          <p>${say('account.how.text')}</p>
        </aside>
      </div>`,
  });
}
