/**
 * What goes from the device though nobody has taken it away: conversations for want of room, and records that cannot be
 * read. Looks at each transaction as it ends, at what lay there before and at what lies there then.
 */
import type { Base, Change, Ended, Engine, Record as Stored } from './indexeddb.js';
import type { InvariantId } from './invariants.js';
import type { Model, Word } from './model.js';
import { ROOM } from './scale.js';
import type { Owner } from './scheduler.js';

type Break = (id: InvariantId, what: string) => void;

/** A record that was spoilt, until something has been done about it. */
interface Spoilt {
  readonly name: string;
  readonly base: Base;
  readonly store: string;
  readonly record: Stored;
  /** As it was before. */
  readonly whole: Stored;
  readonly words: readonly Word[];
}

/** As much of a conversation as eviction goes by. */
interface Talk {
  readonly cid: string;
  readonly ended: boolean;
  /** The stamp of what was said last. */
  readonly last: string;
  readonly length: number;
}

interface Entry {
  readonly kind: string;
  readonly id: string;
  readonly key: string;
  readonly at: string;
  readonly until?: number;
  readonly value: unknown;
}

const WORDS = /\w+«(\d+)»/g;
const CONVERSATION = /^conversations\.([0-9a-f-]{36})/;

export class Rooms {
  /** How many conversations have gone for want of room, and how many records were spoilt, and set aside. */
  readonly counts = { evicted: 0, spoilt: 0, aside: 0 };
  /** The same of each database. */
  readonly evicted = new Map<string, number>();
  /** The conversations that went, as keys begin of what was said in them. */
  readonly gone = new Set<string>();
  /** What had no room, by database and page: the conversations that it was about. */
  readonly #refused = new Map<
    string,
    { readonly puts: ReadonlySet<string>; readonly waits: ReadonlySet<string> }
  >();
  readonly #spoilt = new Set<Spoilt>();

  /**
   * @param latest the latest that any clock has said.
   * @param waiting the keys of what waits to be stored on a page: some of it may change nothing, and is being written all the same.
   * @param endAsked whether somebody has ended that conversation.
   */
  constructor(
    readonly engine: Engine,
    readonly model: Model,
    readonly latest: () => number,
    readonly waiting: (owner: Owner) => readonly string[],
    readonly endAsked: (cid: string) => boolean,
    readonly breaks: Break,
  ) {}

