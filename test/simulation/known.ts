/**
 * What the simulator has found and src does not have yet, as the change that repairs it: hunts look for what is not known.
 * `npm run hunt -- --as-is` goes without. One that fits no more is an error: it is repaired, and to be taken out here.
 */
import type { Patch } from './bundle.js';

export const KNOWN: readonly Patch[] = [
  {
    // What another tab has forgotten is shown by the next page until its database answers. Tab 1 forgets something; before
    // tab 0 has looked, something else is forgotten there. That makes a generation which tab 0 takes for its own: it does
    // not hide what it has not looked at, and on leaving writes a boot record of it that the next page believes.
    file: 'src/memory/core.ts',
    text: `      const gen = newGeneration(platform, site);
      // Where it cannot be kept there is none to compare with.
      core.gen = readGeneration(platform.local, site);
`,
    by: `      const isNewest = core.gen === readGeneration(platform.local, site);
      const gen = newGeneration(platform, site);
      // Where it cannot be kept there is none to compare with; where another tab began one, this page has still to look.
      if (isNewest) core.gen = readGeneration(platform.local, site);
`,
  },
];
