/** What the center says in English. */
export { en } from '../../elements/strings/center/en.js';
