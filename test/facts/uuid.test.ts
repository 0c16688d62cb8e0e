import { expect } from '@open-wc/testing';
import { isUuid, uuidv7 } from '../../src/facts/uuid.js';
import { uuidv8 } from '../../src/facts/uuid-of-hash.js';
import { NOON } from './samples.js';

const full = (bytes: Uint8Array<ArrayBuffer>) => bytes.fill(0xff);

describe('UUIDs', () => {
  it('of version 7 begin with their time', () => {
    expect(uuidv7(NOON, full)).to.equal('018bcfe5-6800-7fff-bfff-ffffffffffff');
    expect(uuidv7(NOON, (bytes) => bytes)).to.equal('018bcfe5-6800-7000-8000-000000000000');
    expect(uuidv7(-1, full)).to.match(/^00000000-0000-7/);
  });

  it('of version 8 are the same for the same hash, of which sixteen bytes count', () => {
    const hash = new Uint8Array(32).fill(0xab);
    expect(uuidv8(hash)).to.equal('abababab-abab-8bab-abab-abababababab');
    expect(hash[6], 'the hash is left as it was').to.equal(0xab);
  });

  it('are lower case, of any version', () => {
    expect(isUuid('9f4bf5aa-0000-4000-8000-000000000384')).to.equal(true);
    for (const other of [
      '9F4BF5AA-0000-4000-8000-000000000384',
      '9f4bf5aa00004000800000000000038',
      '',
      undefined,
      {},
    ]) {
      expect(isUuid(other)).to.equal(false);
    }
  });
});
