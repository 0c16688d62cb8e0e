/** What changes the registry: people who come, go, are put aside or forgotten, and the device's own preferences. */
import type { Ms } from '../facts/entry.js';
import { randomHex } from '../platform/random-hex.js';
import { newGeneration } from './generation.js';
import { makeSubject } from './layouts.js';
import { nameOf } from './names.js';
import { isFarOff, type Limits, type Registry, type RegistryDatabase } from './registry.js';
import { sameDay } from './same-day.js';
import { goneError, StoreError } from './store-error.js';
import type { DeviceChanges, RegistryState, Subject, SubjectRecord } from './store.js';
import type { Meta } from './subject-database.js';
import { openSubject } from './subject.js';
import { result, type Transaction } from './transaction.js';
import { alsoWithoutRoom, databasesNamed, deleteDatabase, wipeDatabase } from './wipe.js';

export { makeRegistry } from './layouts.js';

type RegistryTx = Transaction<RegistryDatabase>;

export function changesOf(registry: Registry): DeviceChanges {
  return {
    createSubject: (person) => createSubject(registry, person),
    activate: (local, gen, now) =>
      change(registry, async (tx) => {
        if (local !== undefined) await mark(tx, local, 'open', now);
        setActive(tx, local, gen);
      }),
    putAside: (local, gen, now) =>
      change(registry, async (tx) => {
        await mark(tx, local, 'aside', now);
        const active = await activeIn(tx);
        setActive(tx, active === local ? undefined : active, gen);
      }),
    setDeviceFact: (fact) => change(registry, async (tx) => tx.objectStore('device').put(fact)),
    removeDeviceFact: (key) =>
      change(registry, async (tx) => {
        tx.objectStore('device').delete(key);
        tx.objectStore('registry').delete(['device', key]);
      }),
    deleteUnlisted: (local) => deleteDatabase(registry.platform, nameOf(registry.site, local)),
    async wipeSubject(local, gen) {
      await wipeSubject(registry, local, gen);
    },
    wipeEverything: (known) => wipeEverything(registry, known),
  };
}

async function createSubject(
  registry: Registry,
  { user, gen, now }: { user?: string; gen: string; now: Ms },
): Promise<Subject> {
  const { platform, site } = registry;
  const local = randomHex(platform.random, 16);
  const record: SubjectRecord = { local, ...(user !== undefined && { user }), state: 'open', usedAt: now };
  let before: string | undefined;
  let first: string | undefined;
  let subject: Subject | undefined;
  let failure: Error | undefined;
  // Listed before it is made, and active only after: at no moment is there a database that a wipe would not find. Nobody's
  // until then: who is named is not looked for in one that was never made.
  await change(registry, async (tx) => {
    before = await activeIn(tx);
    putRecord(tx, { local, state: 'aside', usedAt: now });
  });
  try {
    subject = await openSubject(registry, local, makeSubject);
    await change(registry, async (tx) => {
      await recordOf(tx, local);
      // Another tab may have made the same person meanwhile, where neither could wait for the other; or it is somebody who
      // was taken to be missing: nobody has two databases, of which only one would be shown, and forgotten. Of those
      // without a name nobody knows who they were.
      const active = await activeIn(tx);
      first = (await result(tx.objectStore('subjects').getAll())).find(
        (one) =>
          one.user === user &&
          one.local !== local &&
          (user !== undefined || (one.local === active && active !== before)),
      )?.local;
      if (first) await mark(tx, first, 'open', now);
      else putRecord(tx, record);
      setActive(tx, first ?? local, gen);
    });
    if (subject && !first) return subject;
  } catch (error) {
    failure = error as Error;
  }
  subject?.close();
  deleteDatabase(platform, nameOf(site, local));
  // The error that counts is the first; a line that opens nothing does no harm.
  await change(registry, async (tx) => tx.objectStore('subjects').delete(local)).catch(() => undefined);
  const theirs = first && (await openSubject(registry, first));
  if (!theirs) throw failure ?? goneError();
  return theirs;
}

