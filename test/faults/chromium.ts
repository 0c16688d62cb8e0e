/** What the faults that a real Chromium brings about share: a site with our tag, tabs of it, and what lies in them. */
import type { Browser, BrowserContext, LaunchOptions, Page } from 'puppeteer-core';
import { buildTag, serveSite, type TestSite } from '../helpers/built-tag.js';
import { launchChromium } from '../helpers/launch-chromium.js';

/** What a page's `customerMemory` is, seen from inside. */
export interface Api {
  (name: string, ...given: unknown[]): Promise<unknown>;
  readonly ready: Promise<void>;
  readonly status: {
    readonly state: string;
    readonly kept: string;
    readonly corrected: boolean;
    readonly evicted?: number;
    readonly storage: { readonly device: string; readonly reason?: string };
  };
  readonly conversations: { readonly recent: readonly { readonly id: string }[] };
  readonly consent: { grant(): Promise<void>; readonly state: string };
  remember(key: string, value: unknown): Promise<{ readonly value: unknown }>;
  recall(key: string): { readonly value: unknown } | undefined;
  value(key: string): unknown;
  facts(under?: string): readonly { readonly id: string; readonly key: string; readonly value: unknown }[];
  forget(selector: unknown): Promise<unknown>;
  subscribe(run: () => unknown): () => void;
  subscribe(key: string, run: (fact: { readonly value: unknown } | undefined) => void): () => void;
  close(): Promise<void>;
}

declare const customerMemory: Api;

/** Code of a rejection, or how it went well. */
export type Outcome = string;

const SITE = 'acme';

const page = (attributes = '') => `<!doctype html><html lang="en"><head><title>A page</title>
  <script src="/customer-memory.js" data-site="${SITE}" ${attributes}></script></head>
  <body><memory-greeting>Welcome to Acme.</memory-greeting></body></html>`;

/** A site of which every page but `/blank` has the tag, and a Chromium to look at it. */
export interface Stage {
  readonly site: TestSite;
  readonly browser: Browser;
  /** A browser that has never been here: nothing is shared with another context. */
  context(): Promise<BrowserContext>;
  /** A new tab at a page of the site, once its memory has its database or knows that there is none. */
  open(context: BrowserContext, path?: string): Promise<Page>;
  close(): Promise<void>;
}

export async function openStage(options?: LaunchOptions): Promise<Stage> {
  const built = await buildTag();
  const site = await serveSite(built.dir);
  const browser = await launchChromium({ protocolTimeout: 20_000, ...options });
  site.pages.set('/', page());
  site.pages.set('/ana', page('data-user="ana"'));
  site.pages.set('/ben', page('data-user="ben"'));
  site.pages.set('/blank', '<!doctype html><title>A page without a tag</title>');
  return {
    site,
    browser,
    context: () => browser.createBrowserContext(),
    async open(context, path = '/') {
      const tab = await context.newPage();
      await visit(tab, site.url + path);
      return tab;
    },
    async close() {
      await browser.close();
      await site.close();
      await built.remove();
    },
  };
}

export async function visit(tab: Page, url: string): Promise<void> {
  await tab.goto(url);
  await tab.evaluate(() => ('customerMemory' in window ? customerMemory.ready : undefined));
}

/** Remembers a fact, has the device keep it, and leaves by closing the memory, so that the boot record is written. */
export async function rememberOnDevice(tab: Page, facts: Readonly<Record<string, unknown>>): Promise<void> {
  await tab.evaluate(async (all) => {
    for (const [key, value] of Object.entries(all)) await customerMemory.remember(key, value);
    await customerMemory.consent.grant();
  }, facts);
}

/** What becomes of remembering one fact: `done`, or the code of the error. */
export function remember(tab: Page, key: string, value: unknown): Promise<Outcome> {
  return tab.evaluate(
    (key, value) =>
      customerMemory.remember(key, value).then(
        () => 'done',
        (error: { code?: string }) => String(error.code ?? error),
      ),
    key,
    value,
  );
}

export function valueOf(tab: Page, key: string): Promise<unknown> {
  return tab.evaluate((key) => customerMemory.value(key) ?? null, key);
}

export function statusOf(tab: Page): Promise<Api['status']> {
  return tab.evaluate(() => ({ ...customerMemory.status }));
}

/** Everything that this origin keeps in this tab's browser, as text, and the names of its databases. */
export function kept(tab: Page): Promise<{ databases: string[]; text: string }> {
  return tab.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '').sort();
    const rows: unknown[] = [];
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('not opened'));
      });
      const stores = [...database.objectStoreNames];
      const tx = database.transaction(stores);
      for (const store of stores) {
        const request: IDBRequest<unknown[]> = tx.objectStore(store).getAll();
        await new Promise((resolve) => (request.onsuccess = resolve));
        rows.push(request.result);
      }
      database.close();
    }
    return { databases: names, text: JSON.stringify([rows, { ...localStorage }, { ...sessionStorage }]) };
  });
}
