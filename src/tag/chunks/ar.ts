/** What the center says in Arabic. */
export { ar } from '../../elements/strings/center/ar.js';
