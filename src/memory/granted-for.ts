import type { ConsentRecord } from '../store/store.js';

/** Whether what is remembered for this purpose may be on the device. */
export function grantedFor(consent: ConsentRecord | undefined, purpose: string): boolean {
  return consent?.device === true && (consent.purposes?.includes(purpose) ?? true);
}
