import type { RenderingElement } from '../rendering-element.js';

/** Gives the focus to a part that is about to be shown. */
export function focus(element: RenderingElement, selector: string): void {
  void element.updateComplete.then(() => element.renderRoot.querySelector<HTMLElement>(selector)?.focus());
}

/** The same button of the next row, of the last one, or what was said about it. */
export function focusNear(element: RenderingElement, place: number): void {
  const rows = [...element.renderRoot.querySelectorAll<HTMLElement>('[part="forget"]')];
  const near = place < 0 ? undefined : (rows[place] ?? rows.at(-1));
  (near ?? element.renderRoot.querySelector<HTMLElement>('[part="status"]'))?.focus();
}
