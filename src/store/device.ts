/**
 * The device: which people this browser remembers for a site, and which of them it shows. It knows their databases by
 * name and what belongs to the device itself; what is in a person's database is subject.ts's.
 */
import type { DBSchema } from 'idb';
import type { Fact, Held, Key, Ms } from '../facts/entry.js';
import type { Platform } from '../platform/platform.js';
import { connect, inTransaction, type Connection, type Transaction } from './connection.js';
import { sameDay } from './expiry.js';
import { newGeneration, readGeneration } from './generation.js';
import { nameOf, randomHex } from './names.js';
import type { Layout } from './open-database.js';
import { goneError, StoreError } from './store-error.js';
import type { Device, RegistryState, SubjectRecord } from './store.js';
import { subjectName } from './subject-database.js';
import { openSubject } from './subject.js';
import { databasesNamed, deleteDatabase, wipeDatabase } from './wipe.js';

interface RegistryDatabase extends DBSchema {
  /** `gen`, `active`, or `gone` alone. */
  registry: { key: string; value: string | { gone: true } };
  subjects: { key: string; value: SubjectRecord };
  /** Whom an endpoint was asked to erase and has not confirmed yet. */
  erasing: { key: string; value: { subject: string; credential: string; askedAt: Ms } };
  device: { key: Key; value: Held<Fact> };
}

const layout: Layout = {
  version: 1,
  make(database) {
    database.createObjectStore('registry');
    database.createObjectStore('subjects', { keyPath: 'local' });
    database.createObjectStore('erasing', { keyPath: 'subject' });
    database.createObjectStore('device', { keyPath: 'entry.key' });
  },
};

const STORES = ['registry', 'subjects', 'device'] as const;
const DAY: Ms = 86_400_000;

/**
 * Opens the registry of a site. Without `create`, undefined when this browser has none or everything in it was
 * forgotten, and nothing is left behind by having looked.
 */
export async function openDevice(
  platform: Platform,
  site: string,
  { create }: { create: boolean },
): Promise<Device | undefined> {
  // Who has a generation has a registry, and is the one who comes back and waits.
  const expected = create || readGeneration(platform.local, site) !== undefined;
  const connection = await connect<RegistryDatabase>(platform, nameOf(site), layout, { create, expected });
  if (!connection) return undefined;
  const found = await begin(connection, platform, site, create);
  if (found) return deviceOn(connection, platform, site, found.state);
  connection.close();
  return undefined;
}

/**
 * A registry that is gone is one that a frozen tab kept from being deleted, or a wipe that did not come to its end. It is
 * brought to its end first, then used again by the next grant, and not seen before that.
 */