  /** What a transaction has done is what it may. */
  saw(ended: Ended): void {
    const { name, owner, how, changes } = ended;
    if (name.split(':').length < 3) return;
    const asker = `${name} ${(owner as { id?: number }).id}`;
    if (how === 'no room')
      return void this.#refused.set(asker, {
        // What was to be taken away with it may go.
        puts: new Set(changes.flatMap((one) => (one.after && cidOf(one)) || [])),
        waits: new Set(this.waiting(owner).flatMap((key) => CONVERSATION.exec(key)?.[1] ?? [])),
      });
    // On a full disk there is no room for the mark either.
    const wiped = changes.some(
      ({ store, after }) => store === 'meta' && (!after || 'gone' in Object(after[1])),
    );
    const forgot = changes.some(({ after }) => entriesIn(after).some(({ kind }) => kind === 'forget'));
    const takes = wiped || forgot || this.#evicts(ended, asker);
    for (const one of this.#spoilt) this.#setsAside(one, ended, takes);
    // Who read it before it was spoilt has taken for needless what it surpassed.
    if ([...this.#spoilt].some(({ whole }) => ended.read.has(whole)))
      for (const { store, before, after } of changes)
        if (store === 'rows' && !after) for (const word of this.#wordsIn(before)) word.unsure = true;
  }

  /** One record of this database is not what it was any more; gives false where there is none that says anything. */
  spoil(name: string, base: Base): boolean {
    const { chance } = this.engine;
    const candidates = ['rows', 'pages'].flatMap((store) => {
      const data = base.stores.get(store);
      return (data?.records ?? [])
        .filter((record) => !this.engine.unreadable.has(record) && this.#wordsIn(record).length > 0)
        .map((record) => ({ store, data, record }));
    });
    const found = candidates.length ? chance.pick(candidates) : undefined;
    if (!found?.data) return false;
    const { store, data, record } = found;
    // One of the messages of a page is a record of its own as far as it can be: the others stay.
    const value = structuredClone(record[1]) as { entry?: object; messages?: { entry?: object }[] };
    const held = value.messages ? chance.pick(value.messages) : value;
    const words = this.#wordsIn([record[0], held]);
    const how = chance.weighted({ error: 2, entry: 3, record: 1 });
    if (how === 'entry') alter(held, chance.below(5));
    const spoilt = this.engine.spoil(
      data,
      record,
      how === 'error'
        ? { error: chance.pick(['DataError', 'NotReadableError']) }
        : {
            value:
              how === 'entry' ? value : { cid: Object(value).cid as unknown, n: Object(value).n as unknown },
          },
    );
    const gone = how === 'entry' ? words : this.#wordsIn(record);
    this.counts.spoilt += 1;
    this.#spoilt.add({ name, base, store, record: spoilt, whole: record, words: gone });
    for (const word of gone) {
      word.unsure = true;
      // What this one made needless may have gone when it was said.
      for (const other of this.model.ofKey.get(word.key) ?? [])
        if (!this.engine.text(name).includes(`${other.text}"`)) other.unsure = true;
    }
    return true;
  }

  /** What is spoilt in this database and lies where it lay. */
  left(name: string): readonly Spoilt[] {
    return [...this.#spoilt].filter(
      (one) => one.name === name && this.engine.bases.get(name) === one.base && isThere(one),
    );
  }

  // --- for want of room -------------------------------------------------------------------------

  /** Whether it has made room. */
  #evicts({ name, base, changes, unheard }: Ended, asker: string): boolean {
    // What cannot be read goes to the quarantine, and with it its conversation where nothing else is of that.
    const mends = changes.some(({ store, after }) => store === 'quarantine' && after);
    const spoilt = new Set(mends ? [...this.#spoilt].map(({ record }) => record) : []);
    const unread = new Set(changes.flatMap((one) => (spoilt.has(one.before as Stored) && cidOf(one)) || []));
    const gone = new Set(changes.flatMap((one) => (one.store === 'pages' && !one.after && cidOf(one)) || []));
    for (const cid of unread) gone.delete(cid);
    for (const [[cid]] of recordsOf(base, 'pages') as readonly [[string, number], unknown][])
      gone.delete(cid);
    const removed = changes.filter((one) => !one.after && ['rows', 'pages'].includes(one.store));
    const latest = this.latest();
    const expired = ({ until = Infinity }: Entry) => until <= latest;
    const mine = removed.flatMap(({ before }) => entriesIn(before));
    // Of these another invariant speaks.
    if (!gone.size || mine.some(expired)) return false;

    const talks = talksOf(base, changes);
    const taken = talks.filter(({ cid }) => gone.has(cid));
    const busy = this.#refused.get(asker);
    const say = (what: string) => this.breaks('I29', what);
    if (!busy) say(`conversation ${[...gone].join()} was taken away, and there was room`);
    for (const { cid, ended } of taken) {
      if (busy?.puts.has(cid)) say(`conversation ${cid} was taken away to make room for what is said in it`);
      if (!ended || !this.endAsked(cid)) say(`conversation ${cid} was taken away, and had not ended`);
    }
    const fact = mine.find(({ key }) => !gone.has(CONVERSATION.exec(key)?.[1] ?? ''));
    if (fact) say(`${fact.key} was taken away to make room`);
    // What is spoilt says no more when it was said.
    const whole = !this.#spoilt.size;
    for (const stays of whole ? talks : [])
      for (const goes of taken)
        if (!gone.has(stays.cid) && stays.ended && !busy?.waits.has(stays.cid) && stays.last < goes.last)
          say(`conversation ${goes.cid} was taken away before ${stays.cid}, which is older`);
    taken.sort((a, b) => (a.last < b.last ? -1 : 1));
    if (whole && taken.slice(0, -1).reduce((sum, { length }) => sum + length, 0) >= ROOM)
      say(`more than one write needs was taken away`);

    for (const { before } of removed) for (const word of this.#wordsIn(before)) word.unsure = true;
    for (const cid of gone) this.gone.add(`conversations.${cid}`);
    this.counts.evicted += gone.size;
    this.evicted.set(name, (this.evicted.get(name) ?? 0) + gone.size);
    // Who does not know that it was done does it again.
    if (!unheard) this.#refused.delete(asker);
    return true;
  }

  // --- what cannot be read ----------------------------------------------------------------------

  /** What cannot be read leaves its place only for the quarantine, or with what takes it away. */
  #setsAside(spoilt: Spoilt, { changes, read }: Ended, takenAway: boolean): void {
    const { store, record, whole, words } = spoilt;
    const change = changes.find(({ before }) => before === record);
    if (!change) return;
    this.#spoilt.delete(spoilt);
    const kept = changes.filter(({ store, after }) => store === 'quarantine' && after);
    const isIt = ({ after }: Change) => {
      const { from, place } = Object(after?.[1]) as { from?: string; place?: unknown };
      return from === store && `${JSON.stringify(record[0])}]`.startsWith(JSON.stringify(place).slice(0, -1));
    };
    if (kept.some(isIt)) return void (this.counts.aside += 1);
    // A page that had it in mind has written it anew.
    const anew = JSON.stringify(change.after?.[1]) ?? '';
    if (words.every(({ text }) => anew.includes(`${text}"`))) return;
    // Who had read it before it was spoilt knows what it was, and that it is needless: of a key the newest four are kept.
    if (store === 'rows' && read.has(whole)) return;
    if (takenAway || words.some(({ until = Infinity }) => until <= this.latest())) return;
    this.breaks(
      'I1',
      `${words.map(({ text }) => text).join(' ')} could not be read, has gone, and is not set aside`,
    );
  }

  #wordsIn(record: Stored | undefined): Word[] {
    const found = [...(JSON.stringify(record?.[1]) ?? '').matchAll(WORDS)];
    return [...new Set(found.flatMap(([, n]) => this.model.words[Number(n)] ?? []))];
  }
}

function isThere({ base, store, record }: Spoilt): boolean {
  return recordsOf(base, store).includes(record);
}

function recordsOf(base: Base, store: string): readonly Stored[] {
  return base.stores.get(store)?.records ?? [];
}

/** As another version, another script or a damaged disk leaves it. */
function alter(held: { entry?: object }, how: number): void {
  const { entry } = held;
  if (how === 0) delete held.entry;
  else Object.assign(entry ?? held, [{}, { at: 7 }, { id: 'x' }, { by: undefined }, { kind: 'rumour' }][how]);
}

function cidOf({ store, key }: Change): string | undefined {
  const [first] = [key].flat();
  return store === 'pages'
    ? String(first)
    : store === 'rows'
      ? CONVERSATION.exec(String(first))?.[1]
      : undefined;
}

/** The entries that a record holds, as far as they are any. */
function entriesIn(record: Stored | undefined): Entry[] {
  const { entry, messages } = Object(record?.[1]) as { entry?: Entry; messages?: { entry?: Entry }[] };
  const held = Array.isArray(messages) ? messages.map((one) => one.entry) : [entry];
  return held.filter((one): one is Entry => typeof one === 'object' && typeof one.at === 'string');
}

/** The conversations of a database as they were before these changes. */
function talksOf(base: Base, changes: readonly Change[]): Talk[] {
  const made = new Set(changes.map(({ after }) => after));
  const before = ['rows', 'pages'].flatMap((name) => [
    ...recordsOf(base, name).filter((record) => !made.has(record)),
    ...changes.flatMap((one) => (one.store === name && one.before ? [one.before] : [])),
  ]);
  const by = new Map<string, Entry[]>();
  for (const entry of before.flatMap((record) => entriesIn(record))) {
    const cid = CONVERSATION.exec(entry.key ?? '')?.[1];
    if (cid) by.set(cid, [...(by.get(cid) ?? []), entry]);
  }
  return [...by].map(([cid, entries]) => {
    const latest = (of: readonly Entry[]) => of.reduce((last, { at }) => (at > last ? at : last), '');
    const states = entries.filter(({ key }) => key === `conversations.${cid}.state`);
    // Of two that were said with the same stamp the greater id counts.
    const order = ({ at, id }: Entry) => `${at} ${id}`;
    const [state] = states.sort((a, b) => (order(a) > order(b) ? -1 : 1));
    const messages = entries.filter(({ kind }) => kind === 'message');
    const texts = messages.map(({ value }) => (value as { text: string }).text);
    return {
      cid,
      ended: state?.value === 'ended',
      last: latest(messages) || latest(entries.filter(({ key }) => key === `conversations.${cid}`)),
      length: texts.join('').length,
    };
  });
}
