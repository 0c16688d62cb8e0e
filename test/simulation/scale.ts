/** What is smaller here than in src, so that histories of 200 steps come to it. */
import type { Patch } from './bundle.js';

/** Characters that go at least when room is made: a few messages. */
export const ROOM = 40;

export const SCALE: readonly Patch[] = [
  {
    file: 'src/store/evicting.ts',
    text: 'const ROOM = 1_048_576;',
    by: `const ROOM = ${ROOM};`,
  },
];
