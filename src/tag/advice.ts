/**
 * What a developer is told about a tag that does not do what it says. It is fetched when something may be wrong, so
 * that nobody else carries it; and so it cannot speak of a tag that has no site or no chunks.
 */
import type { Platform } from '../platform/platform.js';

const TO_WRITE = 'write <script src="/customer-memory.js" data-site="acme"></script>';
const BLOCK = 'script[type="application/json"][data-customer-memory]';
/** Ours, and those that frameworks, proxies and consent managers put on every script. */
const KNOWN = /^((site|user|consent|shared|lang|base)$|nscript|cf|turbo|cookie|category|usercentrics)/;

/** An option that is not understood, whether it was an attribute or stood in the block; said once, however often it is tried. */
export function sayMistake({ warn }: Platform, { message }: Error): void {
  if (told) return;
  told = true;
  warn(`customer-memory: ${message}; ${TO_WRITE}`);
}
let told = false;

/** What has no effect where it stands, on a page that has been read to its end. */
export function adviseOn({ warn }: Platform, site: string): void {
  const named = `[data-site=${JSON.stringify(site)}]`;
  const script = document.querySelector<HTMLElement>(`script${named}`);
  if (!script) return;
  const unknown = Object.keys(script.dataset).filter((name) => !KNOWN.test(name));
  if (unknown.length) warn(`customer-memory: nobody knows data-${unknown.join(', data-')}; ${TO_WRITE}`);
  const block = document.querySelector(BLOCK);
  if (block && script.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING)
    warn(`customer-memory: ${BLOCK} stands after the tag and is not read; write it before`);
  const other = document.querySelector<HTMLElement>(`script[src*=customer-memory][data-site]:not(${named})`);
  if (other)
    warn(`customer-memory: data-site="${other.dataset['site']}" came after "${site}"; write one tag`);
}
