/**
 * What a developer is told about a tag that does not do what it says. It is fetched when something may be wrong, so
 * that nobody else carries it; and so it cannot speak of a tag that has no site or no chunks.
 */
import { checkOptions } from '../memory/check-options.js';
import type { Options } from '../memory/settings.js';
import type { Platform } from '../platform/platform.js';
import { isOurs } from './inspect.js';

const TO_WRITE = 'write <script src="/customer-memory.js" data-site="acme"></script>';
const BLOCK = 'script[type="application/json"][data-customer-memory]';
const IN_BLOCK = 'in the block <script type="application/json" data-customer-memory>';
/** What the block can say: what the attributes cannot, and JSON can. */
const IN_JSON = ['labels', 'purposes', 'keep', 'signedOut'] as const satisfies readonly (keyof Options)[];
/** What frameworks, proxies and consent managers put on every script. */
const THEIRS = /^(nscript|cf|turbo|cookie|category|usercentrics)/;

/** An option that is not understood, and where it was given; said once, however often it is tried. */
export function sayMistake({ warn }: Platform, { message }: Error, options: Options): void {
  if (told) return;
  told = true;
  warn(`customer-memory: ${mistakeIn(options, message)}`);
}
let told = false;

function mistakeIn({ platform: _, ...options }: Options, message: string): string {
  const { site } = options;
  if (!isFit({ site })) return `${message}; ${TO_WRITE}`;
  const { consent } = scriptOf(site)?.dataset ?? {};
  if (consent !== undefined && !isFit({ site, consent }))
    return `data-consent="${consent}" is not understood; it takes "ask" or "host"`;
  // No other attribute can be wrong.
  const unknown = Object.keys(options).find((name) => !isFit({ [name]: undefined, site }));
  if (unknown === undefined) return `${IN_BLOCK}: ${message}`;
  const meant = IN_JSON.find((name) => isNear(unknown, name)) ?? `one of ${IN_JSON.join(', ')}`;
  return `${IN_BLOCK} there is no option ${unknown}; write ${meant}`;
}

function isFit(options: object): boolean {
  try {
    checkOptions(options as Options);
    return true;
  } catch {
    return false;
  }
}

/** Whether one becomes the other by at most this many letters added, left out or replaced. */
function isNear(a: string, b: string, changes = 2): boolean {
  if (!a || !b) return a.length + b.length <= changes;
  const [nextA, nextB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return isNear(nextA, nextB, changes);
  return (
    changes > 0 &&
    (isNear(nextA, b, changes - 1) || isNear(a, nextB, changes - 1) || isNear(nextA, nextB, changes - 1))
  );
}

const scriptOf = (site: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`script[data-site=${JSON.stringify(site)}]`);

/** What has no effect where it stands, on a page that has been read to its end. */
export function adviseOn({ warn }: Platform, site: string): void {
  const script = scriptOf(site);
  if (!script) return;
  const unknown = Object.keys(script.dataset).filter((name) => !isOurs(name) && !THEIRS.test(name));
  if (unknown.length) warn(`customer-memory: nobody knows data-${unknown.join(', data-')}; ${TO_WRITE}`);
  const block = document.querySelector(BLOCK);
  if (block && script.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_FOLLOWING)
    warn(`customer-memory: ${BLOCK} stands after the tag and is not read; write it before`);
  const other = document.querySelector<HTMLElement>(
    `script[src*=customer-memory][data-site]:not([data-site=${JSON.stringify(site)}])`,
  );
  if (other)
    warn(`customer-memory: data-site="${other.dataset['site']}" came after "${site}"; write one tag`);
}
