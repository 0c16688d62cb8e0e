/**
 * Every error there is: its code, what it says, and what to do about it. `docs` in the README are
 * held equal to this table by a test.
 */
import type { DetailedCode, ErrorCode } from './errors.js';
import { firstErrors } from './first-errors.js';
import { laterErrors, NOT_STORED } from './later-errors.js';
import { readingErrors } from './reading-errors.js';

/** Said in general here, and more exactly by each place that finds the mistake. */
const inGeneral: Readonly<Record<DetailedCode, string>> = {
  malformed_key: 'the key is malformed',
  unknown_root: 'the key begins with an unknown root',
  unknown_key: 'the key is not declared',
  invalid_option: 'an option is not understood',
  options_conflict: 'the memory of this site has another value for an option',
  unknown_purpose: 'the purpose is not declared',
  not_permitted: 'the purpose does not cover this key',
  storage_failed: NOT_STORED,
  misuse: 'it was called in another way than it is made for',
};

type Row = readonly [sentence: string, remedy: string];

const rows: readonly (readonly [string, Row])[] = Object.entries({
  ...firstErrors,
  ...readingErrors,
  ...laterErrors,
});

export const errorTable = Object.fromEntries(
  rows.map(([code, [sentence, remedy]]): [string, Row] => [
    code,
    [sentence || inGeneral[code as DetailedCode], remedy],
  ]),
) as Readonly<Record<ErrorCode, Row>>;
