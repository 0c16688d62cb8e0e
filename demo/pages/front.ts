import { longMeasured } from '../drawings/bicycle.js';
import { html, type Html } from '../html.js';
import { PRODUCTS, type Product } from '../products.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

/** The shop: what stands on the floor, and the door at the back. */
export function front(page: Page): string {
  const { say, price, number } = page.tongue;
  const long = PRODUCTS.find((one) => one.id === 'lade');
  return layout(page, {
    title: page.tongue.text('front.title'),
    menu: '/',
    main: html`<section class="hero wide">
        <div class="hero-words">
          <h1>${say('front.heading')}</h1>
          <p class="lead">${say('front.lead')}</p>
        </div>
        <figure class="hero-sheet" data-colour="cobalt">
          ${longMeasured(say('front.measure', { millimetres: number(1786) }))}
          <figcaption>
            <a href="${href(page, '/bicycles/lade', 'colour=cobalt')}"
              >${say('front.caption', { price: long ? price(long.price) : '' })}</a
            >
          </figcaption>
        </figure>
      </section>
      <section class="shelf wide" aria-labelledby="bicycles">
        <h2 id="bicycles">${say('front.bicycles')}</h2>
        <ul class="grid grid-bicycles">
          ${PRODUCTS.filter((one) => one.group === 'bicycle').map((one) => item(page, one))}
        </ul>
      </section>
      <section class="shelf wide" aria-labelledby="parts">
        <h2 id="parts">${say('front.parts')}</h2>
        <ul class="grid grid-parts">
          ${PRODUCTS.filter((one) => one.group === 'part').map((one) => item(page, one))}
        </ul>
      </section>
      <section class="door">
        <div class="door-row wide">
          <h2>${say('front.workshop.heading')}</h2>
          <p class="lead">${say('front.workshop.text')}</p>
          <p><a class="act" href="${href(page, '/workshop')}">${say('front.workshop.link')}</a></p>
        </div>
      </section>`,
  });
}

function item(page: Page, product: Product): Html {
  const { say, price } = page.tongue;
  return html`<li class="item" data-colour="${product.colours[0]}">
    <a href="${href(page, `/bicycles/${product.id}`)}">
      ${product.draw()}
      <span class="item-name" dir="ltr">${product.name}</span>
      <span class="item-kind">${say(`product.${product.id}.kind`)}</span>
      <span class="item-price">${price(product.price)}</span>
    </a>
  </li>`;
}
