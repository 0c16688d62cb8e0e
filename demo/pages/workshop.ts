import { noon } from '../calendar.js';
import { bench } from '../drawings/bench.js';
import type { Filled } from '../forms/fields.js';
import { SERVICE_PRICE, SERVICES, type RepairField, type Service } from '../forms/repair.js';
import { html, type Html } from '../html.js';
import { SHOP_ZONE } from '../language.js';
import { field, filledLine } from './field.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

/** The workshop: what it does for how much, and a form that ends in a promise. */
export function workshop(page: Page, days: readonly string[], filled: Filled<RepairField>): string {
  const { say } = page.tongue;
  const invalid = Object.keys(filled.errors).length > 0;
  return layout(page, {
    title: page.tongue.text('workshop.title'),
    menu: '/workshop',
    script: 'workshop',
    main: html`<section class="intro wide">
        <h1>${say('workshop.heading')}</h1>
        <p class="lead">${say('workshop.lead')}</p>
      </section>
      <div class="workshop wide">
        <form class="workshop-form" method="post" action="${href(page, '/workshop')}" novalidate data-repair>
          <h2>${say('workshop.form')}</h2>
          ${invalid && html`<p class="wrong" role="alert">${say('workshop.invalid')}</p>`}
          <p class="filled" data-booked hidden>
            ${say('workshop.booked')}
            <a href="${href(page, '/workshop')}" data-promise="${href(page, '/workshop/promise')}"
              >${say('workshop.see')}</a
            >
          </p>
          ${services(page, filled)} ${filledLine(page)}
          <div class="fields">
            ${field(page, filled, 'bicycle', { hint: 'field.bicycle.hint', width: 'half' })}
            ${field(page, filled, 'day', { width: 'half', as: days.map((one) => ({ value: one, label: page.tongue.day(noon(one)) })) })}
            ${field(page, filled, 'name', { autocomplete: 'name', width: 'half' })}
            ${field(page, filled, 'email', { type: 'email', autocomplete: 'email', width: 'half' })}
            ${field(page, filled, 'note', { as: 'lines', optional: true })}
          </div>
          <memory-consent></memory-consent>
          <button class="act">${say('workshop.book')}</button>
        </form>
        <aside class="workshop-side">
          ${bench()}
          <h2>${say('workshop.bench')}</h2>
          <p>${say('workshop.bench.text')}</p>
          <h2>${say('workshop.hours')}</h2>
          <dl class="hours">
            <div>
              <dt>${say('workshop.hours.weekdays')}</dt>
              <dd>10–18</dd>
            </div>
            <div>
              <dt>${say('workshop.hours.saturday')}</dt>
              <dd>10–14</dd>
            </div>
            <div>
              <dt>${say('workshop.hours.closed')}</dt>
              <dd>${say('workshop.hours.closed.said')}</dd>
            </div>
          </dl>
        </aside>
      </div>`,
  });
}

function services(page: Page, filled: Filled<RepairField>): Html {
  const { say, price, text } = page.tongue;
  const error = filled.errors.service;
  const option = (service: Service): Html => {
    const euros = SERVICE_PRICE[service];
    return html`<label class="line">
      <input
        type="radio"
        name="service"
        value="${service}"
        data-said="${text(`service.${service}`)}"
        ${filled.values.service === service && html` checked`}${error && html` aria-describedby="service-error"`}
      />
      <span class="line-words">${say(`service.${service}`)}</span
      ><span class="line-price">${euros === undefined ? say('service.noise.price') : price(euros)}</span>
    </label>`;
  };
  return html`<fieldset>
    <legend>${say('field.service')}</legend>
    <div class="lines">${SERVICES.map(option)}</div>
    ${error && html`<p class="error" id="service-error">${say(error)}</p>`}
  </fieldset>`;
}

/** What was promised, in one sentence; once its time has passed it says that too. */
export function promise(page: Page, service: Service, day: string, by: Date): string {
  const { say, moment } = page.tongue;
  const late = by < page.now;
  const time = html`<time datetime="${by.toISOString()}">${moment(by)}</time>`;
  return layout(page, {
    title: page.tongue.text('promise.title'),
    menu: '/workshop',
    main: html`<section class="note wide" data-promise="${service}" data-day="${day}">
      <p class="kind">${say('promise.title')}</p>
      <h1>${late ? say('promise.late', { time }) : say(`promise.${service}`, { time })}</h1>
      ${
        !late &&
        html`<p class="lead">${say('promise.bring')}</p>
          <p class="small">
            ${say('promise.how', { zone: SHOP_ZONE.replace('_', ' ').split('/').at(-1) ?? SHOP_ZONE })}
          </p>`
      }
      <memory-consent></memory-consent>
      <p>
        <a class="act" href="${href(page, '/support')}">${say('thanks.ask')}</a>
        <a class="plain" href="${href(page, '/workshop')}">${say('promise.another')}</a>
      </p>
    </section>`,
  });
}
