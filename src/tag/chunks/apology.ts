/** What the greeting says after "Not Ana?". */
export { apologise } from '../../elements/memory-greeting/apology.js';
