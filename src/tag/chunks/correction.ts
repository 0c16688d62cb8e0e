/** The form of the center in which a value is changed. */
export { correctionOf } from '../../elements/memory-center/correction.js';
