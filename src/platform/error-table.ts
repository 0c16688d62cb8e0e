/**
 * Every error there is: its code, what it says, and what to do about it. `docs` in the README are
 * held equal to this table by a test.
 */
import { firstErrors } from './first-errors.js';
import { laterErrors } from './later-errors.js';

export const errorTable = { ...firstErrors, ...laterErrors };
