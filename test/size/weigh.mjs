/** How much a bundle weighs, and whose it is. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { transform } from 'esbuild';
import { whose } from './whose.mjs';

/**
 * What is compressed together cannot be taken apart again: each owner's modules are minified and compressed by themselves,
 * and the bundle is divided in proportion, so that the parts make the whole.
 *
 * @param files with `code` and `modules`, as rollup gives them.
 * @returns bytes, minified and brotli, in all and by owner.
 */
export async function weigh(files) {
  const total = { minified: 0, brotli: 0 };
  const by = {};
  for (const { code, modules } of files) {
    const whole = sizesOf(code);
    const parts = await partsOf(modules);
    for (const unit of ['minified', 'brotli']) {
      total[unit] += whole[unit];
      const sum = parts.reduce((all, [, sizes]) => all + sizes[unit], 0);
      for (const [owner, sizes] of parts) {
        by[owner] ??= { minified: 0, brotli: 0 };
        by[owner][unit] += (whole[unit] * sizes[unit]) / sum;
      }
    }
  }
  return { total, by };
}

async function partsOf(modules) {
  const codes = new Map();
  for (const [id, { code }] of Object.entries(modules))
    if (code) codes.set(whose(id), `${codes.get(whose(id)) ?? ''}\n${code}`);
  return Promise.all(
    [...codes].map(async ([owner, code]) => {
      const small = await transform(code, { minify: true, format: 'esm' });
      return [owner, sizesOf(small.code)];
    }),
  );
}

function sizesOf(code) {
  return { minified: Buffer.byteLength(code), brotli: brotliOf(code) };
}

/** A SHA-256 as base64. */
const HASH = /[A-Za-z0-9+/]{43}=/g;
const DRAWS = 24;

/**
 * Bytes. The hashes of other files are as good as random, and where the compressor ends a block is luck too: one character
 * more or less can weigh eighty bytes. So it is the mean over other hashes, always the same, and a few line ends more.
 */
export function brotliOf(code) {
  const draws = Array.from({ length: DRAWS }, (_, draw) => {
    let place = 0;
    const drawn = code.replace(HASH, () =>
      createHash('sha256').update(`${draw} ${place++}`).digest('base64'),
    );
    return compressed('\n'.repeat(draw) + drawn);
  });
  return Math.round(draws.reduce((sum, size) => sum + size, 0) / DRAWS);
}

function compressed(code) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(code),
  };
  return brotliCompressSync(code, { params }).length;
}
