import { inOpenDays, namedOpenDay } from '../calendar.js';
import { html } from '../html.js';
import type { Choice } from '../products.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

/** After an order: what happens next, and by when. */
export function thanks(page: Page, choice: Choice, number: string): string {
  const { say, day } = page.tongue;
  const date = day(inOpenDays(page.now, choice.delivery === 'home' ? 5 : 2));
  const building = namedOpenDay(page.now);
  return layout(page, {
    title: page.tongue.text('thanks.title'),
    main: html`<section class="after wide" data-colour="${choice.colour}">
      <div class="after-words">
        <p class="kind">${say('thanks.number', { number })}</p>
        <h1>${say('thanks.heading')}</h1>
        <p class="lead">
          ${building ? say(`thanks.${choice.delivery}.later`, { building: day(building), date }) : say(`thanks.${choice.delivery}`, { date })}
        </p>
        <memory-consent></memory-consent>
        <p class="small">${say('thanks.demo')}</p>
        <p><a class="act" href="${href(page, '/support')}">${say('thanks.ask')}</a></p>
      </div>
      <div class="after-sheet">${choice.product.draw()}</div>
    </section>`,
  });
}
