import type { Platform } from '../platform/platform.js';
import { nameOf } from './names.js';

export interface Place {
  readonly platform: Platform;
  readonly site: string;
}

/** Every page that shows something of this site looks again at what the device has, this one too. */
export function tellPages({ platform, site }: Place): void {
  const pages = platform.channel(nameOf(site));
  pages?.post({});
  pages?.close();
}
