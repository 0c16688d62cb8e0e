/** What changes a person's database; fetched when something does. */
import { inTransaction } from './connection.js';
import { readMeta } from './read-start.js';
import type { ConsentRecord } from './store.js';
import { META, type SubjectTx } from './subject-database.js';

export { sweep } from './expiry.js';
export { writeEntries } from './write.js';

export async function setConsent(tx: SubjectTx, consent: ConsentRecord): Promise<void> {
  const meta = await readMeta(tx);
  inTransaction(tx.objectStore('meta').put({ ...meta, consent, rev: meta.rev + 1 }, META));
}
