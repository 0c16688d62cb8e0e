/** What browsers do not need of a style sheet is not served: comments, and spaces that divide nothing. */

/** @param {string} text of a style sheet; what stands in its holes is as it was. */
export function tightStyle(text) {
  return text
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .trim();
}

/** Tightens what is written as `` css`…` ``. */
export const tightStyles = {
  name: 'tight-styles',
  transform: (code) => ({
    code: code.replace(/\bcss`([^`]*)`/g, (_, text) => `css\`${tightStyle(text)}\``),
    map: null,
  }),
};
