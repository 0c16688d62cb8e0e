import type { Purposes } from '../facts/purpose.js';
import { browserPlatform } from '../platform/browser.js';
import type { Platform } from '../platform/platform.js';
import type { Says } from './gate.js';
import type { ConsentSource, Label, MemoryOptions, Schemas } from './types.js';

/** The options of one memory, checked and with their defaults. */
export interface Settings {
  readonly site: string;
  readonly preferences?: Schemas | undefined;
  readonly devicePreferences: Schemas;
  readonly labels: Readonly<Record<string, Label>>;
  readonly purposes: Purposes;
  readonly consent: 'ask' | 'host' | ConsentSource;
  readonly says: Says;
  readonly signedOut: 'keep' | 'discard';
  readonly shared: boolean;
  readonly keep?: string | undefined;
  readonly budget?: number | undefined;
  readonly language?: string | undefined;
  readonly platform: Platform;
}

export type Options = MemoryOptions<Schemas, Schemas>;

/** The options with their defaults; `checkOptions` first, where they come from a developer. */
export function settingsOf({
  devicePreferences = {},
  labels = {},
  purposes = {},
  consent = 'ask',
  identity,
  signedOut = 'keep',
  shared = false,
  platform = browserPlatform(),
  ...others
}: Options): Settings {
  // An empty attribute (`data-user=""`) says nobody, as null does.
  const says = identity?.user === '' ? null : identity?.user;
  return { ...others, devicePreferences, labels, purposes, consent, says, signedOut, shared, platform };
}
