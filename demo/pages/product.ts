import { html, type Html } from '../html.js';
import {
  DELIVERIES,
  preferencesOf,
  RANGE,
  type Choice,
  type Colour,
  type Delivery,
  type Size,
} from '../products.js';
import { writePath } from '../language.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

/** One product with its choices; the address says what is chosen already. */
export function productPage(page: Page, choice: Choice): string {
  const { product } = choice;
  const { say, price, weight } = page.tongue;
  const first = product.group === 'bicycle' ? 'product.gears' : 'product.material';
  const second = product.group === 'bicycle' ? 'product.brakes' : 'product.fits';
  return layout(page, {
    title: product.name,
    menu: '/',
    script: 'product',
    main: html`<form
      class="product wide"
      action="${writePath(page.tongue.lang, '/checkout')}"
      autocomplete="off"
      data-choices="${preferencesOf(product)}"
    >
      <input type="hidden" name="item" value="${product.id}" />
      ${page.theme !== 'auto' && html`<input type="hidden" name="theme" value="${page.theme}" />`}
      <div class="product-sheet">
        <p class="back"><a href="${href(page, '/')}">${say('product.back')}</a></p>
        ${product.draw()}
      </div>
      <div class="product-words">
        <p class="kind">${say(`product.${product.id}.kind`)}</p>
        <h1 dir="ltr">${product.name}</h1>
        <p class="text">${say(`product.${product.id}.text`)}</p>
        ${product.sizes.length > 0 && sizes(page, product.sizes, choice.size)}
        ${colours(page, product.colours, choice.colour)} ${deliveries(page, choice.delivery)}
        <p class="why">
          <span data-unsure>${say(unsure(choice))}</span><span data-why hidden>${say('product.why')}</span>
        </p>
        <div class="buy">
          <p class="price">${price(product.price)}</p>
          <button class="act">${say('product.order', { name: product.name })}</button>
        </div>
        <p class="small">${say('product.tax')}</p>
        <memory-consent></memory-consent>
      </div>
      <section class="figures" aria-labelledby="figures">
        <h2 id="figures">${say('product.details')}</h2>
        <dl>
          <div>
            <dt>${say('product.weight')}</dt>
            <dd>${weight(product.weight)}</dd>
          </div>
          <div>
            <dt>${say(first)}</dt>
            <dd>${say(`product.${product.id}.first`)}</dd>
          </div>
          <div>
            <dt>${say(second)}</dt>
            <dd>${say(`product.${product.id}.second`)}</dd>
          </div>
        </dl>
      </section>
    </form>`,
  });
}

function unsure({
  product,
}: Choice): 'product.unsure.bicycle' | 'product.unsure.one' | 'product.unsure.part' {
  if (product.group === 'part') return 'product.unsure.part';
  return product.sizes.length > 0 ? 'product.unsure.bicycle' : 'product.unsure.one';
}

function sizes(page: Page, offered: readonly Size[], chosen: Size | undefined): Html {
  const { say, text, number } = page.tongue;
  const option = (size: Size): Html =>
    html`<label class="tile">
      <input
        type="radio"
        name="frameSize"
        value="${size}"
        data-said="${text('size.said', { size })}"
        ${size === chosen && html` checked`}
      />
      <span class="tile-name">${size}</span
      ><span class="tile-hint"
        >${say('size.range', { from: number(RANGE[size][0]), to: number(RANGE[size][1]) })}</span
      >
    </label>`;
  return html`<fieldset>
    <legend>${say('label.frameSize')}</legend>
    <div class="tiles">${offered.map(option)}</div>
  </fieldset>`;
}

function colours(page: Page, offered: readonly Colour[], chosen: Colour): Html {
  const { say, text } = page.tongue;
  const option = (colour: Colour): Html =>
    html`<label class="swatch" data-colour="${colour}">
      <input
        type="radio"
        name="colour"
        value="${colour}"
        data-said="${text(`colour.${colour}.said`)}"
        ${colour === chosen && html` checked`}
      />
      <span class="swatch-dot"></span><span>${say(`colour.${colour}`)}</span>
    </label>`;
  return html`<fieldset>
    <legend>${say('label.colour')}</legend>
    <div class="swatches">${offered.map(option)}</div>
  </fieldset>`;
}

/** The two ways to get it; the checkout asks the same. */
export function deliveries(page: Page, chosen: Delivery): Html {
  const { say, text } = page.tongue;
  const option = (way: Delivery): Html =>
    html`<label class="line">
      <input
        type="radio"
        name="delivery"
        value="${way}"
        data-said="${text(`delivery.${way}.said`)}"
        ${way === chosen && html` checked`}
      />
      <span class="line-words"
        ><span>${say(`delivery.${way}`)}</span
        ><span class="line-hint">${say(`delivery.${way}.hint`)}</span></span
      >
    </label>`;
  return html`<fieldset>
    <legend>${say('label.delivery')}</legend>
    <div class="lines">${DELIVERIES.map(option)}</div>
  </fieldset>`;
}
