/**
 * The shop as one function from requests to answers. Each page is a real page: forms are posted,
 * and what comes back is markup. It keeps nothing about anybody, neither in cookies nor in itself.
 */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { assets, type Assets } from './assets.js';
import { openDays, readyAt } from './calendar.js';
import { CARD, checkoutRules } from './forms/checkout.js';
import { emptyFields, readFields, type Filled } from './forms/fields.js';
import { isService, repairRules } from './forms/repair.js';
import { strict } from './headers.js';
import { firstVisit } from './first-visit.js';
import { isLanguage, readPath, tongue, writePath } from './language.js';
import { answers } from './mike.js';
import { account } from './pages/account.js';
import { checkout, emptyCheckout } from './pages/checkout.js';
import { front } from './pages/front.js';
import { missing } from './pages/missing.js';
import { href, THEMES, type Page } from './pages/page.js';
import { productPage } from './pages/product.js';
import { support } from './pages/support.js';
import { thanks } from './pages/thanks.js';
import { promise, workshop } from './pages/workshop.js';
import { readChoice, writeChoice } from './products.js';
import type { WordKey } from './strings/words.js';

export interface ShopOptions extends Assets {
  /** What time it is; default the real one. */
  readonly now?: () => Date;
}

export function shop({ now = () => new Date(), ...files }: ShopOptions): Hono {
  // Pages are routed by what stands behind the language: `/de/checkout` and `/checkout` are one page.
  const app = new Hono({ getPath: (request) => readPath(new URL(request.url).pathname).page });
  const page = (context: Context): Page => readPage(context.req.url, now());

  app.use(strict);
  app.use(bodyLimit({ maxSize: 256 * 1024 }));
  app.use(async (context, next) => elsewhere(context.req.raw, now()) ?? next());
  app.route('/', assets(files));

  app.get('/', (context) => context.html(front(page(context))));

  app.get('/bicycles/:id', (context) => {
    const choice = readChoice((name) =>
      name === 'item' ? context.req.param('id') : context.req.query(name),
    );
    return choice ? context.html(productPage(page(context), choice)) : context.notFound();
  });

  app.get('/checkout', (context) => {
    const choice = readChoice((name) => context.req.query(name));
    if (!choice) return context.html(emptyCheckout(page(context)));
    return context.html(
      checkout(page(context), choice, emptyFields(checkoutRules(choice.delivery), { country: 'DE' })),
    );
  });

  app.post('/checkout', async (context) => {
    const read = await readForm(context);
    const choice = readChoice(read);
    if (!choice) return context.html(emptyCheckout(page(context)), 422);
    const filled = readFields(checkoutRules(choice.delivery), read);
    if (!filled.valid)
      return context.html(checkout(page(context), choice, askedAgain(filled, CARD, 'error.card')), 422);
    return context.redirect(
      href(page(context), '/thanks', `${writeChoice(choice)}&number=${orderNumber(now())}`),
      303,
    );
  });

  app.get('/thanks', (context) => {
    const choice = readChoice((name) => context.req.query(name));
    const number = context.req.query('number') ?? '';
    return choice && /^K-\d{4,8}$/.test(number)
      ? context.html(thanks(page(context), choice, number))
      : context.notFound();
  });

  app.get('/workshop', (context) => {
    const days = openDays(now(), DAYS_AHEAD);
    return context.html(workshop(page(context), days, emptyFields(repairRules(days))));
  });

  app.post('/workshop', async (context) => {
    const days = openDays(now(), DAYS_AHEAD);
    const filled = readFields(repairRules(days), await readForm(context));
    if (!filled.valid) return context.html(workshop(page(context), days, filled), 422);
    const { service, day } = filled.values;
    return context.redirect(
      href(page(context), '/workshop/promise', new URLSearchParams({ service, day }).toString()),
      303,
    );
  });

  app.get('/workshop/promise', (context) => {
    const service = context.req.query('service');
    const day = context.req.query('day') ?? '';
    const by = readyAt(day);
    return isService(service) && by
      ? context.html(promise(page(context), service, day, by))
      : context.notFound();
  });

  app.get('/support', (context) =>
    context.html(support(page(context), { said: [], ended: false, missing: false })),
  );

  app.post('/support', async (context) => {
    const form = await formOf(context);
    const before = lines(form.getAll('said'));
    const [line] = lines([form.get('starter'), form.get('text')]);
    const ended = form.has('end') && before.length > 0;
    const said = line === undefined || ended ? before : [...before, line];
    const missingText = line === undefined && !ended;
    return context.html(
      support(page(context), { said, ended, missing: missingText }),
      missingText ? 422 : 200,
    );
  });

  // What the page's script asks is a plain form too: a frame whose origin is nobody's may send one.
  app.post('/support/answer', async (context) => {
    const answer = answers(page(context).tongue, lines((await formOf(context)).getAll('said'))).at(-1);
    context.header('Access-Control-Allow-Origin', '*');
    return answer ? context.json(answer) : context.json({ error: 'said: at least one line' }, 400);
  });

  app.get('/account', (context) => context.html(account(page(context))));
  app.get('/first-visit.json', (context) => context.json(firstVisit(page(context).tongue)));
  app.notFound((context) => context.html(missing(page(context)), 404));
  return app;
}

