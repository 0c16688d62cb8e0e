/** The promise of the whole: the browser is closed, opened again, and nobody has to say anything twice. */
import { after, before, describe, it } from 'node:test';
import { chromium } from '../helpers/engines.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { comeBack } from './second-visit.js';

describe('after the browser was closed and opened again', () => {
  let shop: OpenShop;
  before(async () => {
    shop = await openShop();
  });
  after(() => shop?.close());

  it('greets by name, has the last conversation one press away, the choices made and the checkout filled', () =>
    comeBack(chromium, shop));
});
