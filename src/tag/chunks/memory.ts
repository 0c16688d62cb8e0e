/** The whole memory, which takes over from the early one in the tag. */
export { createWhole } from '../../memory/whole.js';
