/** What the elements that come later say in German. */
export { de } from '../../elements/strings/de.js';
