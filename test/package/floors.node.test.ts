import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import test from 'node:test';

const CONFIG = resolve('.dependency-cruiser.cjs');
const CLI = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

interface Rule {
  readonly name: string;
}
interface Violation {
  readonly rule: Rule;
  readonly from: string;
  readonly to: string;
}

test('every file of src imports from lower floors and its own folder only', async () => {
  const { violations, cruised } = await cruise('.');
  assert.deepEqual(
    violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    [],
  );
  assert.ok(cruised > 0, 'no file was looked at');
});

/** One breach a rule; a rule that none of these breaks would be a rule that cannot fail. */
const BREACHES: Readonly<Record<string, string>> = {
  'src/index.ts': '',
  'src/platform/a.ts': "import '../facts/a.js';",
  'src/facts/a.ts': "import type {} from '../protocol/a.js';",
  'src/protocol/a.ts': "import '../store/a.js';",
  'src/store/a.ts': "import '../endpoint/a.js';",
  'src/endpoint/a.ts': "import '../store/b.js';",
  'src/store/b.ts': 'export {};',
  'src/sync/a.ts': "import '../memory/a.js';",
  'src/memory/a.ts': "import '../elements/a.js';",
  'src/forms/a.ts': "import '../bridges/b.js';",
  'src/bridges/a.ts': "import '../forms/b.js';",
  'src/bridges/b.ts': 'export {};',
  'src/forms/b.ts': 'export {};',
  'src/elements/a.ts': "import '../index.js';",
  'src/tag/a.ts': "import '../server/b.js';",
  'src/server/a.ts': "import '../memory/b.js';",
  'src/server/b.ts': 'export {};',
  'src/memory/b.ts': 'export {};',
  'src/memory/c.ts': "import { html } from 'lit'; export const a = html;",
  'src/memory/d.ts': "import * as z from 'zod/mini'; export const a = z;",
  'src/memory/e.ts': "import { useMemo } from 'react'; export const a = useMemo;",
  'src/memory/f.ts': "import { readFile } from 'node:fs'; export const a = readFile;",
  'src/memory/g.ts': "import * as v from 'valibot'; export const a = v;",
  'src/memory/h.ts': "import './i.js';",
  'src/memory/i.ts': "import './h.js';",
  'src/memory/j.ts': "import './nowhere.js';",
  'src/memory/k.ts': "import '../../test/a.js';",
  'test/a.ts': 'export {};',
};

test('every one of these rules can fail', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'floors-'));
  try {
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    await symlink(resolve('package.json'), join(folder, 'package.json'));
    for (const [name, text] of Object.entries(BREACHES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const { violations } = await cruise(folder);
    const broken = new Set(violations.map(({ rule }) => rule.name));
    const { forbidden } = createRequire(import.meta.url)(CONFIG) as { forbidden: readonly Rule[] };
    assert.deepEqual([...broken].sort(), forbidden.map(({ name }) => name).sort());
  } finally {
    await rm(folder, { recursive: true });
  }
});

function cruise(cwd: string): Promise<{ violations: readonly Violation[]; cruised: number }> {
  return new Promise((done, fail) => {
    const args = [CLI, 'src', '--config', CONFIG, '--output-type', 'json'];
    // It exits with the number of violations, so only an answer that is not JSON is a failure.
    execFile(process.execPath, args, { cwd, maxBuffer: 64 << 20 }, (_, stdout, stderr) => {
      try {
        const { summary } = JSON.parse(stdout) as {
          summary: { violations: Violation[]; totalCruised: number };
        };
        done({ violations: summary.violations, cruised: summary.totalCruised });
      } catch {
        fail(new Error(stderr || stdout));
      }
    });
  });
}
