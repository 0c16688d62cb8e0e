import { make } from './assemble.js';
import type { Seed, Whole } from './early.js';
import { MemoryError } from '../platform/errors.js';
import { checkOptions } from './check-options.js';
import type { Options } from './settings.js';
import type { Memory } from './types.js';

/** Makes the whole memory of a page on which an early one has been answering. Throws `invalid_option` for what the tag was given. */
export function createWhole(options: Options, seed: Seed): Whole {
  const { shown, elements, noted } = seed;
  checkOptions(options);
  const { memory, core, add } = make(options, noted);
  core.elements = elements;
  for (const view of [core.session.view, core.device])
    for (const [key, fact] of shown) view.shown.set(key, fact);
  // Another tab has taken something away, or somebody, since the early memory looked.
  const moved = seed.gen !== core.gen && typeof core.settings.says !== 'string';
  return {
    memory: memory as unknown as Memory,
    add,
    async still(local, operation) {
      if (!moved) return;
      await core.keeper().ready;
      if (core.session.local !== local)
        await core.keeper().saying(() => {
          throw new MemoryError('put_aside', operation);
        });
    },
  };
}
