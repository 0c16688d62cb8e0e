import { expect } from '@open-wc/testing';
import { fakePlatform, fakeWorld, type FakePlatform, type FakeWorld } from '../../src/platform/fake.js';
import { browserPlatform } from '../../src/platform/browser.js';
import { bootRecordOf } from '../../src/store/boot-fitting.js';
import { readBootRecord, removeBootRecord, type BootRecord } from '../../src/store/boot-record.js';
import { bootWriter } from '../../src/store/boot-writer.js';
import { newGeneration, readGeneration } from '../../src/store/generation.js';
import { newSite, NOW } from './support.js';

const SITE = 'acme';

describe('the boot record', () => {
  let world: FakeWorld;
  let platform: FakePlatform;
  let gen: string;
  let rev: number;
  beforeEach(() => {
    world = fakeWorld();
    platform = fakePlatform({ world });
    gen = newGeneration(platform, SITE);
    rev = 1;
  });

  const record = (): BootRecord =>
    bootRecordOf({
      gen,
      local: 'f'.repeat(32),
      epoch: '',
      rev,
      facts: [],
      heads: [],
      device: [],
      consent: { device: true, sync: false, at: NOW },
    });
  const written = () => readBootRecord(platform.local, SITE)?.rev;
  /** Lets what was begun go as far as it can without the clock. */
  const settle = async () => {
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
  };

  it('is written 250 ms after the first touch, with what is there by then', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    await settle();
    rev = 2;
    writer.touch();
    platform.advance(249);
    await settle();
    expect(written()).to.equal(undefined);
    platform.advance(1);
    await settle();
    expect(written()).to.equal(2);
  });

  it('is not waited for for ever where a frozen tab has its lock', async () => {
    const frozen = platform.locks?.request(
      `customer-memory:${SITE}:boot`,
      () => new Promise<never>(() => undefined),
    );
    void frozen;
    const writer = bootWriter(fakePlatform({ world, overrides: { clock: platform.clock } }), SITE, record);
    writer.touch();
    const flushed = writer.flush();
    await settle();
    platform.advance(1000);
    await flushed;
    expect(written()).to.equal(undefined);
  });

  it('is not written when nothing was touched', async () => {
    const writer = bootWriter(platform, SITE, record);
    await writer.flush();
    platform.setVisibility('hidden');
    platform.advance(1000);
    await settle();
    expect(written()).to.equal(undefined);
  });

  it('is written at once by a flush', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(1);
    rev = 2;
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(2);
  });

  it('is written as the page is hidden, when this page has the lock', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    await settle();
    platform.setVisibility('hidden');
    expect(written()).to.equal(1);
  });

  it('is not written as the page is hidden when another tab has the lock', async () => {
    let release: () => void = () => undefined;
    void platform.locks?.request(
      `customer-memory:${SITE}:boot`,
      () => new Promise<void>((resolve) => (release = resolve)),
    );
    await settle();
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    platform.setVisibility('hidden');
    platform.advance(1000);
    await settle();
    expect(written()).to.equal(undefined);
    release();
    await writer.flush();
    expect(written()).to.equal(1);
  });

  it('is not written when something was taken away since', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    newGeneration(fakePlatform({ world, seed: 2 }), SITE);
    await writer.flush();
    expect(written()).to.equal(undefined);
  });

  it('is not written when there is nothing that may be written', async () => {
    const writer = bootWriter(platform, SITE, () => undefined);
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(undefined);
  });

  it('is never written without Web Locks', async () => {
    const insecure = fakePlatform({ world, overrides: { locks: undefined } });
    const writer = bootWriter(insecure, SITE, record);
    writer.touch();
    await writer.flush();
    insecure.advance(1000);
    insecure.setVisibility('hidden');
    expect(written()).to.equal(undefined);
  });

  it('is written as the writer is closed, and not after that', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    await settle();
    await writer.close();
    expect(written()).to.equal(1);
    removeBootRecord(platform.local, SITE);
    platform.advance(1000);
    platform.setVisibility('hidden');
    await settle();
    expect(written()).to.equal(undefined);
    expect(world.locks.size).to.equal(0);
  });

  it('is removed rather than left as it was when there is no room for the new one', async () => {
    const writer = bootWriter(platform, SITE, record);
    writer.touch();
    await writer.flush();
    const set = platform.local?.set;
    if (platform.local) {
      platform.local.set = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }
    rev = 2;
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(undefined);
    if (platform.local && set) platform.local.set = set;
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(2);
  });

  it('costs nobody anything when the lock is refused', async () => {
    const refusing = fakePlatform({
      world,
      overrides: {
        locks: {
          request: () => Promise.reject(new DOMException('gone', 'InvalidStateError')),
        },
      },
    });
    const writer = bootWriter(refusing, SITE, record);
    writer.touch();
    await writer.flush();
    writer.touch();
    await writer.flush();
    expect(written()).to.equal(undefined);
  });

  it('is written in a browser, under its own locks', async () => {
    const site = newSite();
    const real = browserPlatform();
    const here = newGeneration(real, site);
    const writer = bootWriter(real, site, () => ({ ...record(), gen: here }));
    writer.touch();
    await writer.close();
    expect(readBootRecord(real.local, site)?.gen).to.equal(here);
    for (const part of ['gen', 'boot']) localStorage.removeItem(`customer-memory:${site}:${part}`);
  });
});

describe('the generation', () => {
  it('is 64 random bits, another each time, and there at once', () => {
    const platform = fakePlatform();
    expect(readGeneration(platform.local, SITE)).to.equal(undefined);
    const first = newGeneration(platform, SITE);
    expect(first).to.match(/^[0-9a-f]{16}$/);
    expect(readGeneration(platform.local, SITE)).to.equal(first);
    expect(newGeneration(platform, SITE)).not.to.equal(first);
  });

  it('is missing, not the old one, when there is no room for the new', () => {
    const platform = fakePlatform();
    newGeneration(platform, SITE);
    if (platform.local) {
      platform.local.set = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    }
    expect(newGeneration(platform, SITE)).to.match(/^[0-9a-f]{16}$/);
    expect(readGeneration(platform.local, SITE)).to.equal(undefined);
  });

  it('is none when something else stands there, or there is no storage', () => {
    const platform = fakePlatform();
    platform.local?.set('customer-memory:acme:gen', 'not hex');
    expect(readGeneration(platform.local, SITE)).to.equal(undefined);
    expect(readGeneration(undefined, SITE)).to.equal(undefined);
    expect(newGeneration(fakePlatform({ overrides: { local: undefined } }), SITE)).to.match(/^[0-9a-f]{16}$/);
  });
});
