/** Runs in a worker: what a page does, where there is no document, no local storage and no tab. */
import { createMemory } from '../../src/index.js';

const names = Object.getOwnPropertyNames(globalThis);
const memory = createMemory({ site: new URL(location.href).searchParams.get('site') ?? '' });
await memory.ready;
const before = memory.value('identity.name');
await memory.remember('identity.name', { given: 'Ana' });
const kept = [memory.status.kept];
await memory.consent.grant();
kept.push(memory.status.kept);
await memory.close();
postMessage({ names: names.filter((name) => /customer/i.test(name)), before, kept });
