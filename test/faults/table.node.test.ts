/** The fault table and the tests agree: every row has a line, every link leads to a test, and every test of a row is linked. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const ROWS = 44;
const here = new URL('./', import.meta.url);
const lines = readFileSync(new URL('README.md', here), 'utf8').split('\n');
/** With … for what is put into a title. */
const source = (file: string) => readFileSync(new URL(file, here), 'utf8').replace(/\$\{[^}]*\}/g, '…');
const linksOf = (line: string) =>
  [...line.matchAll(/\[((?:[^\]]|\](?!\())+)\]\(([^)]+)\)/g)].map(([, title = '', file = '']) => ({
    title,
    file,
  }));
const rowLines = lines.filter((line) => /^\| +\d+ +\|/.test(line));

describe('the fault table', () => {
  it('has one line for each row, in order', () => {
    const numbers = rowLines.map((line) => Number(line.split('|')[1]));
    assert.deepEqual(
      numbers,
      Array.from({ length: ROWS }, (_, index) => index + 1),
    );
  });

  it('says of each row where it is shown, or why it is not', () => {
    for (const line of rowLines) {
      const how = line.split('|')[4]?.trim() ?? '';
      assert.match(how, /\b(real|injected)\b|^not here: \w/, line);
      assert.equal(linksOf(line).length > 0, !how.startsWith('not here'), line);
    }
  });

  it('has as many rows with tests as the README says', () => {
    const readme = readFileSync(new URL('../../README.md', here), 'utf8');
    const shown = rowLines.filter((line) => linksOf(line).length > 0);
    assert.equal(Number(/(\d+) faults of browsers/.exec(readme)?.[1]), shown.length);
  });

  it('links only tests that are there', () => {
    const links = lines.flatMap(linksOf);
    assert.ok(links.length > ROWS);
    for (const { title, file } of links)
      assert.ok(source(file).includes(title), `${file} has no test "${title}"`);
  });

  it('links every test that is named after a row', () => {
    const tests = readdirSync(here).filter((name) => name.endsWith('.test.ts') && !name.startsWith('table.'));
    for (const file of tests) {
      for (const [, row] of source(file).matchAll(/['`"](?:\(?)row (\d+), /g)) {
        const line = rowLines[Number(row) - 1] ?? '';
        assert.ok(
          linksOf(line).some((link) => link.file === file),
          `row ${row} does not link ${file}`,
        );
      }
    }
  });
});
