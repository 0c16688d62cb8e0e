import { expect } from '@open-wc/testing';
import { fakePlatform } from '../../src/platform/fake.js';
import { noteGrant } from '../../src/store/note-grant.js';
import { readRefusal, REFUSAL_LASTS, writeRefusal } from '../../src/store/refusal.js';

describe('a refusal', () => {
  it('keeps its date and nothing else', () => {
    const platform = fakePlatform();
    expect(readRefusal(platform, 'acme')).to.equal(undefined);
    writeRefusal(platform, 'acme');
    expect(readRefusal(platform, 'acme')).to.equal(platform.clock.now());
    expect(platform.local?.keys()).to.deep.equal(['customer-memory:acme:refused']);
    expect(platform.local?.get('customer-memory:acme:refused')).to.equal('2026-01-01T00:00:00.000Z');
  });

  it('is respected for 180 days', () => {
    const platform = fakePlatform();
    writeRefusal(platform, 'acme');
    const at = platform.clock.now();
    platform.setTime(at + REFUSAL_LASTS - 1);
    expect(readRefusal(platform, 'acme')).to.equal(at);
    platform.setTime(at + REFUSAL_LASTS);
    expect(readRefusal(platform, 'acme')).to.equal(undefined);
  });

  it('does not hold for years because the clock was years ahead', () => {
    const platform = fakePlatform();
    const now = platform.clock.now();
    platform.setTime(now + REFUSAL_LASTS - 1);
    writeRefusal(platform, 'acme');
    platform.setTime(now);
    expect(readRefusal(platform, 'acme')).to.equal(now + REFUSAL_LASTS - 1);
    platform.setTime(now - 1);
    expect(readRefusal(platform, 'acme')).to.equal(undefined);
  });

  it('is forgotten by a grant', () => {
    const platform = fakePlatform();
    writeRefusal(platform, 'acme');
    noteGrant(platform, 'acme');
    expect(readRefusal(platform, 'acme')).to.equal(undefined);
    expect(platform.local?.keys()).not.to.include('customer-memory:acme:refused');
  });

  it('is none where nothing can be kept, or something else stands there', () => {
    const none = fakePlatform({ overrides: { local: undefined } });
    writeRefusal(none, 'acme');
    expect(readRefusal(none, 'acme')).to.equal(undefined);
    const platform = fakePlatform();
    platform.local?.set('customer-memory:acme:refused', 'never');
    expect(readRefusal(platform, 'acme')).to.equal(undefined);
  });
});
