/**
 * Serves some dependencies to the browser tests as one bundle each: React and axe, which are not
 * modules, and zod, which is many small ones. Shared parts stay shared: there is one React.
 */
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const PREFIX = '/__bundled/';
const MODULES = ['zod', 'zod/mini'];
const COMMON_JS = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client', 'axe-core'];
const require = createRequire(import.meta.url);

/** A plugin for @web/dev-server; it bundles when the first of these dependencies is asked for. */
export function bundledDependencies() {
  // Now, while the console is Node's own: the runner replaces it by one that React cannot use.
  const entries = new Map([
    ...MODULES.map((name) => [name, `export * from '${name}';`]),
    ...COMMON_JS.map((name) => [name, withNames(name)]),
  ]);
  let bundles;
  return {
    name: 'bundled-dependencies',
    resolveImport({ source }) {
      return entries.has(source) ? `${PREFIX}${fileOf(source)}.js` : undefined;
    },
    async serve({ path }) {
      if (!path.startsWith(PREFIX)) return undefined;
      bundles ??= bundle(entries);
      const body = (await bundles).get(path);
      return body === undefined ? undefined : { body, type: 'js' };
    },
  };
}

async function bundle(entries) {
  const virtual = {
    name: 'entries',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^entry:/ }, ({ path }) => ({
        path: path.slice('entry:'.length),
        namespace: 'entry',
      }));
      onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
        contents: entries.get(path),
        resolveDir: '.',
      }));
    },
  };
  const { outputFiles } = await build({
    entryPoints: [...entries.keys()].map((name) => ({ in: `entry:${name}`, out: fileOf(name) })),
    plugins: [virtual],
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    outdir: PREFIX,
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf(PREFIX)), text]));
}

/** CommonJS has no static names: they are read from the module itself. */
function withNames(name) {
  const names = Object.keys(require(name)).filter(
    (key) => key !== 'default' && /^[A-Za-z_$][\w$]*$/.test(key),
  );
  return `import all from '${name}';\nexport default all;\nexport const { ${names.join(', ')} } = all;`;
}

const fileOf = (name) => name.replaceAll('/', '_');
