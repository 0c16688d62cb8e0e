/** A style sheet as text; the tag is for editors and formatters, which know it by this name. */
export const css = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw(texts, ...values);

const sheets = new Map<string, CSSStyleSheet>();

/** Adds style sheets to those that a shadow root has; each is parsed once, however many roots take it. */
export function adoptStyles(root: ShadowRoot, texts: readonly string[]): void {
  if ('adoptedStyleSheets' in root)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...texts.map(sheetOf)];
  // Pages are tried in jsdom, which has none.
  else (root as ShadowRoot).append(...texts.map(styleOf));
}

function sheetOf(text: string): CSSStyleSheet {
  let sheet = sheets.get(text);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    sheets.set(text, sheet);
  }
  return sheet;
}

function styleOf(text: string): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = text;
  return style;
}
