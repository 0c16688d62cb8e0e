/** The few things the pages do with their own markup. */

export const find = <E extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): E | null => within.querySelector<E>(selector);

export const findAll = <E extends Element = HTMLElement>(
  selector: string,
  within: ParentNode = document,
): readonly E[] => [...within.querySelectorAll<E>(selector)];

/** Shows or hides what the selector names. */
export function show(selector: string, shown: boolean, within: ParentNode = document): void {
  for (const element of findAll(selector, within)) element.hidden = !shown;
}

/** Puts text into the holes the server left in a sentence. */
export function fill(sentence: Element, holes: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(holes))
    for (const hole of findAll(`[data-hole="${name}"]`, sentence)) hole.textContent = text;
}

/** Fills the holes of a plain text, as in an attribute. */
export const fillText = (text: string, holes: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => holes[name] ?? hole);

export const locale = (): string =>
  document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;

/** "yesterday", "9 days ago": how long a moment is past, in the page's language. */
export function ago(moment: number): string {
  const today = new Date().setHours(0, 0, 0, 0);
  const days = Math.round((new Date(moment).setHours(0, 0, 0, 0) - today) / 86_400_000);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
}
