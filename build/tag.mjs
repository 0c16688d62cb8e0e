/**
 * Builds the classic tag: one script, and beside it the chunks that it imports when they are first
 * needed. (Rollup splits no classic script, so each chunk is a build of its own.)
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import nodeResolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { gatherTaken } from './gather-taken.mjs';
import { explain, lendKit, takeFromKit } from './kit.mjs';
import { licensesOf } from './licenses.mjs';
import { tightStyles } from './tight-styles.mjs';

/**
 * The configuration of the tag's build. `source` is the folder with `tag.ts` (or another `entry`),
 * `tag/kit.ts` and `tag/chunks/`; `__VERSION__` and `__CHUNKS__` (chunk name → SHA-256)
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
      lendKit(join(source, 'tag/kit.ts')),
      chunksOnly(source),
      throughLoader(version),
      ...compile(version),
      minify(SERVED),
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
    tightStyles,
  ];
}

/** Better for the tag and its chunks, by half a percent, and not for what a site bundles itself. */
const SERVED = { passes: 2, hoist_funs: true, comparisons: false, arrows: false };

/** Terser, for what is served as it is; `compress` stands over what is found good for every bundle. */
export function minify(compress = {}) {
  return [
    terser({
      module: true,
      toplevel: true,
      ecma: 2020,
      // Found by measuring: code that is written alike stays alike, and compresses better. No function is called with `new`.
      compress: {
        passes: 1,
        pure_getters: 'strict',
        unsafe_arrows: false,
        unsafe_methods: true,
        lhs_constants: false,
        inline: 1,
        ...compress,
      },
      format: { comments: /^!/ },
    }),
    letForConst,
    tightTemplates,
  ];
}

/** As esbuild does: that nothing constant is assigned to was checked when it was compiled, and `let` is shorter. */
const letForConst = {
  name: 'let-for-const',
  renderChunk(code) {
    const starts = [];
    collect(this.parse(code));
    return { code: starts.sort((a, b) => b - a).reduce(replace, code), map: null };

    function collect(node) {
      if (node?.type === 'VariableDeclaration' && node.kind === 'const') starts.push(node.start);
      if (typeof node === 'object' && node) for (const child of Object.values(node)) collect(child);
    }
  },
};

const replace = (code, start) => `${code.slice(0, start)}let${code.slice(start + 'const'.length)}`;

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

