// A worker inherits no loader in every version of Node. It is one file without helpers of a loader's, which is quicker.
import { build } from 'esbuild';
import { mkdirSync, unlinkSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';

const here = import.meta.dirname;
const folder = resolve(here, '../../node_modules/.cache/simulation');
mkdirSync(folder, { recursive: true });
const outfile = resolve(folder, `worker-${process.pid}-${threadId}.mjs`);
await build({
  entryPoints: [resolve(here, 'worker.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  define: { 'import.meta.dirname': JSON.stringify(here) },
  logLevel: 'silent',
});
try {
  await import(pathToFileURL(outfile).href);
} finally {
  unlinkSync(outfile);
}
