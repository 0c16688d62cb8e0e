/**
 * Somebody at a browser whose profile outlives it: they go to pages, press, and type key by key. The
 * same three verbs in Chromium and Firefox (through Puppeteer) and in WebKitGTK (through WebDriver).
 * Knows nothing of what is tested.
 */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import puppeteer, { type Browser, type ElementHandle, type JSHandle, type Page } from 'puppeteer-core';
import { chromiumArgs, findChromium, findFirefox } from './find-browser.mjs';
import { howItIs } from './how-it-is.js';

/** An element: one selector, or several where each but the last has the shadow root of the next. */
export type Place = string | readonly string[];

/** A function that runs in the page. It sees nothing but its arguments, which are JSON. */
export type Script<A extends unknown[], T> = (...given: A) => T | Promise<T>;

export interface Visitor {
  /** Every character typed so far, by the place it was typed in. */
  readonly typed: readonly { readonly place: Place; readonly characters: number }[];
  goto(url: string): Promise<void>;
  /** Presses what is at `place` once it is there, with a pointer. */
  press(place: Place): Promise<void>;
  /** Presses into the field at `place` and types, key by key. */
  type(place: Place, text: string): Promise<void>;
  run<A extends unknown[], T>(script: Script<A, T>, ...given: A): Promise<T>;
  /** The first answer that is not falsy; asks again after each navigation. Throws after 20 seconds, and tells how the page is. */
  until<A extends unknown[], T>(script: Script<A, T>, ...given: A): Promise<Exclude<T, Falsy>>;
  /** Closes the browser as a person does; resolves when its process has ended. */
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** Starts a browser process on a profile, which it makes where there is none. */
  open(profile: string): Promise<Visitor>;
}

/** What an engine has to bring; the rest of a visitor is the same everywhere. */
export interface Hands<Element> {
  goto(url: string): Promise<void>;
  /** Evaluates an expression that is a promise; gives its value as JSON. */
  evaluate(expression: string): Promise<unknown>;
  /** The element that an expression gives, or undefined. */
  element(expression: string): Promise<Element | undefined>;
  press(element: Element): Promise<void>;
  type(element: Element, text: string): Promise<void>;
  /** What the pages have said on their consoles so far, and what they threw; empty where it cannot be heard. */
  console(): Promise<string>;
  close(): Promise<void>;
}

type Falsy = undefined | null | false | 0 | '';

export const chromium: Engine = {
  name: 'Chromium',
  open: (profile) =>
    launch({ executablePath: findChromium(), args: chromiumArgs, headless: true, userDataDir: profile }),
};

export const firefox: Engine = {
  name: 'Firefox',
  open: (profile) =>
    launch({ browser: 'firefox', executablePath: findFirefox(), headless: true, userDataDir: profile }),
};

export function visitorOf<E>(hands: Hands<E>): Visitor {
  const typed: { place: Place; characters: number }[] = [];

  /** Waits for the element, and does something with it; once more where the page has changed it meanwhile. */
  async function at(place: Place, act: (element: E) => Promise<void>): Promise<void> {
    await waiting(`There is no ${String(place)} to press.`, async () => {
      const element = await hands.element(`(${find})(${JSON.stringify([place].flat())})`);
      if (element === undefined) return false;
      await act(element);
      return true;
    });
  }

  /** Whoever waits in vain is told how the page was then: nobody can ask it afterwards. */
  async function waiting<T>(what: string, attempt: () => Promise<T>): Promise<Exclude<T, Falsy>> {
    try {
      return await eventually(what, attempt);
    } catch (error) {
      const [page, console] = await Promise.all(
        [run(howItIs), hands.console()].map((asked) => asked.catch((reason: unknown) => String(reason))),
      );
      throw new Error(
        `${what}\nThe page: ${JSON.stringify(page, null, 1)}\nThe consoles: ${String(console)}`,
        {
          cause: error,
        },
      );
    }
  }

  const run = <A extends unknown[], T>(script: Script<A, T>, ...given: A): Promise<T> =>
    hands.evaluate(callOf(script, given)) as Promise<T>;

  return {
    typed,
    goto: (url) => hands.goto(url),
    press: (place) => at(place, (element) => hands.press(element)),
    async type(place, text) {
      typed.push({ place, characters: [...text].length });
      await at(place, (element) => hands.press(element));
      await at(place, (element) => hands.type(element, text));
    },
    run,
    until: (script, ...given) =>
      waiting(
        `It never came to this: ${[script, ...given.map((one) => JSON.stringify(one))].join(', ')}`,
        async () => {
          const answer = await run(script, ...given);
          return answer as Exclude<typeof answer, Falsy>;
        },
      ),
    close: () => hands.close(),
  };
}

const PATIENCE = 20_000;
const BETWEEN = 20;

async function eventually<T>(what: string, attempt: () => Promise<T>): Promise<Exclude<T, Falsy>> {
  let last: unknown;
  for (const end = Date.now() + PATIENCE; Date.now() < end; await after(BETWEEN)) {
    try {
      const answer = await attempt();
      if (answer) return answer as Exclude<T, Falsy>;
    } catch (error) {
      // Between two pages there is nobody to ask, and an element may go while it is looked at.
      last = error;
    }
  }
  throw new Error(what, { cause: last });
}

/** Has a script run in every page of a tab, before the page's own. */
export async function inEveryPage<A extends unknown[]>(
  page: Page,
  script: Script<A, void>,
  ...given: A
): Promise<void> {
  await page.evaluateOnNewDocument(callOf(script, given));
}

/** A call as text: esbuild marks the functions in it by `__name`, which a page does not have. */
function callOf(script: (...given: never[]) => unknown, given: readonly unknown[]): string {
  const values = given.map((value) => JSON.stringify(value) ?? 'undefined').join(', ');
  return `(async () => { const __name = (named) => named; return (${script.toString()})(${values}); })()`;
}

/** In the page: the element that can be seen at the end of a way through shadow roots. */
const find = `(way) => {
  let within = document;
  let element = null;
  for (const selector of way) {
    element = [...(within?.querySelectorAll(selector) ?? [])].find((one) => one.getClientRects().length > 0);
    within = element?.shadowRoot;
  }
  return element ?? null;
}`;

async function launch(options: Parameters<typeof puppeteer.launch>[0]): Promise<Visitor> {
  const browser = await puppeteer.launch({ ...options, defaultViewport: { width: 1280, height: 900 } });
  const [first] = await browser.pages();
  return visitorOf(puppeteerHands(browser, first ?? (await browser.newPage())));
}

/** One tab of a browser that Puppeteer drives. */
export function puppeteerHands(browser: Browser, page: Page): Hands<ElementHandle<Element>> {
  const said: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(String(error)));
  return {
    async goto(url) {
      await page.goto(url);
    },
    evaluate: (expression) => page.evaluate(expression),
    async element(expression) {
      const handle = (await page.evaluateHandle(expression)) as JSHandle;
      return (handle.asElement() as ElementHandle<Element> | null) ?? undefined;
    },
    press: (element) => element.click(),
    async type(_element, text) {
      await page.keyboard.type(text);
    },
    console: () => Promise.resolve(said.join('\n')),
    async close() {
      const process = browser.process();
      await browser.close();
      await ended(process);
    },
  };
}

/** Resolves when a process is gone. */
export function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
