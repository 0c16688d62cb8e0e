/** Row 42 of the fault table: what no browser can show, because nothing happens. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

describe('leaving a page', () => {
  it('row 42, nothing waits for an unload that never fires', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length > 100);
    const wait = /(addEventListener\(\s*['"`]|\bon)(before)?unload\b/;
    const waiting = files.filter((name) => wait.test(readFileSync(`src/${name}`, 'utf8')));
    assert.deepEqual(waiting, []);
  });
});
