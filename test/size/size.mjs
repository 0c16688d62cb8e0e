/**
 * `npm run size:bundles`: what a visitor downloads, as brotli, against its budget. Own code is what is left
 * with the dependencies taken out; the rest is theirs. It also sees to what must not be in a bundle.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { rollup } from 'rollup';
import { buildChunk, compile, failOnWarning, minify, tagConfig } from '../../build/tag.mjs';
import { addTotals } from '../helpers/totals.mjs';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const theirs = new RegExp(`^(${Object.keys(dependencies).join('|')}|lit-html|lit-element|@lit/.*)(/|$)`);
const LIT = /node_modules[/\\](lit|lit-html|lit-element|@lit)[/\\]/;
const ZOD = /node_modules[/\\]zod[/\\]/;
const IDB = /node_modules[/\\]idb[/\\]/;

const tag = await measureTag('the tag', 'tag.ts', { budget: 14_000, without: { zod: ZOD, idb: IDB } });
const parts = [
  tag,
  await measureTag('  its headless part', 'tag/headless.ts', {
    budget: 6_000,
    without: { zod: ZOD, idb: IDB, lit: LIT },
  }),
  ...(await measureEntry('headless, with the device store', 'src/index.ts', {
    budget: 15_000,
    without: { zod: ZOD, lit: LIT },
  })),
  ...(await measureChunks({ budget: 50_000, without: { zod: ZOD } })),
];
report(parts);

async function measureTag(name, entry, bars) {
  if (!existsSync(`src/${entry}`)) return absent(name, `src/${entry}`);
  const config = tagConfig({ source: 'src', version, entry });
  const build = await rollup(config);
  const { output } = await build.generate({ ...config.output, dir: 'dist' });
  await build.close();
  const { code, modules } = output.find((file) => file.isEntry);
  const own = await ownCode({ ...config, output: { ...config.output, format: 'es', intro: '' } });
  return judge({ name, total: brotli(code), own, modules, ...bars });
}

/** What a page fetches at first; what it imports when that is first needed is told apart. */
async function measureEntry(name, input, bars) {
  if (!existsSync(input)) return [absent(name, input)];
  const plugins = [...compile(version, { __CHUNKS__: '{}' }), minify()];
  const all = await split({ input, plugins, onLog: failOnWarning });
  const own = await split({ input, plugins, onLog: failOnWarning, external: theirs });
  const sum = (files) => files.reduce((total, { code }) => total + brotli(code), 0);
  const part = (title, which, { budget, without }) =>
    judge({
      name: title,
      total: sum(all[which]),
      own: sum(own[which]),
      modules: Object.assign({}, ...all[which].map(({ modules }) => modules)),
      budget,
      without,
    });
  return [
    part(name, 'first', bars),
    part('  and when it is first needed', 'later', { without: { zod: ZOD, lit: LIT } }),
  ];
}

/** The files that an entry imports at once, itself among them, and the others. */
async function split(config) {
  // As a site's own bundle: nobody imports from it by the names that it exports.
  const build = await rollup({ ...config, preserveEntrySignatures: 'allow-extension' });
  const { output } = await build.generate({ format: 'es', chunkFileNames: '[name].js' });
  await build.close();
  const first = new Set(output.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const fileName of first)
    for (const next of output.find((file) => file.fileName === fileName)?.imports ?? []) first.add(next);
  return {
    first: output.filter(({ fileName }) => first.has(fileName)),
    later: output.filter(({ fileName }) => !first.has(fileName)),
  };
}

async function measureChunks(bars) {
  const folder = 'src/tag/chunks';
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.ts')) : [];
  const measured = await Promise.all(
    files.sort().map(async (file) => {
      const options = { source: 'src', version, input: `${folder}/${file}` };
      const own = await buildChunk({ ...options, external: theirs });
      return (await buildChunk(options)).map(({ name, code, modules }) =>
        judge({
          name: `  chunk ${name}`,
          total: brotli(code),
          own: brotli(own.find((chunk) => chunk.name === name).code),
          modules,
          without: bars.without,
        }),
      );
    }),
  );
  const chunks = measured.flat();
  const sum = (key) => chunks.reduce((total, chunk) => total + chunk[key], 0);
  const all = {
    name: 'all chunks together',
    total: sum('total'),
    own: sum('own'),
    budget: bars.budget,
    modules: {},
  };
  return [{ ...all, faults: over(all) }, ...chunks];
}

