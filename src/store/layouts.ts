/** How new databases are laid out; fetched when the first thing is kept. */
import { META, type Meta } from './subject-database.js';

export function makeRegistry(database: IDBDatabase): void {
  database.createObjectStore('registry');
  database.createObjectStore('subjects', { keyPath: 'local' });
  database.createObjectStore('erasing', { keyPath: 'subject' });
  database.createObjectStore('device', { keyPath: 'entry.key' });
}

export function makeSubject(database: IDBDatabase): void {
  database
    .createObjectStore('outbox', { autoIncrement: true })
    .createIndex('id', 'entry.id', { unique: true });
  database.createObjectStore('rows').createIndex('until', 'entry.until');
  const pages = database.createObjectStore('pages', { keyPath: ['cid', 'n'] });
  pages.createIndex('last', 'last');
  pages.createIndex('until', 'until');
  const meta: Meta = { epoch: '', cursor: 0, skew: 0, rev: 0, changes: 0, days: [] };
  database.createObjectStore('meta').put(meta, META);
  database.createObjectStore('quarantine', { keyPath: 'entry.id' });
}
