/**
 * The memory as it is in src/, in one module that needs nothing of a browser, with one seeded bug at most. A bug is a
 * change of the text as it is loaded: src itself never holds one, and one that fits no more is an error.
 */
import { build } from 'esbuild';
import { mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { threadId } from 'node:worker_threads';
import { pathToFileURL } from 'node:url';
import type * as Assemble from '../../src/memory/assemble.js';
import { KNOWN } from './known.js';
import { SCALE } from './scale.js';

export interface Patch {
  /** Beginning with `src/`. */
  readonly file: string;
  readonly text: string;
  readonly by: string;
}

let loads = 0;
const root = resolve(import.meta.dirname, '../..');

/** @param name of the seeded bug, for the file it is kept in; `none` is the code as it is. */
export async function loadMemory(
  name = 'none',
  seeded: readonly Patch[] = [],
  known: readonly Patch[] = KNOWN,
): Promise<Pick<typeof Assemble, 'make'>> {
  const patches = [...SCALE, ...known, ...seeded];
  const left = new Set(patches);
  const { outputFiles } = await build({
    entryPoints: [resolve(root, 'src/memory/assemble.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    define: { __VERSION__: '"simulated"', __CHUNKS__: '{}' },
    logLevel: 'silent',
    plugins: [
      {
        name: 'as-loaded',
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
            const file = relative(root, path).replaceAll('\\', '/');
            let contents = readFileSync(path, 'utf8');
            for (const patch of patches) {
              if (patch.file !== file) continue;
              const parts = contents.split(patch.text);
              if (parts.length !== 2)
                throw new Error(`The change of "${name}" fits ${file} ${parts.length - 1} times, not once.`);
              contents = parts.join(patch.by);
              left.delete(patch);
            }
            return { contents: contents.replace(/\bimport\(('[^']+')\)/g, FETCHED), loader: 'ts' };
          });
        },
      },
    ],
  });
  if (left.size) throw new Error(`The bug "${name}" is in a file that the memory does not load.`);
  const folder = resolve(root, 'node_modules/.cache/simulation');
  mkdirSync(folder, { recursive: true });
  const file = resolve(
    folder,
    `${name.replaceAll(/\W+/g, '-')}-${process.pid}-${threadId}-${(loads += 1)}.mjs`,
  );
  writeFileSync(file, outputFiles[0]?.text ?? '');
  try {
    return (await import(pathToFileURL(file).href)) as Pick<typeof Assemble, 'make'>;
  } finally {
    unlinkSync(file);
  }
}

/** A page fetches each part once; how long that takes is the simulated browser's affair. */
const FETCHED = 'globalThis.fetchSimulatedCode($1, () => import($1))';
