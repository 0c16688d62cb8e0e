import type { en } from '../strings/center/en.js';
import type { RenderingElement } from '../rendering-element.js';
import type { Words } from '../words.js';

export type CenterWords = Words<typeof en>;

/** What a device that is full or broken has not done: kept what is so here, or taken away what is out of sight here. */
export type Unkept = 'unkept' | 'hidden';

/** The center, as what is fetched with the first press knows it. */
export interface Center {
  readonly element: RenderingElement;
  /** Does what a press asked for, one at a time; says so when it fails, and what is so where that is the device's doing. */
  readonly press: (run: () => Promise<unknown>, unkept?: Unkept) => unknown;
  /** Says what has become of the last press, in the language of the moment. */
  readonly say: (status: (words: CenterWords) => unknown) => void;
}
