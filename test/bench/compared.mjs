/** How the median of one row is set beside the others'. A bar is the greatest that may come out. */
import { BASELINE } from './contestants.mjs';

export const ratioToBaseline = {
  title: 'ratio',
  of(row, rows) {
    const base = rows.find(({ contestant, group }) => contestant.name === BASELINE && group === row.group);
    return base === row ? undefined : row.median / base.median;
  },
  text: (ratio) => ratio.toFixed(3),
};

export const moreThanSmallest = {
  title: 'more',
  of(row, rows) {
    const [least] = rows.filter(({ contestant }) => contestant === row.contestant);
    return least === row ? undefined : row.median - least.median;
  },
  text: (more) => `${more < 0 ? '−' : '+'}${Math.abs(more).toFixed(1)}`,
};

export const longest = {
  title: 'longest',
  of: ({ median }) => median,
  text: (ms) => (ms === 0 ? 'none' : ms.toFixed(0)),
};
