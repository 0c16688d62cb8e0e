/** What the tests of the shop do alike: where its pages are, how Ana becomes known, how a profile is lent. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Visitor } from '../helpers/engines.js';

export const CARD = { cardNumber: '4111 1111 1111 1111', cardExpiry: '12/31', cardCode: '123' } as const;

/** What a visitor comes to after the shelves. */
export const FURTHER = [
  '/checkout?item=furt&frameSize=L&colour=bottle&delivery=home',
  '/thanks?item=furt&frameSize=L&colour=bottle&delivery=home&number=K-123456',
  '/workshop',
  '/workshop/promise?service=gears&day=2026-11-24',
  '/support',
  '/account',
  '/nowhere',
] as const;

/** Every page of the shop that has an address, and some in its other languages. */
export const PAGES = [
  '/',
  ...['furt', 'holm', 'kamm', 'lade', 'spatz', 'sattel', 'tasche', 'lampe'].map((id) => `/bicycles/${id}`),
  '/checkout',
  ...FURTHER,
  '/de/bicycles/furt',
  '/de/checkout?item=furt',
  '/ar',
  '/ar/support',
  '/ar/account',
] as const;

/** A profile that is gone afterwards. */
export async function withProfile(use: (profile: string) => Promise<void>): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'customer-memory-profile-'));
  try {
    await use(profile);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

export const choose = (visitor: Visitor, value: string): Promise<void> =>
  visitor.press(`label:has(input[type="radio"][value="${value}"])`);

export async function onPage(visitor: Visitor, path: string): Promise<void> {
  await visitor.until((path) => location.pathname === path && document.readyState === 'complete', path);
}

export async function pay(visitor: Visitor): Promise<void> {
  for (const [field, text] of Object.entries(CARD)) await visitor.type(`#${field}`, text);
  await visitor.press('form.checkout button.act');
  await onPage(visitor, '/thanks');
}

/** Says what is worth remembering: a choice, who they are, and a question that is answered. */
export async function introduce(visitor: Visitor, url: string): Promise<void> {
  await visitor.goto(`${url}/bicycles/furt`);
  await choose(visitor, 'L');
  await visitor.press('form.product button.act');
  await onPage(visitor, '/checkout');
  const fields = {
    name: 'Ana Martins',
    email: 'ana@example.com',
    street: 'Rua das Flores 12',
    postcode: '1200-195',
    city: 'Lisboa',
  };
  for (const [field, text] of Object.entries(fields)) await visitor.type(`#${field}`, text);
  await pay(visitor);
  await askMike(visitor, url);
}

async function askMike(visitor: Visitor, url: string): Promise<void> {
  await visitor.goto(`${url}/support`);
  await visitor.type('#text', 'My gears rattle when I go uphill');
  await visitor.press('[name="send"]');
  await visitor.until(() => document.querySelectorAll('.spoken-mike').length);
}

/** The same, and the box ticked: from now on this browser knows her. */
export async function becomeKnown(visitor: Visitor, url: string): Promise<void> {
  await introduce(visitor, url);
  await agree(visitor);
}

/** Asks Mike something, and ticks the box beside it. */
export async function askAndAgree(visitor: Visitor, url: string): Promise<void> {
  await askMike(visitor, url);
  await agree(visitor);
}

async function agree(visitor: Visitor): Promise<void> {
  await visitor.press(['memory-consent', '[part="box"]']);
  await visitor.until(says, ['memory-consent', '[part~="hint"]'], 'Remembered from now on');
}

/** Resolves when the memory of the page has its database, or knows that there is none. */
export const settled = (visitor: Visitor): Promise<void> =>
  visitor.run(() => (window as unknown as { customerMemory: { ready: Promise<void> } }).customerMemory.ready);

/** In the page: the text at the end of a way through shadow roots, as one line; empty where there is none. */
export const textAt = (way: readonly string[]): string => {
  let within: ParentNode | null | undefined = document;
  let element: Element | null | undefined;
  for (const selector of way) {
    element = within?.querySelector(selector);
    within = element?.shadowRoot;
  }
  return (element?.textContent ?? '')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
};

/** In the page: whether these words can be read there. */
export const says = (way: readonly string[], words: string): boolean => {
  let within: ParentNode | null | undefined = document;
  let element: Element | null | undefined;
  for (const selector of way) {
    element = within?.querySelector(selector);
    within = element?.shadowRoot;
  }
  return element instanceof HTMLElement && element.innerText.replace(/[\u2066-\u2069]/g, '').includes(words);
};
