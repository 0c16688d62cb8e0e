/**
 * What may be downloaded, in bytes of brotli: one line for every entry of the package and every chunk of the tag. What is
 * not listed, or is listed and not there, is an error. `without` names the dependencies that must not be in it.
 */
const START = ['zod', 'lit']; // what loads without an element
const SHARED = ['zod', 'lit']; // a chunk takes Lit from the tag: a second one would throw

/** By what package.json exports. `first` is what a page fetches at once, `later` what it imports when that is needed. */
export const ENTRIES = {
  '.': { first: { budget: 15_000, without: START }, later: { budget: 27_200, without: START } },
  './elements': {
    first: { budget: 12_300, without: ['zod'] },
    later: { budget: 10_700, without: ['zod'] },
  },
  './define': {
    first: { budget: 12_300, without: ['zod'] },
    later: { budget: 10_700, without: ['zod'] },
  },
  './react': { first: { budget: 340, without: START }, later: { budget: 0, without: ['zod', 'lit'] } },
  './testing': { first: { budget: 1_340, without: START }, later: { budget: 0, without: ['zod', 'lit'] } },
  './customer-memory.js': { first: { budget: 14_000, without: ['zod'] } },
};

/** Of the tag: what is in it before any element. */
export const HEADLESS = { budget: 6_000, without: START };

/**
 * All that one visitor’s pages of a site in order can fetch: of the languages the largest, since nobody reads two, and not what
 * is `aside`, which only a fault of the browser or of the site asks for.
 */
export const ALL_CHUNKS = 50_000;
export const CHUNKS = {
  apology: { budget: 740, without: SHARED },
  ar: { budget: 980, without: SHARED, language: true },
  center: { budget: 3_280, without: SHARED },
  acts: { budget: 5_290, without: SHARED },
  consent: { budget: 2_320, without: SHARED },
  conversations: { budget: 1_620, without: SHARED },
  list: { budget: 2_380, without: SHARED },
  de: { budget: 1_000, without: SHARED, language: true },
  en: { budget: 810, without: SHARED, language: true },
  memory: { budget: 12_700, without: SHARED },
  reading: { budget: 2_460, without: SHARED },
  saying: { budget: 17_360, without: SHARED },
  day: { budget: 700, without: SHARED },
  rescue: { budget: 2_320, without: SHARED, aside: true },
  advice: { budget: 840, without: SHARED, aside: true },
};

/** Faults of the list itself: `there` are the names that were built. */
export function unlisted(kind, listed, there) {
  const names = Object.keys(listed);
  return [
    ...there
      .filter((name) => !names.includes(name))
      .map((name) => `${kind} ${name} has no line in test/size/budgets.mjs`),
    ...names
      .filter((name) => !there.includes(name))
      .map((name) => `${kind} ${name} has a line in test/size/budgets.mjs, and is not there`),
  ];
}
