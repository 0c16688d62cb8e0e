/** What this project calls its things in a browser: databases, storage keys, locks. Everything of a site begins with the same prefix. */
export function nameOf(site: string, part?: string): string {
  return part === undefined ? `customer-memory:${site}` : `customer-memory:${site}:${part}`;
}
