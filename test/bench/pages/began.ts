/** Imported first by every page of the bench: when its script began to run, and what it is asked to do at once. */
export const began = performance.now();

export const asked: string = location.search;
