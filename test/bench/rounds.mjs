/** Turns: one sample of each row in a round, and in each round another one begins: what the machine does besides meets all. */

/** @param take is given the place of a row, and its sample. */
export async function rounds(number, rows, sample, take = () => undefined) {
  for (let round = 0; round < number; round += 1)
    for (let turn = 0; turn < rows.length; turn += 1) {
      const place = (round + turn) % rows.length;
      take(place, await sample(rows[place]));
    }
}
