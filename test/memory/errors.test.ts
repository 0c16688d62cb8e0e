import { expect } from '@open-wc/testing';
import { z } from 'zod/mini';
import { createMemory, isMemoryError, MemoryError } from '../../src/index.js';
import { browserPlatform } from '../../src/platform/browser.js';
import { errorTable } from '../../src/platform/error-table.js';
import type { ErrorCode } from '../../src/platform/errors.js';
import type { IndexedDb } from '../../src/platform/platform.js';
import { faultyIndexedDb } from '../helpers/faulty-indexeddb.js';
import { failureOf, loaded, testBrowser, type AnyMemory } from './support.js';

const SHOE = 'preferences.shoe';
const standard = (validate: (value: unknown) => unknown) =>
  ({ '~standard': { version: 1 as const, vendor: 'test', validate } }) as never;

/** On the device, and with nothing left to be written there. */
async function granted(memory: AnyMemory): Promise<void> {
  await memory.consent.grant();
  await memory.remember('care.repair.r1', 'chain');
}

/** How a site comes by each error there is. A code without a way to it is one too many. */
const WAYS: {
  readonly [Code in ErrorCode]: (memory: AnyMemory, fail: (error: DOMException | null) => void) => unknown;
} = {
  malformed_key: (memory) => memory.remember('shoe', 'M'),
  unknown_root: (memory) => memory.remember('shoes.size', 'M'),
  unknown_key: (memory) => memory.remember('preferences.other', 'M'),
  invalid_value: (memory) => memory.remember(SHOE, 'XXL'),
  schema_not_stable: (memory) => memory.remember('preferences.unstable', 'M'),
  async_schema: (memory) => memory.remember('preferences.late', 'M'),
  not_json: (memory) => memory.remember('care.repair.r1', NaN),
  too_large: (memory) => memory.remember('care.repair.r1', 'x'.repeat(70_000)),
  secret: (memory) => memory.remember('care.repair.pin', '1234'),
  invalid_option: () => createMemory({ site: '' }),
  options_conflict: (memory) => {
    createMemory({ site: `${memory.site}-twice`, shared: true });
    return createMemory({ site: `${memory.site}-twice`, shared: false });
  },
  version_conflict: () => {
    const scope = globalThis as unknown as Record<symbol, unknown>;
    const symbol = Symbol.for('customer-memory');
    const before = scope[symbol];
    scope[symbol] = { major: 99, memories: new Map(), listeners: new Set() };
    try {
      return createMemory({ site: 'other-major' });
    } finally {
      scope[symbol] = before;
    }
  },
  unknown_purpose: (memory) => memory.for('marketing'),
  not_permitted: (memory) => memory.for('care').remember(SHOE as never, 'M' as never),
  unknown_conversation: async (memory) => {
    const chat = await memory.conversations.start({ channel: 'chat' });
    await memory.forget({ conversation: chat.id });
    return chat.say({ text: 'hello?' });
  },
  invalid_selector: (memory) => memory.forget({} as never),
  invalid_import: (memory) => memory.import('text'),
  quota: async (memory, fail) => {
    await granted(memory);
    fail(new DOMException('full', 'QuotaExceededError'));
    return memory.remember(SHOE, 'M');
  },
  storage_failed: async (memory, fail) => {
    await granted(memory);
    fail(null);
    return memory.remember(SHOE, 'L');
  },
  put_aside: async (memory) => {
    const saying = memory.ask('identity.email', async () => {
      await memory.notMe();
      return 'ana@example.org';
    });
    return saying;
  },
  misuse: (memory) => memory.ask(SHOE, 'M' as never),
  closed: async (memory) => {
    await memory.close();
    return memory.remember(SHOE, 'M');
  },
};

describe('the error table', () => {
  for (const [code, way] of Object.entries(WAYS) as [ErrorCode, (typeof WAYS)[ErrorCode]][]) {
    it(`${code} says what was asked, what was wrong, and what to do`, async () => {
      const browser = testBrowser();
      const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
      const preferences = {
        shoe: z.enum(['M', 'L']) as never,
        unstable: standard((value) => ({ value: `${String(value)}!` })),
        late: standard(async (value) => ({ value })),
      };
      const { memory } = await loaded(browser, {
        preferences,
        on: (platform) => ({ ...platform, indexedDB: faulty }),
      });
      const failure = await failureOf(() => way(memory, (error) => faulty.fail({ at: 'commit', error })));
      expect(failure.code).to.equal(code);
      expect(failure.message).to.contain(errorTable[code][1]).and.contain(`(${code})`);
      expect(failure.message).to.match(/^[\w.]+: /);
      await memory.close();
      await browser.clear();
    });
  }

  it('storage_failed is what reading and saying reject with where the browser does not give what it has', async () => {
    const browser = testBrowser();
    const faulty = faultyIndexedDb(browserPlatform().indexedDB as IndexedDb);
    const before = await loaded(browser);
    await granted(before.memory);
    const { id } = await before.memory.conversations.start({ channel: 'chat' });
    // A start brings the newest five.
    for (let more = 0; more < 6; more += 1) await before.memory.conversations.start({ channel: 'chat' });
    await before.memory.close();
    const { memory } = await loaded(browser, { on: (platform) => ({ ...platform, indexedDB: faulty }) });
    const chat = (await memory.conversations.get(id))!;
    const reads: Record<string, () => Promise<unknown>> = {
      latest: () => memory.conversations.latest(),
      get: () => memory.conversations.get(id),
      messages: () => chat.messages(),
      say: () => chat.say({ text: 'It leaks' }),
      end: () => chat.end(),
      count: () => memory.count(),
      export: () => memory.export(),
    };
    for (const [name, read] of Object.entries(reads)) {
      // On the handle that was there, and on the one that is opened in its place.
      faulty.fail({ at: 'transaction', error: new DOMException('lost', 'UnknownError') }, 2);
      expect((await failureOf(read)).code, name).to.equal('storage_failed');
    }
    await memory.close();
    await browser.clear();
  });

  it('is known across copies of the package', () => {
    const error = new MemoryError('closed', 'remember');
    expect(isMemoryError(error)).to.equal(true);
    expect(isMemoryError(Object.assign(new Error('x'), { name: 'MemoryError', code: 'quota' }))).to.equal(
      true,
    );
    expect(isMemoryError(new Error('x'))).to.equal(false);
    expect(isMemoryError({ name: 'MemoryError', code: 'quota' })).to.equal(false);
    expect(isMemoryError(undefined)).to.equal(false);
  });
});
