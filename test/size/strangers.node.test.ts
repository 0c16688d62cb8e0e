/** The check of sizes fails when it should: on graphs that are made up, and on lists that do not fit. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unlisted } from './budgets.mjs';
import { strangers } from './strangers.mjs';
import { weigh } from './weigh.mjs';
import { whose } from './whose.mjs';

type Sizes = Readonly<Record<'minified' | 'brotli', number>>;

const ZOD = '/house/node_modules/zod/v4/mini/index.js';
const LIT = '/house/node_modules/@lit/reactive-element/reactive-element.js';

const made = (imports: Readonly<Record<string, readonly string[]>>, without: readonly string[]) =>
  strangers({
    name: "the first load of '.'",
    without,
    inside: [...new Set([...Object.keys(imports), ...Object.values(imports).flat()])],
    from: [Object.keys(imports)[0]],
    importsOf: (id: string) => imports[id] ?? [],
  }) as string[];

describe('what is on a path where it should not be', () => {
  it('is told with the way it came, the shortest one', () => {
    const imports = {
      'src/index.ts': ['src/long.ts', 'src/store.ts'],
      'src/long.ts': ['src/longer.ts'],
      'src/longer.ts': [ZOD],
      'src/store.ts': [ZOD],
    };
    assert.deepEqual(made(imports, ['zod', 'lit']), [
      "zod is in the first load of '.': src/index.ts → src/store.ts → zod",
    ]);
  });

  it('is found in a circle of imports, and each dependency by itself', () => {
    const imports = { 'src/a.ts': ['src/b.ts'], 'src/b.ts': ['src/a.ts', ZOD, LIT] };
    assert.deepEqual(made(imports, ['zod', 'lit']), [
      "zod is in the first load of '.': src/a.ts → src/b.ts → zod",
      "lit is in the first load of '.': src/a.ts → src/b.ts → lit",
    ]);
  });

  it('is nothing where it may be, or is not', () => {
    assert.deepEqual(made({ 'src/a.ts': [ZOD] }, ['lit', 'idb']), []);
  });
});

describe('whose code a module is', () => {
  it('is told by its package, and what a chunk takes from the tag is ours', () => {
    assert.deepEqual(
      [ZOD, LIT, '/house/src/zod.ts', `\0kit:${LIT}`, '/a/node_modules/b/node_modules/idb/x.js'].map(whose),
      ['zod', 'lit', 'own', 'own', 'idb'],
    );
  });

  it('divides the whole without a rest', async () => {
    const code = (name: string) =>
      `export function ${name}(given) { return given.${name} + ${name}.length; }`;
    const files = [
      {
        code: code('a') + code('b'),
        modules: { 'src/a.ts': { code: code('a') }, [ZOD]: { code: code('b') } },
      },
    ];
    const { total, by } = await weigh(files);
    for (const unit of ['minified', 'brotli'] as const) {
      assert.deepEqual(Object.keys(by).sort(), ['own', 'zod']);
      const sum = Object.values(by as Record<string, Sizes>).reduce((all, one) => all + one[unit], 0);
      assert.ok(Math.abs(sum - total[unit]) < 0.001);
    }
  });
});

describe('the list of budgets', () => {
  it('has a line for everything that is built, and for nothing else', () => {
    assert.deepEqual(unlisted('The chunk', { center: {}, gone: {} }, ['center', 'new']), [
      'The chunk new has no line in test/size/budgets.mjs',
      'The chunk gone has a line in test/size/budgets.mjs, and is not there',
    ]);
  });
});
