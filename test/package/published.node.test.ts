/** What somebody gets who installs the package: the packed files, as a bundler, a server and a reader of types see them. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import test, { after, before } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { ensureBuilt } from '../../build/fresh.mjs';

interface Target {
  readonly types?: string;
  readonly default: string;
}
interface Manifest {
  readonly exports: Readonly<Record<string, Target | string>>;
}

const DEPENDENCIES = ['lit', 'lit-html', 'lit-element', '@lit', '@types', 'zod', 'react'];
/** With `skipLibCheck` off, so that our declarations are read to the end. */
const STRICTEST = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  noEmit: true,
  target: 'es2022',
  module: 'nodenext',
  types: [],
};
const run = promisify(execFile);
/** A project that has the package installed, and what it depends on. */
let project: string;
let published: string[];
let manifest: Manifest;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'customer-memory-'));
  ensureBuilt();
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    maxBuffer: 64 << 20,
  });
  const packed = JSON.parse(stdout) as
    [{ files: { path: string }[] }] | Record<string, { files: { path: string }[] }>;
  published = Object.values(packed).flatMap(({ files }) => files.map(({ path }) => path));
  manifest = JSON.parse(await readFile('package.json', 'utf8')) as Manifest;
  await mkdir(join(project, 'node_modules'), { recursive: true });
  for (const path of published) {
    const target = join(project, 'node_modules/customer-memory', path);
    await mkdir(dirname(target), { recursive: true });
    await cp(path, target);
  }
  for (const name of DEPENDENCIES)
    await symlink(resolve('node_modules', name), join(project, 'node_modules', name), 'junction');
  await writeFile(join(project, 'package.json'), '{ "type": "module", "private": true }');
});
after(() => rm(project, { recursive: true }));

test('only what is built is published, with the licence and the readme', () => {
  const strangers = published.filter((path) => !path.startsWith('dist/'));
  assert.deepEqual(
    strangers.sort(),
    ['LICENSE', 'README.md', 'package.json'].filter((path) => existsSync(path)).sort(),
  );
  assert.deepEqual(
    published.filter((path) => /\.(ts|map)$/.test(path) && !path.endsWith('.d.ts')),
    [],
  );
});

test('each entry has its file and, but for the tag, its types, which come first', () => {
  for (const [name, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    for (const file of Object.values(target))
      assert.ok(published.includes(file.slice(2)), `${name}: ${file}`);
    assert.equal(Object.keys(target)[0], name.endsWith('.js') ? 'default' : 'types', name);
  }
});

test('publint has nothing to say', async () => {
  const pkgDir = join(project, 'node_modules/customer-memory');
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  assert.deepEqual(
    messages.map((message) => formatMessage(message, pkg)),
    [],
  );
});

test('every entry can be imported on a server, and nothing happens', async () => {
  for (const name of entries()) {
    // Lit comes first because it leaves traces of its own.
    const script = `await import('lit');
      const before = Object.keys(globalThis).join();
      await import('${name}');
      if (Object.keys(globalThis).join() !== before) throw new Error('it left something behind');`;
    await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: project });
  }
});

test('a bundler drops what is imported and not used', async () => {
  for (const name of entries().filter((entry) => !/define$|\.js$/.test(entry)))
    assert.equal((await bundle(`import '${name}';`)).trim(), '', name);
});

test('a bundler keeps the elements of customer-memory/define', async () => {
  const { code, warnings } = await bundled("import 'customer-memory/define';", { minify: true });
  for (const name of ['greeting', 'consent', 'conversations', 'center'])
    assert.match(code, new RegExp(`"memory-${name}":\\w`), name);
  assert.match(code, /customElements\.define\(/);
  assert.deepEqual(warnings, []);
});

test('the types stand without ours, under the strictest settings', async () => {
  const names = entries().filter((entry) => !entry.endsWith('.js'));
  await writeFile(
    join(project, 'all.ts'),
    names.map((name, at) => `export * as a${at} from '${name}';`).join('\n'),
  );
  await writeFile(
    join(project, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: STRICTEST, files: ['all.ts'] }),
  );
  const tsc = resolve('node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc], { cwd: project }).catch((error: { stdout: string }) =>
    assert.fail(error.stdout),
  );
});

/** As somebody writes them in an import. */
function entries(): string[] {
  return Object.entries(manifest.exports)
    .filter(([, target]) => typeof target !== 'string')
    .map(([name]) => name.replace(/^\./, 'customer-memory'));
}

async function bundle(contents: string): Promise<string> {
  return (await bundled(contents)).code;
}

async function bundled(
  contents: string,
  options: { minify?: boolean } = {},
): Promise<{ code: string; warnings: string[] }> {
  const { outputFiles, warnings } = await build({
    stdin: { contents, resolveDir: project },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    ...options,
  });
  const code = outputFiles
    .map(({ text }) => text)
    .join('')
    .replace(/^\/\/.*$/gm, '');
  return { code, warnings: warnings.map(({ text }) => text) };
}
