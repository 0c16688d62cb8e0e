/** What the elements that come later say in Arabic. */
export { ar } from '../../elements/strings/ar.js';