async function begin(
  connection: Connection<RegistryDatabase>,
  platform: Platform,
  site: string,
  create: boolean,
): Promise<{ readonly state?: RegistryState } | undefined> {
  try {
    const { gone, ...state } = await connection.run('readonly', STORES, readRegistry);
    if (!gone) return { state };
    if (state.subjects.length > 0) await emptyAll(platform, site, state.subjects);
    if (!create) return undefined;
    await connection.run('readwrite', STORES, (tx) => tx.objectStore('registry').delete('gone'));
    return {};
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function readRegistry(
  tx: Transaction<RegistryDatabase, 'readonly'>,
): Promise<RegistryState & { readonly gone: boolean }> {
  const registry = tx.objectStore('registry');
  const [gone, gen, active, subjects, device] = await Promise.all([
    registry.get('gone'),
    registry.get('gen'),
    registry.get('active'),
    tx.objectStore('subjects').getAll(),
    tx.objectStore('device').getAll(),
  ]);
  return { gone: gone !== undefined, gen: textOf(gen), active: textOf(active), subjects, device };
}

/** Empties every database of the site, the registry last, and asks for the people's to be deleted. */
async function emptyAll(platform: Platform, site: string, subjects: readonly SubjectRecord[]): Promise<void> {
  const listed = subjects.map(({ local }) => subjectName(site, local));
  const names = new Set([...listed, ...(await databasesNamed(platform, nameOf(site, '')))]);
  for (const name of names) await wipeDatabase(platform, name);
  await wipeDatabase(platform, nameOf(site));
  for (const name of names) deleteDatabase(platform, name);
}

/** @param found what was read when it was opened. */
function deviceOn(
  connection: Connection<RegistryDatabase>,
  platform: Platform,
  site: string,
  found: RegistryState | undefined,
): Device {
  /** One transaction on the registry, which `gone` turns away. */
  function change(work: (tx: Transaction<RegistryDatabase>) => Promise<void>): Promise<void> {
    found = undefined;
    return connection.run('readwrite', STORES, async (tx) => {
      if (await tx.objectStore('registry').get('gone')) throw goneError('This browser’s memory');
      await work(tx);
    });
  }

  /** Removes a person's database and then their line: a crash in between leaves a line that opens nothing. */
  async function wipe(local: string, gen: string): Promise<void> {
    const name = subjectName(site, local);
    await wipeDatabase(platform, name);
    await unlessGone(
      change(async (tx) => {
        inTransaction(tx.objectStore('subjects').delete(local));
        if ((await tx.objectStore('registry').get('active')) === local)
          inTransaction(tx.objectStore('registry').delete('active'));
        inTransaction(tx.objectStore('registry').put(gen, 'gen'));
      }),
    );
    deleteDatabase(platform, name);
  }

  const device: Device = {
    read: () => connection.run('readonly', STORES, readRegistry),

    async present(now, { asideFor, unusedFor }) {
      const first = found;
      found = undefined;
      const { gen, active, subjects, device: facts } = first ?? (await device.read());
      const isMissing = ({ state, usedAt }: SubjectRecord) =>
        now - usedAt > (state === 'aside' ? Math.min(asideFor, unusedFor) : unusedFor);
      const here = subjects.filter((one) => !isMissing(one));
      const toNote = subjects.filter((one) => isMissing(one) === (one.missed === undefined));
      if (toNote.length) {
        await change(async (tx) => {
          for (const { local } of toNote) {
            const { missed, ...record } = await recordOf(tx, local);
            const note = missed === undefined ? { missed: now } : {};
            inTransaction(tx.objectStore('subjects').put({ ...record, ...note }));
          }
        }).catch(() => undefined); // Noted by another visit: nobody is kept from their memory because of it.
      }
      const gone = subjects.filter(
        (one) => isMissing(one) && one.missed !== undefined && !sameDay(one.missed, now),
      );
      const next = gone.some(({ state }) => state === 'open') ? newGeneration(platform, site) : (gen ?? '');
      for (const { local } of gone) await wipe(local, next);
      return {
        gen: gone.length ? next : gen,
        active: here.find(({ local }) => local === active)?.local,
        subjects: here,
        device: facts,
        hidden: here.length + gone.length < subjects.length,
      };
    },

    async createSubject({ user, gen, now }) {
      const local = randomHex(platform.random, 16);
      const record: SubjectRecord = {
        local,
        ...(user !== undefined && { user }),
        state: 'open',
        usedAt: now,
      };
      let before: unknown;
      let first: string | undefined;
      // Listed before it is made, and active only after: at no moment is there a database that a wipe would not find.
      await change(async (tx) => {
        before = await tx.objectStore('registry').get('active');
        inTransaction(tx.objectStore('subjects').put({ ...record, state: 'aside' }));
      });
      try {
        const subject = await openSubject(platform, site, local, { create: true });
        if (!subject) throw goneError('This person');
        await change(async (tx) => {
          await recordOf(tx, local);
          // Another tab may have made the same person meanwhile, where neither could wait for the other.
          const active = textOf(await tx.objectStore('registry').get('active'));
          first = undefined;
          if (active !== undefined && active !== before && (await recordOf(tx, active)).user === user) {
            first = active;
            inTransaction(tx.objectStore('subjects').delete(local));
            return;
          }
          inTransaction(tx.objectStore('subjects').put(record));
          setActive(tx, local, gen);
        }).catch((error: unknown) => {
          subject.close();
          throw error;
        });
        if (first === undefined) return subject;
        subject.close();
        deleteDatabase(platform, subjectName(site, local));
        const theirs = await openSubject(platform, site, first, { create: false });
        if (!theirs) throw goneError('This person');
        return theirs;
      } catch (error) {
        deleteDatabase(platform, subjectName(site, local));
        // The error that counts is the first; a line that opens nothing does no harm.
        await change(async (tx) => inTransaction(tx.objectStore('subjects').delete(local))).catch(
          () => undefined,
        );
        throw error;
      }
    },

    openSubject: (local) => openSubject(platform, site, local, { create: false }),

    activate: (local, gen, now) =>
      change(async (tx) => {
        if (local !== undefined) {
          const record = await recordOf(tx, local);
          inTransaction(
            tx.objectStore('subjects').put({ ...record, state: 'open', usedAt: later(record, now) }),
          );
        }
        setActive(tx, local, gen);
      }),

    putAside: (local, gen, now) =>
      change(async (tx) => {
        const record = await recordOf(tx, local);
        inTransaction(
          tx.objectStore('subjects').put({ ...record, state: 'aside', usedAt: later(record, now) }),
        );
        const active = await tx.objectStore('registry').get('active');
        setActive(tx, active === local ? undefined : textOf(active), gen);
      }),

    used: (local, now) =>
      change(async (tx) => {
        const record = await tx.objectStore('subjects').get(local);
        if (record && now - record.usedAt >= DAY)
          inTransaction(tx.objectStore('subjects').put({ ...record, usedAt: now }));
      }),

    setDeviceFact: (fact) => change(async (tx) => inTransaction(tx.objectStore('device').put(fact))),

    removeDeviceFact: (key) => change(async (tx) => inTransaction(tx.objectStore('device').delete(key))),

    wipeSubject: wipe,

    async wipeEverything() {
      found = undefined;
      // From here on no tab can add a person, and the next start goes on where this page is interrupted.
      const subjects = await unlessGone(
        connection.run('readwrite', STORES, (tx) => {
          inTransaction(tx.objectStore('registry').put({ gone: true }, 'gone'));
          return tx.objectStore('subjects').getAll();
        }),
      );
      await emptyAll(platform, site, subjects ?? []);
      connection.close();
      deleteDatabase(platform, nameOf(site));
    },

    close: () => connection.close(),
  };
  return device;
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

async function recordOf(tx: Transaction<RegistryDatabase>, local: string): Promise<SubjectRecord> {
  const record = await tx.objectStore('subjects').get(local);
  if (!record) throw goneError('This person');
  return record;
}

function setActive(tx: Transaction<RegistryDatabase>, local: string | undefined, gen: string): void {
  const registry = tx.objectStore('registry');
  inTransaction(registry.put(gen, 'gen'));
  inTransaction(local === undefined ? registry.delete('active') : registry.put(local, 'active'));
}

/** A clock that is set right again must not make somebody look unused for years. */
function later({ usedAt }: SubjectRecord, now: Ms): Ms {
  return Math.max(usedAt, now);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
