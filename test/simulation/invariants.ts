/** What holds in every history, by the names of the catalogue of invariants, as far as a device has it. */
export const INVARIANTS = {
  I1: 'what was accepted on the device is recalled, whatever crashes, until it is forgotten',
  I4: 'what is stored twice is there once',
  I10: 'what was said is shown at once and without interruption, and what was forgotten is not',
  I11: 'a page never goes back to an older or weaker word, and messages stand in the order they were said',
  I12: 'what was said is never changed, and nothing is shown that nobody said',
  I13: 'nobody is shown what somebody else has said, and nothing is kept without a grant',
  I18: 'what was forgotten or has expired is deleted, not hidden',
  I24: 'what a later version wrote beside an entry survives this one',
  I25: 'whoever has heard of a word speaks after it, whatever the clock says',
  I26: 'nothing throws that is not a refusal with a code',
  I27: 'a closed memory leaves nothing open, and the boot record keeps its length',
  L4: 'everything that is asked is answered, once what was broken works again',
} as const;

export type InvariantId = keyof typeof INVARIANTS;
