/** Gathers the licences of the packages whose code is in a bundle, as those licences ask. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The text of LICENSES.txt for these module ids; throws when a package has no licence file. */
export function licensesOf(ids) {
  const folders = new Set(ids.map(folderOf).filter((folder) => folder !== undefined));
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
      if (file === undefined) throw new Error(`${name} is in a bundle and has no licence file.`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(78)}\n\n`);
}

function folderOf(id) {
  if (id.startsWith('\0')) return undefined; // made by a plugin, or taken from the tag
  return /^.*[/\\]node_modules[/\\](@[^/\\]+[/\\])?[^/\\]+/.exec(dirname(id))?.[0];
}
