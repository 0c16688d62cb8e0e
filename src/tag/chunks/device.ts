/** The verbs that need the database. */
export { createVerbs } from '../../memory/verbs.js';
