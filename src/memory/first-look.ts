import { readBootRecord, removeBootRecord, type BootRecord } from '../store/boot-record.js';
import { newGeneration, readGeneration } from '../store/generation.js';
import { warmUp } from '../store/warm-up.js';
import type { Platform } from '../platform/platform.js';
import { gate, type Passage, type Says } from './gate.js';
import type { ConsentSource, Grant, Status } from './types.js';

/** What a page may show before the database has answered. */
export interface FirstLook {
  /** The generation that it belongs to; undefined where nothing was ever kept. */
  readonly gen: string | undefined;
  readonly gate: Status['gate'];
  /** Somebody is known here who is not to be shown, and may come back: nothing of them is touched. */
  readonly closed: boolean;
  /** There to be shown. */
  readonly boot: BootRecord | undefined;
  /** Name of the database of whoever is shown, or was until this page named somebody else. */
  readonly local?: string;
  /** Device preferences, shown by every gate. */
  readonly device: BootRecord['device'];
}

interface Asked {
  readonly platform: Platform;
  readonly site: string;
  readonly says: Says;
  readonly shared: boolean;
  readonly consent: 'ask' | 'host' | ConsentSource;
}

/**
 * Looks at the boot record with the eyes of the gate. Where it names somebody who has left, a new
 * generation begins and the record is gone before this returns, so that no other page shows it either.
 *
 * @param grant what the consent source says now; undefined where it does not know, or there is none.
 */
export function firstLook({ platform, site, says, shared, consent }: Asked, grant?: Grant): FirstLook {
  const { local } = platform;
  const gen = readGeneration(local, site);
  const nobody = { gen, gate: 'open', closed: false, boot: undefined, device: [] } as const;
  if (shared) {
    removeBootRecord(local, site);
    // What was said in this tab to somebody who has a database is nobody else's.
    return { ...nobody, local: '-' };
  }
  if (typeof consent === 'object' && !grant?.device)
    return { ...nobody, gate: grant ? 'open' : 'waiting-for-consent' };
  const boot = readBootRecord(local, site);
  // What is to be taken away and is not gone yet may be in it, whatever generation another page has begun since. Of another
  // site on this origin too, which costs no more than the first view.
  const isNoted = (name: string) => name.includes(':forgetting:');
  if (!boot || boot.gen !== gen || !boot.consent.device || local?.keys().some(isNoted)) {
    if (gen) warmUp(platform);
    return nobody;
  }
  const passage: Passage = gate(boot, says);
  const { device, local: last } = boot;
  if (passage === 'show') return { ...nobody, boot, local: last, device };
  if (passage === 'closed') return { ...nobody, gate: 'closed', closed: true, device };
  const next = newGeneration(platform, site);
  return {
    ...nobody,
    gen: next,
    gate: passage === 'signed-out' ? 'signed-out' : 'switched',
    local: last,
    device,
  };
}
