import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { it } from 'node:test';

const here = new URL('./', import.meta.url);

it('every layout that was released is opened by the test of layouts', () => {
  const files = readdirSync(new URL('fixtures/', here)).filter((name) => name.endsWith('.json'));
  const [, list = ''] =
    /LAYOUTS = \[([^\]]+)\]/.exec(readFileSync(new URL('fixtures.test.ts', here), 'utf8')) ?? [];
  const opened = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => `${name}.json`);
  assert.ok(opened.length > 0);
  assert.deepEqual(opened, files.sort());
});