/** In January 2025. A clock that says less is wrong: there was nothing to remember then. */
const EARLIEST: Ms = 1.737e12;

/** As `Device.present`, where somebody is missing, or was last here at a time that has not come yet. */
export async function present(
  registry: Registry,
  { gen, active, subjects, device }: RegistryState,
  now: Ms,
  limits: Limits,
): Promise<RegistryState & { hidden: boolean }> {
  const missing = (one: SubjectRecord) => isFarOff(one, now, limits) && now > one.usedAt;
  const here = subjects.filter((one) => !missing(one));
  let gone: SubjectRecord[] = [];
  let left = subjects.length - here.length;
  if (subjects.some((one) => noted(one) !== one))
    await change(registry, async (tx) => {
      // As they are now: whoever has come back since they were read is here.
      const all = await result(tx.objectStore('subjects').getAll());
      gone = all.filter((one) => !noted(one));
      for (const one of all) putRecord(tx, noted(one) ?? one);
    }).catch(() => undefined); // Noted by another visit: nobody is kept from their memory because of it.
  const next = gone.some(({ state }) => state === 'open')
    ? newGeneration(registry.platform, registry.site)
    : gen;
  for (const one of gone) {
    // And whoever has since then has noted the day in their database.
    const isBack = ({ days = [] }: Partial<Meta>) =>
      days.some((usedAt) => !isFarOff({ ...one, usedAt }, now, limits));
    if (await wipeSubject(registry, one.local, next ?? '', isBack)) left -= 1;
  }
  return {
    gen: next,
    active: here.find(({ local }) => local === active)?.local,
    subjects: here,
    device,
    hidden: left > 0,
  };

  /**
   * What a visit notes of somebody: when they were first found far off, and nothing any more once they are not. Whoever was
   * last here by a clock that was ahead counts from the later of two visits on different days that both say so. The record
   * itself: there is nothing to note. Undefined: they were missing on another day too.
   */
  function noted(record: SubjectRecord): SubjectRecord | undefined {
    const { missed, ...rest } = record;
    const ahead = record.usedAt > now;
    if (!isFarOff(record, now, limits) || (ahead && now < EARLIEST)) return missed ? rest : record;
    // What was noted lies on the same side of it: otherwise one clock was behind and the other is ahead.
    if (!missed || missed < record.usedAt !== ahead) return { ...record, missed: now };
    if (sameDay(missed, now)) return record;
    return ahead ? { ...rest, usedAt: Math.max(missed, now) } : undefined;
  }
}

/**
 * Has a person's database deleted and then removes their line: a crash in between leaves a line that opens nothing. False:
 * they are back, and nothing was removed.
 */
async function wipeSubject(
  registry: Registry,
  local: string,
  gen: string,
  isBack?: (meta: Partial<Meta>) => boolean,
): Promise<boolean> {
  const { platform, site } = registry;
  if (!(await wipeDatabase(platform, nameOf(site, local), isBack))) return false;
  await unlessGone(
    alsoWithoutRoom((room) =>
      change(registry, async (tx) => {
        tx.objectStore('subjects').delete(local);
        const active = await activeIn(tx);
        if (room) setActive(tx, active === local ? undefined : active, gen);
        else if (active === local) tx.objectStore('registry').delete('active');
      }),
    ),
  );
  return true;
}

/** False: somebody has begun who was not known, and nobody was taken away. */
async function wipeEverything(registry: Registry, known?: readonly SubjectRecord[]): Promise<boolean> {
  const { platform, site, connection } = registry;
  const names = await namesOf(registry);
  let begun = false;
  // From here on no tab can add a person, and the next start goes on where this page is interrupted.
  const subjects = await unlessGone(
    alsoWithoutRoom((room) =>
      connection.run('readwrite', async (tx) => {
        const all = await result(tx.objectStore('subjects').getAll());
        begun = !!known && !isWithin(all, known);
        // Where nobody of them is there any more another tab has done it.
        if (begun || (known && !all.length)) return undefined;
        if (room) tx.objectStore('registry').put({ gone: true }, 'gone');
        return all;
      }),
    ),
  );
  const emptied = subjects && (await emptyAll(registry, names, subjects));
  if (!begun) connection.close();
  if (emptied) deleteDatabase(platform, nameOf(site));
  return !begun;
}

