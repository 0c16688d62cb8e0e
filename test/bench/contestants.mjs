/** Who is measured, by the name `--contestants` takes. `library`: installed by this folder's own lockfile. */

const STRICT = 'strict';
/** The bench makes every writing transaction of its page a strict one: see pages/strict.ts. */
const MADE_STRICT = 'no option for it; made strict from outside';

/** What every ratio is to. */
export const BASELINE = 'by-hand';

export const contestants = [
  { name: BASELINE, title: 'hand-written IndexedDB', page: 'rival', durability: STRICT },
  { name: 'paged', title: 'hand-written IndexedDB, paged', page: 'paged', durability: STRICT },
  { name: 'floor', title: 'one text in local storage', page: 'floor', durability: 'none', ask: 'recall' },
  { name: 'ours', title: 'customer-memory', page: 'ours', durability: STRICT },
  {
    name: 'no-boot-record',
    title: 'customer-memory, no boot record',
    page: 'ours',
    durability: STRICT,
    ask: 'recall-from-database',
  },
  library('idb', 'idb', STRICT),
  library('dexie', 'Dexie', STRICT),
  library('localforage', 'localforage', MADE_STRICT),
  library('pouchdb', 'PouchDB', MADE_STRICT),
  library('rxdb', 'RxDB, Dexie storage', STRICT),
  library('tinybase', 'TinyBase, mergeable', MADE_STRICT),
  library('yjs', 'Yjs, y-indexeddb', MADE_STRICT),
];

function library(name, title, durability) {
  return { name, title, page: name, durability, library: true };
}

/** Those that keep messages too; the others only answer a start. */
export const keepers = contestants.filter(({ ask }) => ask === undefined);
