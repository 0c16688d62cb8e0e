/** What this project calls its things in a browser: databases, storage keys, locks. Everything of a site begins with the same prefix. */
export function nameOf(site: string, part?: string): string {
  return part === undefined ? `customer-memory:${site}` : `customer-memory:${site}:${part}`;
}

/** Random bytes as lowercase hex. */
export function randomHex(
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
  bytes: number,
): string {
  return Array.from(random(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
