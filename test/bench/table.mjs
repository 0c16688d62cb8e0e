/** One measure as rows of text, for the console and for RESULTS.md alike. */

export const headOf = ({ group, compared }) => [
  group,
  'contestant',
  'median',
  'least',
  'most',
  compared.title,
  'bar',
  '',
];

export const rowOf =
  ({ unit, compared }) =>
  ({ group, contestant, median, least, most, compared: value, bar, passed, known }) => [
    typeof group === 'number' ? group.toLocaleString('en') : group,
    contestant.title,
    ...[median, least, most].map((one) => `${one.toFixed(1)} ${unit}`),
    value === undefined ? '' : compared.text(value),
    bar === undefined ? '' : `≤ ${bar}`,
    passed === undefined ? '' : passed ? 'holds' : known ? 'missed, known' : 'MISSED',
  ];

export function print(measure, rows) {
  const cells = [headOf(measure), ...rows.map(rowOf(measure))];
  const widths = cells[0].map((_, place) => Math.max(...cells.map((row) => row[place].length)));
  console.log(`\n${measure.title}\n`);
  for (const row of cells)
    console.log(
      row
        .map((cell, place) => (place < 2 ? cell.padEnd(widths[place]) : cell.padStart(widths[place])))
        .join('  ')
        .trimEnd(),
    );
  for (const { name, compared, bar, known } of rows.filter(({ passed }) => passed === false))
    console.error(
      `✖ ${measure.name}: ${name}: ${measure.compared.text(compared)} is over ${bar}${known ? '; known, and counted neither as passed nor as failed' : ''}`,
    );
}
