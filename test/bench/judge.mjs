/** What the samples say: medians, how they compare, and whether each bar holds. */

/** @param known names of bars that are not met yet. */
export function judge({ compared, bar }, rows, known) {
  const all = rows.map((row) => ({
    ...row,
    median: median(row.samples),
    least: Math.min(...row.samples),
    most: Math.max(...row.samples),
    bar: bar(row.contestant, row.group),
  }));
  return all.map((row) => {
    const value = compared.of(row, all);
    const passed = row.bar === undefined ? undefined : value <= row.bar;
    return { ...row, compared: value, passed, known: passed === false && known.includes(row.name) };
  });
}

export const isMissed = ({ passed, known }) => passed === false && !known;

function median(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
