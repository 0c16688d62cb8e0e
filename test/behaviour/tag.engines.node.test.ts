/** The tag where its chunks cannot be fetched, in every engine. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import { buildTag, serveSite, type TestSite } from '../helpers/built-tag.js';
import { anyEngine, inEngines } from '../helpers/engines-named.js';
import type { Engine, Visitor } from '../helpers/engines.js';
import { withProfile } from './shop-visitor.js';

/** What a page tells of itself. */
interface Page {
  readonly customerMemory: {
    (name: string, ...given: unknown[]): Promise<unknown>;
    readonly ready: Promise<void>;
    readonly status: { readonly kept: string; readonly storage: { readonly device: string } };
    recall(key: string): { readonly value: unknown } | undefined;
  };
  /** What was thrown into it. */
  readonly thrown: string[];
}

/** A page with a frame in it. */
interface Frame {
  /** What the frame has told. */
  readonly told?: object;
}

const WATCH = `<script>
  thrown = [];
  addEventListener('error', ({ message }) => thrown.push(message));
  addEventListener('unhandledrejection', ({ reason }) => thrown.push(String(reason)));
</script>`;
const page = (site: string, body = '') => `<!doctype html><html lang="en"><head><title>A page</title>
  ${WATCH}<script src="/customer-memory.js" data-site="${site}"></script></head>
  <body><memory-greeting>Welcome to Acme.</memory-greeting>${body}</body></html>`;

const PARTS = '<memory-consent when="now"></memory-consent><memory-center></memory-center>';

/** What needs the chunk. */
const CALLS = {
  memory: ['remember', 'preferences.size', 'M'],
  saying: ['remember', 'preferences.size', 'M'],
  reading: ['conversations.latest'],
} as const;
const WAYS: Record<string, (response: ServerResponse) => void> = {
  'was not found': (response) => void response.writeHead(404).end(),
  'was cut off': (response) => void response.destroy(),
};

describe('a tag', () => {
  let built: Awaited<ReturnType<typeof buildTag>>;
  let site: TestSite;
  before(async () => {
    if (!anyEngine) return;
    built = await buildTag();
    site = await serveSite(built.dir);
  });
  after(async () => {
    await site?.close();
    await built?.remove();
  });

  for (const [way, fail] of Object.entries(WAYS))
    for (const [chunk, call] of Object.entries(CALLS))
      inEngines(`goes on with the next call after the chunk ${chunk} ${way}`, (engine) =>
        visiting(engine, async (visitor) => {
          const file = await fileOf(chunk);
          site.pages.set('/', page('acme'));
          site.pages.set(file, (_request: IncomingMessage, response) => fail(response));
          await visitor.goto(site.url);
          assert.match(await answerTo(visitor, call), /storage_failed/);
          site.pages.delete(file);
          assert.equal(await answerTo(visitor, call), 'done');
          assert.deepEqual(await visitor.run(() => (window as never as Page).thrown), []);
          // What an engine remembers of the failure does not matter to the next page either.
          await visitor.goto(`${site.url}/?next`);
          assert.equal(await answerTo(visitor, call), 'done');
        }),
      );

  for (const [how, headers, device] of [
    ['may be fetched', { 'access-control-allow-origin': '*' }, 'blocked'],
    ['may not be fetched', {}, 'failed'],
  ] as const)
    inEngines(`greets nobody and throws nothing in a sandboxed frame whose chunks ${how}`, (engine) =>
      visiting(engine, async (visitor) => {
        for (const file of await readdir(join(built.dir, 'customer-memory'))) {
          const body = await readFile(join(built.dir, 'customer-memory', file), 'utf8');
          site.pages.set(`/customer-memory/${file}`, { headers, body });
        }
        site.pages.set('/', page('acme'));
        await visitor.goto(site.url);
        for (const call of [['remember', 'identity.name', { given: 'Ana' }], ['consent.grant']])
          assert.equal(await answerTo(visitor, call), 'done');
        site.pages.set('/framed', page('acme', `${PARTS}<script>(${tell.toString()})();</script>`));
        site.pages.set(
          '/frame',
          `<!doctype html><title>A page</title><script>told = undefined; addEventListener('message', ({ data }) => (told = data));</script>
          <iframe sandbox="allow-scripts" src="/framed"></iframe>`,
        );
        await visitor.goto(`${site.url}/frame`);
        assert.deepEqual(await visitor.until(() => (window as never as Frame).told), {
          greeting: 'Welcome to Acme.',
          name: null,
          said: device === 'failed' ? 'storage_failed' : 'done',
          kept: 'page',
          device,
          thrown: [],
        });
      }),
    );

  async function visiting(engine: Engine, visit: (visitor: Visitor) => Promise<void>): Promise<void> {
    await withProfile(async (profile) => {
      const visitor = await engine.open(profile);
      try {
        await visit(visitor);
      } finally {
        await visitor.close();
      }
    });
  }

  async function fileOf(chunk: string): Promise<string> {
    const files = await readdir(join(built.dir, 'customer-memory'));
    return `/customer-memory/${files.find((name) => name.startsWith(`${chunk}-`))}`;
  }
});

function answerTo(visitor: Visitor, call: readonly unknown[]): Promise<string> {
  return visitor.run(
    ([name, ...given]) =>
      (window as never as Page).customerMemory(String(name), ...given).then(
        () => 'done',
        (error: { code?: string }) => String(error.code),
      ),
    call,
  );
}

/** In a frame: tells the page around it what became of its memory. */
async function tell(): Promise<void> {
  const { customerMemory, thrown } = window as never as Page;
  await customerMemory.ready;
  const said = await customerMemory('remember', 'preferences.size', 'M').then(
    () => 'done',
    (error: { code?: string }) => String(error.code),
  );
  const greeting = document.querySelector('memory-greeting') as HTMLElement;
  parent.postMessage(
    {
      greeting: (greeting.shadowRoot?.textContent ?? '').trim() || greeting.innerText.trim(),
      name: customerMemory.recall('identity.name') ?? null,
      said,
      kept: customerMemory.status.kept,
      device: customerMemory.status.storage.device,
      thrown,
    },
    '*',
  );
}
