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
  const { name, organization, streetAddress, addressLine1, addressLine2, addressLine3 } = address;
  const { addressLevel4, addressLevel3, addressLevel2, addressLevel1, postalCode, phone } = address;
  const lines = [
    streetAddress ?? joined([addressLine1, addressLine2, addressLine3]),
    addressLevel4,
    addressLevel3,
  ];
  const country = address.countryName ?? countryInWords(address.country, language);
  return joined([
    name,
    organization,
    ...lines,
    joined([postalCode, addressLevel2], ' '),
    addressLevel1,
    country,
    phone,
  ]);
}

function countryInWords(code: string | undefined, language: string): string | undefined {
  if (!code || !/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region' }).of(code.toUpperCase());
}

function joined(parts: readonly (string | undefined)[], by = ', '): string {
  return parts
    .map((part) => part?.trim().replace(/\s*\n\s*/g, ', '))
    .filter(Boolean)
    .join(by);
}
