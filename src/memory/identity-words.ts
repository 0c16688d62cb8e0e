import type { Json, Key } from '../facts/entry.js';
import type { Address, Name } from '../facts/identity.js';
import { under } from '../facts/key.js';

/** A name or an address as it is written on an envelope; undefined for everything else. */
export function identityInWords(key: Key, value: Json, language: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (key === 'identity.name') return nameInWords(value as Name);
  return under('identity.addresses', key) ? addressInWords(value as Address, language) : undefined;
}

function nameInWords({ full, given, family, preferred }: Name): string {
  return full ?? (joined([given, family], ' ') || (preferred ?? ''));
}

/** Town before postal code where the country writes it so is a postal science of its own: the parts stand apart, by commas. */
function addressInWords(address: Address, language: string): string {
  return joined([
    address.name,
    address.organization,
    address.streetAddress ?? joined([address.addressLine1, address.addressLine2, address.addressLine3]),
    address.addressLevel4,
    address.addressLevel3,
    joined([address.postalCode, address.addressLevel2], ' '),
    address.addressLevel1,
    address.countryName ?? countryInWords(address.country, language),
    address.phone,
  ]);
}

function countryInWords(code: string | undefined, language: string): string | undefined {
  return code && /^[a-z]{2}$/i.test(code)
    ? new Intl.DisplayNames(language, { type: 'region' }).of(code)
    : code;
}

function joined(parts: readonly (string | undefined)[], by = ', '): string {
  return parts
    .map((part) => part?.trim().replace(/\s*\n\s*/g, ', '))
    .filter(Boolean)
    .join(by);
}
