import { expect } from '@open-wc/testing';
import axe from 'axe-core';
import type { MemoryElement } from '../../src/elements.js';
import '../../src/define.js';

/** An element on the page, in a `<main>` with a language, with its memory set; rendered. */
export async function show<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  { slot = '', lang = 'en', dark = false } = {},
): Promise<HTMLElementTagNameMap[K] & MemoryElement> {
  const main = document.createElement('main');
  main.lang = lang;
  main.dir = lang === 'ar' ? 'rtl' : 'ltr';
  main.style.cssText = dark ? 'background:#111;color:#eee;color-scheme:dark' : 'background:#fff;color:#222';
  const element = document.createElement(name) as HTMLElementTagNameMap[K] & MemoryElement;
  element.innerHTML = slot;
  Object.assign(element, properties);
  main.append(element);
  document.body.append(main);
  await settled(element);
  return element;
}

/** Waits until it has rendered what follows from what has happened. */
export async function settled(element: MemoryElement): Promise<void> {
  // What a press fetches is here when this is, which asks for it later.
  await import('../../src/elements/memory-center/acts.js');
  await import('../../src/elements/memory-conversations/list.js');
  // One turn of the event loop for the promises of a fake memory, then the rendering that follows.
  const { port1, port2 } = new MessageChannel();
  const turn = new Promise((done) => (port1.onmessage = done));
  port2.postMessage('');
  await turn;
  port1.close();
  while (!(await element.updateComplete));
}

/** Takes away everything shown. */
export function clear(): void {
  for (const main of document.querySelectorAll('main')) main.remove();
}

/** The whole text that can be read in it, attributes that are read aloud included. */
export function readable(element: MemoryElement): string {
  const root = element.renderRoot as ShadowRoot;
  const attributes = [...root.querySelectorAll('*')].flatMap((node) =>
    ['title', 'aria-label', 'placeholder', 'value', 'alt'].map((name) => node.getAttribute(name) ?? ''),
  );
  return [text(root), ...attributes].join(' ');
}

/** Its text with whitespace as it is read. */
export const text = (node: Node | null | undefined): string =>
  (node?.textContent ?? '').replace(/\s+/g, ' ').trim();

export function part(element: MemoryElement, name: string): HTMLElement | null {
  return element.renderRoot.querySelector<HTMLElement>(`[part~="${name}"]`);
}

export function parts(element: MemoryElement, name: string): HTMLElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
}

/** Presses a part and waits for what follows. */
export async function press(element: MemoryElement, name: string, nth = 0): Promise<void> {
  const found = parts(element, name)[nth];
  expect(found, `the part ${name}`).to.exist;
  found?.click();
  await settled(element);
}

export const focused = (element: MemoryElement): Element | null =>
  (element.renderRoot as ShadowRoot).activeElement;

/** Every word, colour and target of what is shown. */
export async function expectAccessible(element: MemoryElement): Promise<void> {
  const { violations } = await axe.run(element, { resultTypes: ['violations'] });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help} ${nodes.map(({ html }) => html).join(' ')}`,
  );
  expect(found).to.deep.equal([]);
  for (const target of element.renderRoot.querySelectorAll('button, a, input, select, textarea')) {
    const { width, height } = target.getBoundingClientRect();
    if (width === 0) continue;
    expect(Math.min(width, height), target.outerHTML).to.be.at.least(24);
  }
  const bare = [...element.renderRoot.querySelectorAll('*')].filter(
    (node) => !['STYLE', 'SLOT', 'OPTION'].includes(node.tagName) && !node.hasAttribute('part'),
  );
  expect(
    bare.map((node) => node.outerHTML),
    'nodes without a part',
  ).to.deep.equal([]);
}

/** The names of what it told the page, in order; press nothing twice. */
export function heard(element: EventTarget, ...types: string[]): string[] {
  const names: string[] = [];
  for (const type of types) element.addEventListener(type, () => names.push(type));
  return names;
}

/** Waits until something is there; a real memory, and a part that is fetched, the turns they need. */
export async function appears(element: HTMLElement, selector: string): Promise<void> {
  const root = element.shadowRoot as ShadowRoot;
  if (root.querySelector(selector)) return;
  await new Promise<void>((found) => {
    const observer = new MutationObserver(() => {
      if (!root.querySelector(selector)) return;
      observer.disconnect();
      found();
    });
    observer.observe(root, { childList: true, subtree: true, attributes: true });
  });
}
