/** The second visit in the engines that ENGINES names, such as `ENGINES=firefox,webkit`; the everyday tests name none. */
import { after, before, describe, it } from 'node:test';
import { chromium, firefox, type Engine } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { webkit } from '../helpers/engines-webkit.js';
import { comeBack } from './second-visit.js';

const ENGINES: Readonly<Record<string, Engine>> = { chromium, firefox, webkit };
const named = (process.env['ENGINES'] ?? '').split(',').filter(Boolean);

describe('after the browser was closed and opened again', () => {
  let shop: OpenShop | undefined;
  before(async () => {
    if (named.length > 0) shop = await openShop();
  });
  after(() => shop?.close());

  // Whoever names engines sees only these; the others are not skipped, they are somebody else's turn.
  for (const name of named.length > 0 ? named : Object.keys(ENGINES)) {
    const engine = ENGINES[name];
    if (!engine) throw new Error(`ENGINES names "${name}": choose among ${Object.keys(ENGINES).join(', ')}.`);
    const skip = named.length === 0 && `ENGINES=${name} runs it`;
    it(`greets by name and asks nothing again in ${engine.name}`, { skip }, () =>
      comeBack(engine, shop as OpenShop),
    );
  }
});
