import { readFileSync } from 'node:fs';
import esbuild from 'rollup-plugin-esbuild';
import { failOnWarning, tagConfig } from './build/tag.mjs';
import { tightStyles } from './build/tight-styles.mjs';

const { version, exports, dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The entries are what package.json exports, less the tag, which is a build of its own. */
const TAG = './dist/customer-memory.js';
const entries = Object.values(exports)
  .flatMap((target) => target.default ?? [])
  .filter((file) => file !== TAG)
  .map((file) => file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'));
const packages = new RegExp(`^(${Object.keys({ ...dependencies, ...peerDependencies }).join('|')})(/|$)`);

/** For those who bundle: modules as they are in src, dependencies left to the bundler. */
const modules = {
  input: entries,
  external: packages,
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src' },
  plugins: [
    esbuild({ target: 'es2022', define: { __VERSION__: JSON.stringify(version), __CHUNKS__: '{}' } }),
    tightStyles,
  ],
  onLog: failOnWarning,
};

/** For one script tag: everything in it, the rest beside it. */
const tag = tagConfig({ source: 'src', version });

export default [modules, tag];
