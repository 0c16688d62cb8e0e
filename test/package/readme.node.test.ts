import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { errorTable } from '../../src/platform/error-table.js';

const readme = readFileSync('README.md', 'utf8');
const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** The lines of a table in the README that stands between two comments, without its head. */
function tableOf(name: string): string[] {
  const [, after = ''] = readme.split(`<!-- ${name} -->`);
  const lines = after.split(/<!-- \/\w+ -->/)[0]?.split('\n') ?? [];
  return lines.filter((line) => line.startsWith('| `'));
}

/** The fields of an interface as it is written, with ? where one may be absent. */
function fieldsOf(file: string, name: string): string[] {
  const [, body = ''] = new RegExp(`interface ${name}\\b.*? \\{\\n(.*?)\\n\\}`, 's').exec(
    readFileSync(file, 'utf8'),
  ) ?? ['', ''];
  return [...body.matchAll(/^ {2}(?:readonly )?'?([\w-]+)'?(\?)?:/gm)].map(
    ([, field = '', maybe = '']) => field + maybe,
  );
}

/** What stands as code in the first cell of a row. */
function namesIn(row: string): string[] {
  return [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

describe('the README', () => {
  it('lists every error there is, in the words of the table', () => {
    const section = readme.slice(readme.indexOf('<!-- errors -->'), readme.indexOf('<!-- /errors -->'));
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const expected = Object.entries(errorTable).map(
      ([code, [sentence, remedy]]) => `| \`${code}\` | ${sentence} | ${remedy} |`,
    );
    assert.deepEqual(rows.map(squeezed), expected.map(squeezed));
  });

  for (const [name, file] of [
    ['Remembered', 'src/memory/types.ts'],
    ['SaidMessage', 'src/memory/conversation-types.ts'],
    ['ConversationHead', 'src/facts/conversation.ts'],
  ] as const)
    it(`lists every field of ${name}`, () => {
      const fields = fieldsOf(file, name);
      assert.ok(fields.length > 5, fields.join());
      assert.deepEqual(tableOf(`fields ${name}`).flatMap(namesIn).sort(), fields.sort());
    });

  it('lists every event of the elements', () => {
    const events = fieldsOf('src/elements/events.ts', 'MemoryEvents');
    assert.ok(events.length > 5, events.join());
    assert.deepEqual(tableOf('events').flatMap(namesIn), events);
  });

  it('has the sections that it is read for', () => {
    const named = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/§ "([^"]+)"/g)]);
    const linked = [...readme.matchAll(/\]\(#([^)]+)\)/g)];
    assert.ok(named.length > 0 && linked.length > 0);
    const slugs = headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w ]/g, '')
        .replace(/ /g, '-'),
    );
    for (const [, section = ''] of named) assert.ok(headings.includes(section), section);
    for (const [, section = ''] of linked) assert.ok(slugs.includes(section), section);
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
