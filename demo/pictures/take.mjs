/** `node demo/pictures/take.mjs [url]`: the README's two pictures, of a shop that is running. */
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../test/helpers/find-browser.mjs';

const url = process.argv[2] ?? 'http://localhost:8787';
const browser = await puppeteer.launch({ executablePath: findChromium(), args: chromiumArgs });
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 760 });
await take('first-visit');
await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle0' }), press('Second visit')]);
await take('second-visit');
await browser.close();

async function take(name) {
  await page.goto(`${url}/bicycles/furt`, { waitUntil: 'networkidle0' });
  await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, import.meta.url)) });
}

async function press(name) {
  const button = await page.waitForSelector(`::-p-aria(${name})`);
  await button.click();
}
