import { make } from './assemble.js';
import type { Seed, Whole } from './early.js';
import { checkOptions } from './check-options.js';
import type { Options } from './settings.js';
import type { Memory } from './types.js';

/** Makes the whole memory of a page on which an early one has been answering. Throws `invalid_option` for what the tag was given. */
export function createWhole(options: Options, { shown, elements, noted }: Seed): Whole {
  checkOptions(options);
  const { memory, core, add } = make(options, noted);
  core.elements = elements;
  core.session.view.keepObjects(shown);
  core.device.keepObjects(shown);
  return { memory: memory as unknown as Memory, add };
}
