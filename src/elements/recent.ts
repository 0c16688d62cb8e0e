/** As many conversations as a memory has at hand without asking its store: fewer are all there are. */
export const RECENT = 5;
