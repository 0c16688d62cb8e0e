/** What the elements that come later say in German. */
export { de as strings } from '../../elements/strings/de.js';
