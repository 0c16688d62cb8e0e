/** For tests of your own page: a platform whose clock, randomness and storage the test controls. */
export { fakeKeyValue, fakePlatform, fakeWorld } from './platform/fake.js';
export type { FakeOptions, FakePlatform, FakeWorld } from './platform/fake.js';
export { browserPlatform } from './platform/browser.js';
export type {
  Channel,
  Clock,
  IndexedDb,
  KeyValue,
  Locks,
  Page,
  Platform,
  Random,
  Visibility,
} from './platform/platform.js';
