/** The package where there is no page: on a server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';

const names = () =>
  Object.getOwnPropertyNames(globalThis).concat(Object.getOwnPropertySymbols(globalThis).map(String)).sort();

test('importing the package on a server does nothing', async () => {
  const before = names();
  const { createMemory } = await import('../../src/index.js');
  assert.deepEqual(names(), before);
  assert.equal(typeof createMemory, 'function');
});

test('with the databases of fake-indexeddb what is said is there on the next page', async () => {
  const { createMemory } = await import('../../src/index.js');
  const { fakePlatform } = await import('../../src/testing.js');
  const indexedDB = new IDBFactory();
  const open = async () => {
    const platform = fakePlatform({
      overrides: { indexedDB: { factory: indexedDB, keyRange: IDBKeyRange } },
    });
    const memory = createMemory({ site: 'acme', platform });
    await memory.ready;
    return memory;
  };
  const memory = await open();
  await memory.remember('identity.name', { given: 'Ana' });
  await memory.consent.grant();
  const { id } = await memory.conversations.start({ channel: 'chat', messages: [{ text: 'It leaks' }] });
  await memory.close();

  const next = await open();
  assert.deepEqual(next.value('identity.name'), { given: 'Ana' });
  const chat = await next.conversations.get(id);
  assert.deepEqual(
    (await chat?.messages())?.map(({ text }) => text),
    ['It leaks'],
  );
  await next.close();
});

test('a memory made on a server answers, keeps what is said for as long as it lives, and says so', async () => {
  const { createMemory, isMemoryError } = await import('../../src/index.js');
  const memory = createMemory({ site: 'acme' });
  assert.equal(memory.recall('identity.name'), undefined);
  await memory.ready;
  assert.equal(memory.status.state, 'ready');
  assert.equal(memory.status.kept, 'page');
  assert.deepEqual({ ...memory.status.storage }, { session: 'blocked', device: 'blocked' });
  await memory.remember('identity.name', { given: 'Ana' });
  assert.deepEqual(memory.value('identity.name'), { given: 'Ana' });
  const chat = await memory.conversations.start({ channel: 'chat', topic: 'Boiler' });
  await chat.say({ text: 'It leaks' });
  assert.equal((await chat.messages()).length, 1);
  assert.equal(memory.consent.useful, false);
  await assert.rejects(
    memory.consent.grant(),
    (error) => isMemoryError(error) && error.code === 'storage_failed',
  );
  await memory.forget('everything');
  assert.equal(memory.recall('identity.name'), undefined);
  await memory.close();
  assert.equal(memory.status.state, 'closed');
});
