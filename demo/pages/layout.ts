/** The frame around every page: head, demo strip, shop header, footer. */
import { mark } from '../drawings/mark.js';
import { html, type Html } from '../html.js';
import { memoryTag } from './memory-tag.js';
import { href, type Page } from './page.js';
import { strip } from './strip.js';

export interface Content {
  /** What the page is called, in the visitor's words: it is also what they are told about where they said something. */
  readonly title: string;
  /** Which entry of the menu this page belongs to. */
  readonly menu?: MenuPath;
  /** The page's own module in demo/client, beside the one every page has. */
  readonly script?: 'product' | 'checkout' | 'workshop' | 'support';
  readonly main: Html;
}

type MenuPath = (typeof MENU)[number][0];

const MENU = [
  ['/', 'nav.shop'],
  ['/workshop', 'nav.workshop'],
  ['/support', 'nav.support'],
  ['/account', 'nav.account'],
] as const;

export function layout(page: Page, { title, menu, script, main }: Content): string {
  const { lang, dir, say, text } = page.tongue;
  return html`<!doctype html>
    <html lang="${lang}" dir="${dir}" data-theme="${page.theme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${text('shop.title', { page: title })}</title>
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/shop/icon.svg" type="image/svg+xml" />
        <link rel="preload" href="/shop/young-serif-latin.woff2" as="font" type="font/woff2" crossorigin />
        <link rel="stylesheet" href="/shop/style.css" />
        ${memoryTag(page)}
        <script type="module" src="/shop/shop.js" blocking="render"></script>
        ${script ? html`<script type="module" src="/shop/${script}.js" blocking="render"></script>` : ''}
      </head>
      <body>
        <a class="skip" href="#main">${say('shop.skip')}</a>
        ${strip(page)}
        <header class="head wide">
          <a class="brand" href="${href(page, '/')}">${mark()}<span>${say('shop.name')}</span></a>
          <nav class="menu" aria-label="${text('shop.menu')}">
            ${MENU.map(([path, key]) => html`<a href="${href(page, path)}" ${menu === path ? html` aria-current="${page.path === path ? 'page' : 'true'}"` : ''}>${say(key)}</a>`)}
          </nav>
          <div class="greeting" data-support="${href(page, '/support')}">
            <memory-greeting>${say('shop.stranger')}</memory-greeting>
          </div>
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="foot">
          <div class="wide foot-row">
            <p class="foot-name">${say('shop.name')}</p>
            <p>${say('shop.street')}<br />${say('shop.hours')}</p>
            <p>${say('shop.repairs')}</p>
          </div>
        </footer>
      </body>
    </html> `.html;
}
