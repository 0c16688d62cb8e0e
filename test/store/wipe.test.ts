import { expect } from '@open-wc/testing';
import { fakePlatform } from '../../src/platform/fake.js';
import { deleteDatabase } from '../../src/store/wipe.js';

describe('a database that is asked to be deleted', () => {
  it('is not waited for, and where the browser denies it nothing throws and nothing is rejected later', () => {
    const denied = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    const factory = { deleteDatabase: denied } as unknown as IDBFactory;
    const platform = fakePlatform({ overrides: { indexedDB: { factory, keyRange: IDBKeyRange } } });
    expect(deleteDatabase(platform, 'customer-memory:acme')).to.equal(undefined);
    expect(deleteDatabase({ ...platform, indexedDB: undefined }, 'customer-memory:acme')).to.equal(undefined);
  });
});
