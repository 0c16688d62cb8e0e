/** What the elements that come later say in Arabic. */
export { ar as strings } from '../../elements/strings/ar.js';
