/**
 * Builds the classic tag: one script, and beside it the chunks that it imports when they are first
 * needed. (Rollup splits no classic script, so each chunk is a build of its own.)
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { explain, takeFromKit } from './kit.mjs';
import { licensesOf } from './licenses.mjs';

/**
 * The configuration of the tag's build. `source` is the folder with `tag.ts` (or another `entry`),
 * `tag/kit.ts` and `tag/chunks/`; `__VERSION__` and `__CHUNKS__` (chunk name → file and integrity)
 * are put in place.
 */
export function tagConfig({ source, version, dir = 'dist', entry = 'tag.ts', file = 'customer-memory.js' }) {
  /** @type {import('rollup').OutputOptions} */
  const output = {
    dir,
    format: 'iife',
    entryFileNames: file,
    banner: banner(version),
    intro: onlyOnce(version),
  };
  return {
    input: join(source, entry),
    output,
    plugins: [
      withChunks({ source, version, folder: basename(file, '.js') }),
      ownPolicy(source),
      ownLater(source),
      ...compile(version),
      minify(),
    ],
    onLog: failOnWarning,
  };
}

/** Plugins that turn our TypeScript and our dependencies into JavaScript for browsers. */
export function compile(version, constants = {}) {
  return [
    nodeResolve({
      browser: true,
      exportConditions: ['browser', 'production'],
      ignoreSideEffectsForRoot: true,
    }),
    esbuild({
      target: 'es2022',
      tsconfig: 'tsconfig.json',
      define: { __VERSION__: JSON.stringify(version), ...constants },
    }),
  ];
}

/** Terser, for what is served as it is. */
export function minify() {
  return [
    terser({
      module: true,
      toplevel: true,
      ecma: 2020,
      compress: { passes: 3, pure_getters: 'strict', unsafe_arrows: false },
      format: { comments: /^!/ },
    }),
    tightTemplates,
  ];
}

/** What is indented by now stands in a template, of markup or of style: one space does. */
const tightTemplates = {
  name: 'tight-templates',
  renderChunk: (code) => ({ code: code.replace(/\n\s+/g, ' '), map: null }),
};

/** A warning of Rollup about what we publish is a mistake of ours. */
export function failOnWarning(level, log, handle) {
  if (level === 'warn') handle('error', log);
  else handle(level, log);
}

/** Builds every chunk, puts them beside the tag, and tells the tag their names and hashes. */
function withChunks({ source, version, folder }) {
  let chunks;
  return {
    name: 'chunks',
    async buildStart() {
      chunks = await buildChunks({ source, version });
    },
    renderChunk(code) {
      const table = Object.fromEntries(
        chunks.map(({ name, file, integrity }) => [name, { file: `${folder}/${file}`, integrity }]),
      );
      return { code: code.replaceAll('__CHUNKS__', () => JSON.stringify(table)), map: null };
    },
    generateBundle(_, bundle) {
      for (const { file, code } of chunks)
        this.emitFile({ type: 'asset', fileName: `${folder}/${file}`, source: code });
      const inside = [...Object.values(bundle), ...chunks].flatMap(({ modules = {} }) =>
        Object.keys(modules),
      );
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source: licensesOf(inside) });
    },
  };
}

async function buildChunks({ source, version }) {
  const folder = join(source, 'tag/chunks');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.ts')) : [];
  return Promise.all(names.sort().map((name) => buildChunk({ source, version, input: join(folder, name) })));
}

/** One chunk: an ES module without a static import. `modules` says how much of it is whose. */
export async function buildChunk({ source, version, input, external = [] }) {
  const kitFile = join(source, 'tag/kit.ts');
  try {
    const build = await rollup({
      input,
      external,
      plugins: [takeFromKit({ kitFile, version }), ...compile(version)],
      onLog: failOnWarning,
    });
    const { output } = await build.generate({
      format: 'es',
      inlineDynamicImports: true,
      banner: banner(version),
      plugins: minify(),
    });
    await build.close();
    const [{ code, modules }] = output;
    const name = basename(input, '.ts');
    const integrity = `sha384-${createHash('sha384').update(code).digest('base64')}`;
    const hash = createHash('sha256').update(code).digest('hex').slice(0, 8);
    return { name, file: `${name}-${hash}.js`, integrity, code, modules };
  } catch (error) {
    throw explain(error, kitFile);
  }
}

/**
 * Before anything else runs: Lit, which is evaluated first in a bundle, must not be evaluated by a
 * second tag, nor where there is no page.
 */
const onlyOnce = (version) =>
  `const tag = Symbol.for('customer-memory.tag');\n` +
  `if (typeof document === 'undefined' || tag in globalThis) return;\n` +
  `globalThis[tag] = '${version}';`;

/** Lit makes its Trusted Types policy as it is evaluated, and throws when refused; ours is in `tag/policy.ts`. */
function ownPolicy(source) {
  const file = resolve(source, 'tag/policy.ts');
  const made = /(\w+)\?\1\.createPolicy\("lit-html",\{createHTML:(\w+)=>\2\}\):void 0/;
  return {
    name: 'own-policy',
    transform(code, id) {
      if (!/lit-html[/\\]lit-html\.js$/.test(id) || !existsSync(file)) return null;
      if (!made.test(code))
        this.error('lit-html makes its Trusted Types policy in another way now: adapt build/tag.mjs.');
      return {
        code: `import { policy as ownPolicy } from ${JSON.stringify(file)};${code.replace(made, 'ownPolicy')}`,
        map: null,
      };
    },
  };
}

/** What elements import when it is first needed: a bundle has modules, the tag its chunks. */
function ownLater(source) {
  const theirs = ['elements/languages.js', 'elements/memory-center/bring-correction.js'].map((file) =>
    resolve(source, file),
  );
  return {
    name: 'own-later',
    resolveId: (id, importer) =>
      importer && theirs.includes(resolve(dirname(importer), id)) ? resolve(source, 'tag/later.ts') : null,
  };
}

const banner = (version) =>
  `/*! customer-memory ${version}, MIT; what it contains of others: LICENSES.txt */`;
