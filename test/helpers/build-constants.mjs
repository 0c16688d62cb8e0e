/** What a build puts in place of these names; the tests in Node run the sources as they are. */
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
globalThis.__VERSION__ = version;
globalThis.__CHUNKS__ = {};
