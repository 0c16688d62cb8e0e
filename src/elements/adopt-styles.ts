/** A style sheet as text; the tag is for editors and formatters, which know it by this name. */
export const css = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw(texts, ...values);

/** What each root has taken, to be had again in another document. */
const taken = new WeakMap<ShadowRoot, readonly string[]>();
/** By document, which shares its sheets with no other; each is parsed once there, however many roots take it. */
const sheets = new WeakMap<Document, Map<string, CSSStyleSheet>>();

/** Adds style sheets to those that a shadow root has. */
export function adoptStyles(root: ShadowRoot, texts: readonly string[]): void {
  taken.set(root, [...(taken.get(root) ?? []), ...texts]);
  if ('adoptedStyleSheets' in root)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...sheetsOf(root, texts)];
  // Pages are tried in jsdom, which has none.
  else (root as ShadowRoot).append(...texts.map(styleOf));
}

/** What a root has taken, in the document that it stands in by now: it has lost the sheets of the one before. */
export function readoptStyles(root: ShadowRoot): void {
  if ('adoptedStyleSheets' in root) root.adoptedStyleSheets = sheetsOf(root, taken.get(root) ?? []);
}

/** None where nobody sees the document: it makes no sheets, and takes none of another. */
function sheetsOf({ ownerDocument }: ShadowRoot, texts: readonly string[]): CSSStyleSheet[] {
  const { defaultView } = ownerDocument;
  if (!defaultView) return [];
  const own = sheets.get(ownerDocument) ?? new Map<string, CSSStyleSheet>();
  sheets.set(ownerDocument, own);
  return texts.map((text) => {
    const sheet = own.get(text) ?? new defaultView.CSSStyleSheet();
    if (!own.has(text)) sheet.replaceSync(text);
    own.set(text, sheet);
    return sheet;
  });
}

function styleOf(text: string): HTMLStyleElement {
  const style = document.createElement('style');
  style.textContent = text;
  return style;
}
