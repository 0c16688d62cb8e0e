/** What the center says in German. */
export { de } from '../../elements/strings/center/de.js';
