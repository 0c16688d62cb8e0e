/** The second visit, in every engine. */
import { after, before, describe } from 'node:test';
import { anyEngine, inEngines } from '../helpers/engines-named.js';
import { openShop, type OpenShop } from '../helpers/engines-shop.js';
import { comeBack } from './second-visit.js';

describe('after the browser was closed and opened again', () => {
  let shop: OpenShop | undefined;
  before(async () => {
    if (anyEngine) shop = await openShop();
  });
  after(() => shop?.close());

  inEngines('greets by name and asks nothing again', (engine) => comeBack(engine, shop as OpenShop));
});