/**
 * A registry that is gone is one that a frozen tab kept from being deleted, or a wipe that did not come to its end. It is
 * brought to its end first, then used again by the next grant, and not seen before that.
 */
export async function finishWipe(
  registry: Registry,
  subjects: readonly SubjectRecord[],
  useAgain: boolean,
): Promise<void> {
  if (subjects.length > 0) await emptyAll(registry, await namesOf(registry), subjects);
  if (useAgain)
    await registry.connection.run('readwrite', (tx) => result(tx.objectStore('registry').delete('gone')));
}

/** Of the people's databases, those included that the registry has lost sight of. */
function namesOf({ platform, site }: Registry): Promise<string[]> {
  return databasesNamed(platform, nameOf(site, ''));
}

/**
 * Empties every database of the site and asks for the people's to be deleted, the registry last: it lists them until then.
 * False: the registry is in use again, and stays for those who have begun.
 *
 * @param names as they were before it was gone: whoever begins later is not among them.
 */
async function emptyAll(
  { platform, site, connection }: Registry,
  names: readonly string[],
  subjects: readonly SubjectRecord[],
): Promise<boolean> {
  const all = new Set([...subjects.map(({ local }) => nameOf(site, local)), ...names]);
  for (const name of all) await wipeDatabase(platform, name);
  const emptied = await unlessGone(
    connection.run('readwrite', async (tx) => {
      const gone = await result(tx.objectStore('registry').get('gone'));
      if (!isWithin(await result(tx.objectStore('subjects').getAll()), subjects)) {
        for (const { local } of subjects) tx.objectStore('subjects').delete(local);
        return false;
      }
      for (const store of tx.objectStoreNames) (tx as IDBTransaction).objectStore(store).clear();
      if (gone) tx.objectStore('registry').put(gone, 'gone');
      return true;
    }),
  );
  return !!emptied;
}

function isWithin(all: readonly SubjectRecord[], known: readonly SubjectRecord[]): boolean {
  return all.every(({ local }) => known.some((one) => one.local === local));
}

/** What is to be taken away has been, by another tab. */
async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StoreError && error.reason === 'gone') return undefined;
    throw error;
  }
}

/** One transaction on the registry, which `gone` turns away. */
function change({ connection }: Registry, work: (tx: RegistryTx) => Promise<unknown>): Promise<void> {
  return connection.run('readwrite', async (tx) => {
    if (await result(tx.objectStore('registry').get('gone'))) throw goneError();
    await work(tx);
  });
}

async function activeIn(tx: RegistryTx): Promise<string | undefined> {
  return (await result(tx.objectStore('registry').get('active'))) as string | undefined;
}

async function recordOf(tx: RegistryTx, local: string): Promise<SubjectRecord> {
  const record = await result(tx.objectStore('subjects').get(local));
  if (!record) throw goneError();
  return record;
}

function putRecord(tx: RegistryTx, record: SubjectRecord): void {
  tx.objectStore('subjects').put(record);
}

/** A clock that is set right again must not make somebody look unused for years. */
async function mark(tx: RegistryTx, local: string, state: SubjectRecord['state'], now: Ms): Promise<void> {
  const record = await recordOf(tx, local);
  putRecord(tx, { ...record, state, usedAt: Math.max(record.usedAt, now) });
}

function setActive(tx: RegistryTx, local: string | undefined, gen: string): void {
  const registry = tx.objectStore('registry');
  registry.put(gen, 'gen');
  if (local === undefined) registry.delete('active');
  else registry.put(local, 'active');
}
