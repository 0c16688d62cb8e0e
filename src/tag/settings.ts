import type { Options } from '../memory/settings.js';
import type { Platform } from '../platform/platform.js';

/** What the script element says: its `data-` attributes, and a JSON block before it for anything longer. */
export interface TagSettings {
  readonly options: Options | undefined;
  /** Where chunks are found: beside the script, or `data-base` when the script was put inline. */
  readonly base: string | undefined;
}

const block = 'script[type="application/json"][data-customer-memory]';

export function readTag(script: HTMLOrSVGScriptElement | null, platform: Platform): TagSettings {
  const { dataset = {}, src = '' } = (script ?? {}) as { dataset?: DOMStringMap; src?: string };
  const { site, user, consent, shared, lang, base } = dataset;
  const url = src || base;
  const given = {
    ...(user !== undefined && { identity: { user } }),
    ...(consent !== undefined && { consent: consent as 'ask' | 'host' }),
    ...(shared !== undefined && { shared: true }),
    ...(lang !== undefined && { language: lang }),
  };
  return {
    base: url && new URL(url, document.baseURI).href,
    options: site === undefined ? undefined : { ...longer(platform), ...given, site },
  };
}

function longer(platform: Platform): object {
  const text = document.querySelector(block)?.textContent;
  if (!text) return {};
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    platform.warn(
      `customer-memory: the block <script type="application/json" data-customer-memory> is not JSON: ${String(error)}`,
    );
    return {};
  }
}
