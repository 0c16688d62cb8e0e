/** Two visits of one person to the shop, with the browser closed in between: the same steps in every engine. */
import assert from 'node:assert/strict';
import type { Engine, Visitor } from '../helpers/engines.js';
import type { OpenShop } from '../helpers/engines-shop.js';
import { CARD, choose, onPage, pay, says, settled, textAt, withProfile } from './shop-visitor.js';

const ANA = {
  name: 'Ana Martins',
  email: 'ana@example.com',
  phone: '+351 912 345 678',
  street: 'Rua das Flores 12',
  postcode: '1200-195',
  city: 'Lisboa',
} as const;
const GREETING = ['memory-greeting', '[part="greeting"]'];
const QUESTION = 'My gears rattle when I go uphill';

/** The first visit, the end of the browser, and the second one in a new process on the same profile. */
export async function comeBack(engine: Engine, shop: OpenShop): Promise<void> {
  await withProfile(async (profile) => {
    await during(engine, profile, (visitor) => firstVisit(visitor, shop));
    await during(engine, profile, (visitor) => secondVisit(visitor, shop));
  });
}

async function during(
  engine: Engine,
  profile: string,
  visit: (visitor: Visitor) => Promise<void>,
): Promise<void> {
  const visitor = await engine.open(profile);
  try {
    await visit(visitor);
  } finally {
    await visitor.close();
  }
}

async function firstVisit(visitor: Visitor, shop: OpenShop): Promise<void> {
  await visitor.goto(shop.url);
  await settled(visitor);
  assert.equal(await visitor.run(textAt, GREETING), '', 'a stranger is not greeted');

  await visitor.goto(`${shop.url}/bicycles/furt`);
  await choose(visitor, 'L');
  await choose(visitor, 'bottle');
  await choose(visitor, 'home');
  await visitor.press('form.product button.act');
  await onPage(visitor, '/checkout');
  for (const [field, text] of Object.entries(ANA)) await visitor.type(`#${field}`, text);
  await pay(visitor);
  assert.deepEqual(pick(order(shop), Object.keys(ANA)), ANA);

  // They look around, and would rather fetch the next thing themselves.
  await visitor.goto(`${shop.url}/bicycles/lampe`);
  await choose(visitor, 'pickup');

  await visitor.goto(`${shop.url}/support`);
  await visitor.type('#text', QUESTION);
  await visitor.press('[name="send"]');
  assert.match(await visitor.until(lastAnswer), /barrel adjuster/);
  await visitor.press(['memory-consent', '[part="box"]']);
  await visitor.until(says, ['memory-consent', '[part~="hint"]'], 'Remembered from now on');
}

async function secondVisit(visitor: Visitor, shop: OpenShop): Promise<void> {
  await visitor.goto(shop.url);
  assert.equal(await visitor.run(leftFromBefore), 0, 'nothing of the first visit is in session storage');
  assert.match(await visitor.until(textAt, GREETING), /Welcome back, Ana\./);
  await visitor.press(['memory-greeting', '[part="resume"]']);
  await onPage(visitor, '/support');
  assert.match(await visitor.until(lastAnswer), /barrel adjuster/);
  assert.equal(await visitor.run(firstLine), QUESTION);

  await visitor.goto(`${shop.url}/bicycles/furt`);
  await visitor.until(says, ['[data-why]'], 'Size L');
  assert.deepEqual(await visitor.run(chosen), ['L', 'bottle', 'pickup']);
  await visitor.press('form.product button.act');

  await onPage(visitor, '/checkout');
  await visitor.until(says, ['[data-by-name]'], 'Ana');
  await choose(visitor, 'home');
  assert.deepEqual(await visitor.run(valuesOf, Object.keys(ANA)), Object.values(ANA));
  assert.deepEqual(
    await visitor.run(valuesOf, Object.keys(CARD)),
    ['', '', ''],
    'the card is never remembered',
  );
  await pay(visitor);
  assert.deepEqual(pick(order(shop), [...Object.keys(ANA), 'frameSize', 'colour', 'delivery']), {
    ...ANA,
    frameSize: 'L',
    colour: 'bottle',
    delivery: 'home',
  });

  const typed = visitor.typed.filter(({ place }) => !(String(place).slice(1) in CARD));
  assert.deepEqual(typed, [], 'nothing is typed but the card');
}

// --- what a person sees -----------------------------------------------------------------------

const lastAnswer = (): string => [...document.querySelectorAll('.spoken-mike p')].at(-1)?.textContent ?? '';

const firstLine = (): string => document.querySelector('.spoken-you p')?.textContent ?? '';

const chosen = (): string[] =>
  ['frameSize', 'colour', 'delivery'].map(
    (name) => document.querySelector<HTMLInputElement>(`input[name="${name}"]:checked`)?.value ?? '',
  );

const valuesOf = (names: string[]): string[] =>
  names.map((name) => document.querySelector<HTMLInputElement>(`#${name}`)?.value ?? '');

/** Entries that an earlier page said, in a session that has just begun. */
const leftFromBefore = (): number => sessionStorage.length;

/** The order that the shop was sent last. */
const order = ({ posted }: OpenShop): Readonly<Record<string, string>> | undefined =>
  posted.findLast(({ path }) => path === '/checkout')?.fields;

function pick(fields: Readonly<Record<string, string>> | undefined, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, fields?.[name]]));
}
