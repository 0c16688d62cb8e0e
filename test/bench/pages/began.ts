/** Imported first by every page of the bench: what it is asked to do at once, and when its own script began to run. */
export const asked: string = location.search;

export const began = performance.now();
