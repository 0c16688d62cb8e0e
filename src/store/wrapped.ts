/** Transactions whose requests are promises, for what is fetched later: a start does without. */
import { unwrap, wrap, type DBSchema, type IDBPTransaction, type StoreNames } from 'idb';
import type { Transaction } from './transaction.js';

export type Wrapped<S extends DBSchema, M extends IDBTransactionMode = 'readwrite'> = IDBPTransaction<
  S,
  StoreNames<S>[],
  M
>;

export function wrapped<S extends DBSchema, M extends IDBTransactionMode>(
  tx: Transaction<S, M>,
): Wrapped<S, M> {
  const promising = wrap(tx) as unknown as Wrapped<S, M>;
  promising.done.catch(() => undefined); // how it ends is told by `transact`
  return promising;
}

/** For what reads through the browser's own. */
export function unwrapped<S extends DBSchema, M extends IDBTransactionMode>(
  tx: Wrapped<S, M>,
): Transaction<S, M> {
  return unwrap(tx) as Transaction<S, M>;
}

/** A request whose outcome is its transaction's: one that fails aborts it, and `run` says why. */
export function inTransaction(request: Promise<unknown>): void {
  request.catch(() => undefined);
}
