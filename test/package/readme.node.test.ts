import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { errorTable } from '../../src/platform/error-table.js';

const readme = readFileSync('README.md', 'utf8');

describe('the README', () => {
  it('lists every error there is, in the words of the table', () => {
    const section = readme.slice(readme.indexOf('<!-- errors -->'), readme.indexOf('<!-- /errors -->'));
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const expected = Object.entries(errorTable).map(
      ([code, [sentence, remedy]]) => `| \`${code}\` | ${sentence} | ${remedy} |`,
    );
    assert.deepEqual(rows.map(squeezed), expected.map(squeezed));
  });

  it('links and shows only what is there', () => {
    const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target]) => target as string);
    assert.ok(targets.length > 0);
    assert.deepEqual(
      targets.filter((target) => !existsSync(target)),
      [],
    );
  });

  it('names only commands of package.json', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name as string);
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});

/** A formatter may widen the columns of a table. */
function squeezed(row: string): string {
  return row.replace(/\s+/g, ' ');
}
