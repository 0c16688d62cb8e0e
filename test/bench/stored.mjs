/** The profiles in which so many conversations are stored, shared by all measures that read them. */

/** The name of the profile of a contestant with so many conversations. */
export const stored = ({ page, ask = 'recall' }, conversations) => `${page}-${ask}-${conversations}`;

/** Each profile is filled, once, by what will read it. */
export async function filled(bench, { contestant, group: conversations }) {
  const profile = stored(contestant, conversations);
  if (bench.filled.has(profile)) return;
  bench.filled.add(profile);
  const started = performance.now();
  await fill(bench, profile, contestant, conversations);
  console.log(`${profile} filled in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

function fill(bench, profile, { page, ask = 'recall' }, conversations) {
  return bench.visit(profile, page, (tab) =>
    tab.evaluate((...given) => globalThis.bench.fill(...given), conversations, ask),
  );
}

/** Who answers fast and wrong has not answered. */
export function answeredRight({ title }, { name, size, topics, ...rest }, conversations) {
  const newest = [1, 2, 3, 4, 5].map((n) => `Question ${conversations - n} about the gears`);
  if (name !== 'Ana' || size !== 'M' || topics.join() !== newest.join())
    throw new Error(`${title} answered ${JSON.stringify({ name, size, topics, ...rest })}.`);
}
