/**
 * For libraries that have no option for it: from here on every transaction of this page that writes is a strict one, as
 * ours are. Imported before the library.
 */
const { transaction } = IDBDatabase.prototype;

IDBDatabase.prototype.transaction = function (stores, mode, options) {
  return transaction.call(this, stores, mode, { durability: 'strict', ...options });
};

export {};
