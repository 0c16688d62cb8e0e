/** The libraries we are measured beside, which nothing else needs: they come with the first run that asks for one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const here = import.meta.dirname;

export function installLibraries() {
  // npm writes it when it is done.
  if (existsSync(join(here, 'node_modules/.package-lock.json'))) return;
  console.log('Installing the libraries of the bench, once …');
  const { status } = spawnSync('npm', ['ci', '--silent'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error(
      '"npm ci" in test/bench failed: run it there to see why, or leave the libraries out with --contestants by-hand,paged,ours.',
    );
}
