import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { tightStyle, tightStyles } from '../../build/tight-styles.mjs';
import { launchChromium } from '../helpers/launch-chromium.js';

const FOLDER = 'src/elements';
/** Every style sheet of the elements; what stands in a hole is as good as any declaration. */
const sheets = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/\bcss`([^`]*)`/g)])
  .map(([, text = '']) => text.replaceAll(/\$\{\w+\}/g, 'color: inherit;'));

let browser: Browser;
let page: Page;

before(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
});
after(() => browser.close());

/** The rules that a browser reads in a sheet; lists with a `var()` in them it leaves as they were written. Some are declarations alone, for another's rule. */
const rulesOf = (text: string) =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text.includes('{') ? text : `p { ${text} }`);
    return [...sheet.cssRules].map(({ cssText }) => cssText.replaceAll(', ', ','));
  }, text);

test('a style sheet without its spaces is the same style sheet', async () => {
  assert.ok(sheets.length > 5);
  for (const text of sheets) {
    const tight = tightStyle(text);
    assert.deepEqual(await rulesOf(tight), await rulesOf(text));
    assert.doesNotMatch(tight, /\/\*|\n| {2}|[{;] |;\}/);
  }
});

test('what stands in a hole, and what is no style sheet, is as it was', () => {
  assert.equal(
    tightStyles.transform('css`a { ${quiet} b: 1; }`; html`a { b: 1; }`').code,
    'css`a{${quiet}b:1}`; html`a { b: 1; }`',
  );
});