/** Builds every chunk, puts them beside the tag, and tells the tag the names and hashes of those that were not split off. */
function withChunks({ source, version, folder }) {
  let chunks;
  return {
    name: 'chunks',
    async buildStart() {
      chunks = await buildChunks({ source, version });
    },
    renderChunk(code) {
      const table = Object.fromEntries(
        chunks.flatMap(({ name, hash, from }) => (from ? [] : [[name, hash]])),
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
  const built = names.sort().map((name) => buildChunk({ source, version, input: join(folder, name) }));
  return (await Promise.all(built)).flat();
}

/**
 * One chunk, an ES module without a static import; and beside it, for what its code imports when it is first needed,
 * further ones that take from it alone what they share. `modules` says how much of each is whose.
 */
export async function buildChunk({ source, version, input, external = [] }) {
  const kitFile = join(source, 'tag/kit.ts');
  try {
    const build = await rollup({
      input,
      external,
      preserveEntrySignatures: 'allow-extension',
      plugins: [takeFromKit({ kitFile, version }), throughLoader(version), ...compile(version)],
      onLog: failOnWarning,
    });
    const { output } = await build.generate({
      format: 'es',
      entryFileNames: '[name].js',
      chunkFileNames: '[name].js',
      manualChunks: partsOf(source),
      onlyExplicitManualChunks: true,
      banner: banner(version),
      plugins: [...minify(SERVED), gatherTaken],
    });
    await build.close();
    return named(output, version);
  } catch (error) {
    throw explain(error, kitFile);
  }
}

/** What is imported when it is first needed, gathered so that one need is one request. */
const PARTS = {
  saying: [
    'memory/saying',
    'memory/clearing',
    'memory/boot',
    'memory/asking',
    'memory/importing',
    'store/subject-carrying',
    'store/subject-changes',
    'store/device-changes',
  ],
  reading: ['memory/reading', 'memory/exporting', 'store/subject-reading'],
  acts: ['elements/memory-center/acts'],
  list: ['elements/memory-conversations/list'],
  day: ['store/another-day'],
  rescue: ['store/mending', 'store/evicting', 'memory/look-later'],
  advice: ['tag/advice'],
};

/** Puts each module that only one part imports into it; what several import is in the chunk that they all import from. */
function partsOf(source) {
  let partOf;
  return (id, graph) => (partOf ??= assign(graph)).get(id);

  function assign({ getModuleIds, getModuleInfo }) {
    const all = [...getModuleIds()].map((id) => getModuleInfo(id));
    const [main] = all.filter(({ isEntry }) => isEntry);
    const first = basename(main.id, '.ts');
    const partOf = new Map([...reach([main])].map((id) => [id, first]));
    for (const [name, files] of Object.entries(PARTS)) {
      const ids = files.map((file) => resolve(source, `${file}.ts`));
      for (const id of reach(all.filter((one) => ids.includes(one.id))))
        partOf.set(id, partOf.has(id) ? first : name);
    }
    const lost = all.find(({ id, dynamicImporters }) => dynamicImporters.length && !partOf.has(id));
    if (lost) throw new Error(`${relative('.', lost.id)} is imported when it is needed: list it in PARTS.`);
    return partOf;

    function reach(infos) {
      const found = new Set(infos.map(({ id }) => id));
      for (const id of found) for (const next of getModuleInfo(id).importedIds) found.add(next);
      return found;
    }
  }
}

/** What the tag imports when it is first needed is the chunk of the same name. */
function chunksOnly(source) {
  return {
    name: 'chunks-only',
    resolveDynamicImport(specifier) {
      if (typeof specifier !== 'string') return null;
      const id = basename(specifier, '.js');
      if (!existsSync(join(source, 'tag/chunks', `${id}.ts`)))
        this.error(`The tag imports ${specifier} when it is needed: make it a chunk.`);
      return { id, external: true };
    },
  };
}

/** The tag's loader checks the hash, which `import()` alone does not. */
function throughLoader(version) {
  const left = `globalThis[Symbol.for('customer-memory.kit.${version}')].load(`;
  return {
    name: 'through-loader',
    renderDynamicImport: ({ targetModuleId }) => targetModuleId && { left, right: ')' },
  };
}

/** Names each file by its hash. The chunk that others were split off from tells theirs, as the tag tells its own. */
function named([main, ...others], version) {
  const kit = `globalThis[Symbol.for('customer-memory.kit.${version}')]`;
  const load = (code) => code.replace(/\.load\("\.\/(\w+)\.js"\)/g, '.load("$1")');
  const { code, own } = underOwnNames(main, others);
  const parts = others.map((part) => {
    const other = part.imports.find((file) => others.some(({ fileName }) => fileName === file));
    if (other)
      throw new Error(`The chunk ${part.name} imports from ${other}, which would come without its hash.`);
    return hashed(part, load(withoutImport(part.code, main, own, kit)), main.name);
  });
  const hashes = Object.fromEntries(parts.map(({ name, hash }) => [name, hash]));
  const tell = parts.length > 0 ? `Object.assign(${kit}.hashes,${JSON.stringify(hashes)});\n` : '';
  return [hashed(main, load(code) + tell), ...parts];
}

function hashed({ name, modules }, code, from) {
  const hash = createHash('sha256').update(code).digest('base64');
  // `tag/chunk-file.ts` says it in the same way.
  const file = `${name}-${hash.slice(0, 8).replace(/\W/g, '_')}.js`;
  return { name, file, hash, code, modules, from };
}

/**
 * Rollup exports what parts take under names of its own making; under the names that the minifier gave they compress
 * better. `own` says which of these each has become.
 */
function underOwnNames({ code, fileName }, parts) {
  const taken = new Set(parts.flatMap(({ importedBindings }) => importedBindings[fileName] ?? []));
  const own = new Map();
  const renamed = code.replace(/(?<=\bexport\{)[^}]+(?=\};)/, (list) => {
    const names = list.split(',').map((one) => {
      const [here, there = here] = one.split(' as ');
      own.set(there, taken.has(there) ? here : there);
      return taken.has(there) ? here : one;
    });
    return names.sort().join(',');
  });
  return { code: renamed, own };
}

/**
 * What a chunk shares with the one that it was split off from is taken from that one as the tag has loaded it: under
 * whichever address that was, a static import of it could be another copy.
 */
function withoutImport(code, { name, fileName }, own, kit) {
  return code.replace(/\bimport\{([^}]*)\}from"\.\/([^"]+)";/g, (found, list, file) => {
    if (file !== fileName) return found;
    const taken = list.split(',').map((one) => {
      const [there, here = there] = one.split(' as ');
      return own.get(there) === here ? here : `${own.get(there)}:${here}`;
    });
    return `const{${taken.sort().join(',')}}=${kit}.chunks.${name};`;
  });
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

/** Where there is somebody else's code in it, it says where to read whose. */
const banner =
  (version) =>
  ({ modules }) => {
    const foreign = Object.keys(modules).some((id) => /node_modules/.test(id) && !id.startsWith('\0'));
    return `/*! customer-memory ${version}, MIT${foreign ? '; see LICENSES.txt' : ''} */`;
  };
