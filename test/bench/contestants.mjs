/** Who is measured against whom, what must hold, and how a page of each is asked. */

const rival = { title: 'hand-written IndexedDB', page: 'rival', ask: 'recall' };
/** Without a bar: what the browser itself takes for what can be read at once. */
const floor = { title: 'one text in local storage', page: 'floor', ask: 'recall' };
const ours = { title: 'customer-memory', page: 'ours', ask: 'recall', how: 'provisional' };
const bare = {
  title: 'customer-memory, no boot record',
  page: 'ours',
  ask: 'recall-from-database',
  how: 'starting',
};

/** The greatest ratio to the rival of the same size. */
const WITH_BOOT_RECORD = { 5: 0.15, 500: 0.15, 5_000: 0.05 };
const WITHOUT = 1.15;

/** For each size its four, the rival first. */
export const contestantsOf = (sizes) =>
  sizes.flatMap((conversations) =>
    [rival, floor, ours, bare].map((one) => ({
      ...one,
      conversations,
      name: `${one.title}, ${conversations}`,
      profile: `${one.page}-${one.ask}-${conversations}`,
      bar: one === ours ? WITH_BOOT_RECORD[conversations] : one === bare ? WITHOUT : undefined,
    })),
  );
