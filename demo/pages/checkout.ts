import { html, type Html } from '../html.js';
import { COUNTRIES, type CheckoutField } from '../forms/checkout.js';
import type { Filled } from '../forms/fields.js';
import { preferencesOf, writeChoice, type Choice } from '../products.js';
import { field, filledLine } from './field.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';
import { deliveries } from './product.js';

/** Checkout on one page. What was written comes back with what is wrong; the card never does. */
export function checkout(page: Page, choice: Choice, filled: Filled<CheckoutField>): string {
  const { say, text, price } = page.tongue;
  const { product } = choice;
  const countries = COUNTRIES.map((code) => ({ value: code, label: page.tongue.country(code) })).sort(
    (a, b) => a.label.localeCompare(b.label, page.tongue.lang),
  );
  const invalid = Object.keys(filled.errors).length > 0;
  return layout(page, {
    title: page.tongue.text('checkout.title'),
    script: 'checkout',
    main: html`<form
      class="checkout wide"
      method="post"
      action="${href(page, '/checkout')}"
      novalidate
      data-checkout
      data-choices="${preferencesOf(product)}"
    >
      <input type="hidden" name="item" value="${product.id}" />
      ${choice.size && html`<input type="hidden" name="frameSize" value="${choice.size}" />`}
      <input type="hidden" name="colour" value="${choice.colour}" />
      <h1>${say('checkout.heading')}</h1>
      <div class="checkout-words">
        ${invalid && html`<p class="wrong" role="alert">${say('checkout.invalid')}</p>`} ${filledLine(page)}
        <section class="part" aria-labelledby="you">
          <h2 id="you">${say('checkout.you')}</h2>
          <div class="fields">
            ${field(page, filled, 'name', { autocomplete: 'name' })}
            ${field(page, filled, 'email', { type: 'email', autocomplete: 'email', width: 'half' })}
            ${field(page, filled, 'phone', { type: 'tel', autocomplete: 'tel', width: 'half', optional: true, hint: 'field.phone.hint' })}
          </div>
          <memory-consent></memory-consent>
        </section>
        <section class="part">${deliveries(page, choice.delivery)}</section>
        <section class="part address" aria-labelledby="where">
          <h2 id="where">${say('checkout.where')}</h2>
          <div class="fields">
            ${field(page, filled, 'street', { autocomplete: 'shipping street-address' })}
            ${field(page, filled, 'postcode', { autocomplete: 'shipping postal-code', width: 'third' })}
            ${field(page, filled, 'city', { autocomplete: 'shipping address-level2', width: 'third' })}
            ${field(page, filled, 'country', { autocomplete: 'shipping country', width: 'third', as: countries })}
          </div>
        </section>
        <section class="part" aria-labelledby="card">
          <h2 id="card">${say('checkout.card')}</h2>
          <p class="small">${say('checkout.card.never')}</p>
          <div class="fields">
            ${field(page, filled, 'cardNumber', { autocomplete: 'cc-number', numeric: true })}
            ${field(page, filled, 'cardExpiry', { autocomplete: 'cc-exp', numeric: true, width: 'half', hint: 'field.cardExpiry.hint' })}
            ${field(page, filled, 'cardCode', { autocomplete: 'cc-csc', numeric: true, width: 'half' })}
          </div>
        </section>
        <button class="act">${say('checkout.pay', { price: price(product.price) })}</button>
      </div>
      <aside class="slip" aria-label="${text('checkout.order')}" data-colour="${choice.colour}">
        <h2>${say('checkout.order')}</h2>
        ${product.draw()} ${slip(page, choice)}
        <p>
          <a href="${href(page, `/bicycles/${product.id}`, writeChoice(choice))}"
            >${say('checkout.change')}</a
          >
        </p>
      </aside>
    </form>`,
  });
}

function slip(page: Page, { product, size, colour }: Choice): Html {
  const { say, price } = page.tongue;
  return html`<dl class="sums">
    <div>
      <dt>
        <span class="item-name" dir="ltr">${product.name}</span><br /><span class="muted"
          >${said(page, size, colour)}</span
        >
      </dt>
      <dd>${price(product.price)}</dd>
    </div>
    <div>
      <dt>${say('checkout.delivery')}</dt>
      <dd>${say('checkout.free')}</dd>
    </div>
    <div class="sums-total">
      <dt>${say('checkout.total')}</dt>
      <dd>${price(product.price)}</dd>
    </div>
  </dl>`;
}

function said({ tongue }: Page, size: string | undefined, colour: Choice['colour']): string {
  if (!size) return tongue.text(`colour.${colour}`);
  return tongue.list([tongue.text('size.said', { size }), tongue.text(`colour.${colour}.said`)]);
}

/** A checkout before anything was chosen. */
export function emptyCheckout(page: Page): string {
  const { say } = page.tongue;
  return layout(page, {
    title: page.tongue.text('checkout.title'),
    main: html`<section class="note wide">
      <h1>${say('checkout.empty.heading')}</h1>
      <p class="lead">${say('checkout.empty.text')}</p>
      <p><a class="act" href="${href(page, '/')}">${say('nav.shop')}</a></p>
    </section>`,
  });
}
