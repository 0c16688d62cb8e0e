/** What holds in every history, by the names of the catalogue of invariants, as far as a device has it. */
export const INVARIANTS = {
  I1: 'what was accepted on the device is recalled, whatever crashes, until it is forgotten',
  I3: 'what is waited for no more is on the device, and what a forget has answered for is not',
  I4: 'what is stored twice is there once',
  I5: 'pages of one person that are at rest show the same, in whatever order they heard of it',
  I6: 'a page that begins never shows less than one before it did, but for what was taken away',
  I10: 'what was said is shown at once and without interruption, and what was forgotten is not',
  I11: 'a page never goes back to an older or weaker word, and messages stand in the order they were said',
  I12: 'what was said is never changed, and nothing is shown that nobody said',
  I13: 'nobody is shown what somebody else has said, and nothing is kept without a grant',
  I15: 'nothing that was said for one person is stored with another',
  I18: 'what was forgotten or has expired is deleted, not hidden',
  I24: 'what a later version wrote beside an entry survives this one',
  I25: 'whoever has heard of a word speaks after it, whatever the clock says',
  I26: 'nothing throws that is not a refusal with a code',
  I27: 'a closed memory leaves nothing open, the boot record keeps its length, and nothing goes round in circles',
  I28: 'all of it holds without Web Locks, and with one that a frozen page holds',
  I29: 'a full disk costs nothing that was accepted but the oldest conversations that have ended',
  L4: 'everything that is asked is answered, once what was broken works again',
} as const;

export type InvariantId = keyof typeof INVARIANTS;
