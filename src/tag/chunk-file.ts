/** The file of a chunk, named by the beginning of its hash; the build names it in the same way. */
export function chunkFile(name: string, hash: string): string {
  return `customer-memory/${name}-${hash.slice(0, 8).replace(/\W/g, '_')}.js`;
}
