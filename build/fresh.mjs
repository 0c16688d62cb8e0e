/** Whether `dist` is the build of what is in `src` now. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const INPUTS = ['src', 'build', 'rollup.config.mjs', 'tsconfig.json', 'tsconfig.build.json', 'package.json'];
/** The last file that each part of the build writes. */
const OUTPUTS = ['dist/customer-memory.js', 'dist/index.d.ts'];

/** Builds when `dist` is missing or older than its sources; throws when that fails. */
export function ensureBuilt() {
  if (isFresh()) return;
  console.error('Building, once …');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The build failed; "npm run build" says why.');
}

function isFresh() {
  if (!OUTPUTS.every((file) => existsSync(file))) return false;
  const built = Math.min(...OUTPUTS.map((file) => statSync(file).mtimeMs));
  return INPUTS.every((input) => newest(input) <= built);
}

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
