import { execFileSync } from 'node:child_process';

/** Another part of the endless list of histories for every commit, and the same one whenever it is run again. */
export function firstSeed(): number {
  const commit = process.env['COMMIT'] ?? execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  return parseInt(commit.slice(0, 7), 16);
}
