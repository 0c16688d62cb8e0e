/// <reference types="node" />
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const PAGES = ['shop', 'product', 'checkout', 'workshop', 'support'] as const;

/** Compiles the pages' own modules, in memory; what they share becomes a module of its own. */
export async function buildClient(): Promise<ReadonlyMap<string, string>> {
  const folder = join(dirname(fileURLToPath(import.meta.url)), 'client');
  const { outputFiles } = await build({
    entryPoints: PAGES.map((page) => join(folder, `${page}.ts`)),
    outdir: '/shop',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return new Map(
    outputFiles.map((file) => [file.path.replaceAll('\\', '/').split('/').at(-1) ?? file.path, file.text]),
  );
}