const DAYS_AHEAD = 8;
const LINES_KEPT = 40;

function readPage(url: string, now: Date): Page {
  const { pathname, searchParams } = new URL(url);
  const { lang, page } = readPath(pathname);
  const theme = THEMES.find((one) => one === searchParams.get('theme')) ?? 'auto';
  searchParams.delete('theme');
  searchParams.delete('lang');
  return { tongue: tongue(lang), theme, path: page, query: searchParams.toString(), now };
}

/** `?lang=de` and `/en/…` are spoken of, but live at one address each. */
function elsewhere(request: Request, now: Date): Response | undefined {
  const url = new URL(request.url);
  const asked = url.searchParams.get('lang') ?? undefined;
  const { lang, explicit } = readPath(url.pathname);
  if (request.method !== 'GET' || !(isLanguage(asked) || (explicit && lang === 'en'))) return undefined;
  const page = readPage(request.url, now);
  const query = [page.query, page.theme === 'auto' ? '' : `theme=${page.theme}`].filter(Boolean).join('&');
  return new Response(null, {
    status: 302,
    headers: {
      Location: writePath(isLanguage(asked) ? asked : lang, page.path) + (query ? `?${query}` : ''),
    },
  });
}

async function readForm(context: Context): Promise<(name: string) => string | undefined> {
  const form = await formOf(context);
  return (name) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : undefined;
  };
}

/** What was posted; whatever is no form has no fields. */
async function formOf(context: Context): Promise<FormData> {
  const type = context.req.header('Content-Type') ?? '';
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/.test(type)
    ? context.req.formData().catch(() => new FormData())
    : new FormData();
}

const lines = (values: readonly unknown[]): readonly string[] =>
  values
    .filter((value): value is string => typeof value === 'string')
    .map((value) => value.trim().slice(0, 2000))
    .filter((value) => value !== '')
    .slice(-LINES_KEPT);

/** Keeps what was written and what is wrong, except in the fields that are never sent back: those are asked for again, and say why. */
function askedAgain<F extends string>(
  filled: Filled<F>,
  names: readonly NoInfer<F>[],
  error: WordKey,
): Filled<F> {
  const emptied = Object.fromEntries(names.map((name) => [name, '']));
  const missing = Object.fromEntries(names.map((name) => [name, filled.errors[name] ?? error]));
  return { ...filled, values: { ...filled.values, ...emptied }, errors: { ...filled.errors, ...missing } };
}

const orderNumber = (now: Date): string =>
  `K-${String(Math.floor(now.getTime() / 1000) % 1_000_000).padStart(6, '0')}`;