/** The brotli size with every dependency left out of the bundle. */
async function ownCode(config) {
  const build = await rollup({ ...config, external: theirs });
  const { output } = await build.generate({ ...config.output, dir: undefined });
  await build.close();
  return brotli(output.find((file) => file.isEntry).code);
}

function judge({ name, total, own, modules, budget, without }) {
  const part = { name, total, own, budget, modules };
  const inside = Object.keys(modules).filter((id) => modules[id].renderedLength > 0);
  const strangers = Object.entries(without)
    .filter(([, pattern]) => inside.some((id) => pattern.test(id)))
    .map(([dependency]) => `${name.trim()} must not contain ${dependency}`);
  return { ...part, faults: [...over(part), ...strangers] };
}

function over({ name, total, budget }) {
  return total > (budget ?? Infinity) ? [`${name.trim()} is ${total - budget} bytes over its budget`] : [];
}

function absent(name, file) {
  return { name, modules: {}, faults: [`${name.trim()}: there is no ${file}`] };
}

function report(all) {
  const column = (value) => (value === undefined ? '' : value.toLocaleString('en')).padStart(9);
  console.log(
    `${'brotli, bytes'.padEnd(34)}${['total', 'own', 'theirs', 'budget'].map((title) => title.padStart(9)).join('')}`,
  );
  for (const { name, total, own, budget } of all) {
    const rest = total === undefined ? undefined : Math.max(0, total - own);
    console.log(`${name.padEnd(34)}${[total, own, rest, budget].map(column).join('')}`);
  }
  tellTwice(all);
  if (process.argv.includes('--modules')) for (const part of all) tellModules(part);
  const known = knownOver(all);
  for (const fault of all.flatMap((part) => part.faults)) console.error(`✖ ${fault}`);
  if (known) console.error(`  ${known.name.trim()}: known, and counted neither as passed nor as failed`);
  all = all.filter((part) => part !== known);
  const failed = all.filter((part) => part.faults.length > 0).length;
  addTotals({ passed: all.length - failed, failed });
  process.exitCode = failed > 0 ? 1 : 0;
}

/**
 * `npm run size:bundles -- --known "<name>"`: a bar that is not met yet and stands in nobody's way until it is. One that is met
 * has to be taken off, so that it holds from then on.
 */
function knownOver(all) {
  const { known } = parseArgs({
    options: { known: { type: 'string' }, modules: { type: 'boolean' } },
  }).values;
  const part = all.find(({ name }) => name.trim() === known);
  if (known !== undefined && !part?.faults.length)
    throw new Error(
      `--known "${known}": ${part ? 'it is within its budget now; take the option away' : 'there is no such bar'}.`,
    );
  return part;
}

/** What the tag has and a chunk has again could be lent in kit.ts instead; whether that pays is for the reader. */
function tellTwice([first, ...rest]) {
  for (const { name, modules } of rest.filter((part) => part.name.startsWith('  chunk'))) {
    const again = Object.keys(modules)
      .filter((id) => modules[id].renderedLength > 300 && first.modules[id]?.renderedLength > 0)
      .map((id) => `${relative('.', id)} (${modules[id].renderedLength} characters)`);
    if (again.length > 0)
      console.log(`in the tag and again in${name.replace('  ', ' ')}: ${again.join(', ')}`);
  }
}

/** `npm run size:bundles -- --modules`: what each bundle is made of, largest first, in characters before minifying. */
function tellModules({ name, modules }) {
  console.log(`\n${name.trim()}`);
  const sizes = Object.entries(modules).map(([id, { renderedLength }]) => [
    renderedLength,
    relative('.', id),
  ]);
  for (const [size, id] of sizes.filter(([size]) => size > 0).sort(([a], [b]) => b - a))
    console.log(`${size.toLocaleString('en').padStart(9)}  ${id}`);
}

function brotli(code) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code),
  };
  return brotliCompressSync(code, { params }).length;
}
