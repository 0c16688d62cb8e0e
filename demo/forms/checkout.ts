import type { Delivery } from '../products.js';
import { anything, EMAIL, matching, needed, oneOf, type Rules } from './fields.js';

export const CONTACT = ['name', 'email', 'phone'] as const;
export const ADDRESS = ['street', 'postcode', 'city', 'country'] as const;
export const CARD = ['cardNumber', 'cardExpiry', 'cardCode'] as const;
export type CheckoutField = (typeof CONTACT)[number] | (typeof ADDRESS)[number] | (typeof CARD)[number];

/** Where the courier goes. */
export const COUNTRIES = [
  'AT',
  'BE',
  'CH',
  'CZ',
  'DE',
  'DK',
  'EG',
  'ES',
  'FR',
  'GB',
  'IE',
  'IT',
  'LU',
  'MA',
  'NL',
  'PL',
  'PT',
  'SE',
] as const;

/** An address is asked for only if something is delivered to it. */
export function checkoutRules(delivery: Delivery): Rules<CheckoutField> {
  const toTheDoor = delivery === 'home';
  return {
    name: needed('error.name'),
    email: matching(EMAIL, 'error.email'),
    phone: matching(/^[+()\d\s./-]*$/, 'error.phone'),
    street: toTheDoor ? needed('error.street') : anything,
    postcode: toTheDoor ? needed('error.postcode') : anything,
    city: toTheDoor ? needed('error.city') : anything,
    country: toTheDoor ? oneOf(COUNTRIES, 'error.country') : anything,
    cardNumber: (value) => (/^\d{12,19}$/.test(value.replace(/[\s-]/g, '')) ? undefined : 'error.cardNumber'),
    cardExpiry: matching(/^(0[1-9]|1[0-2])\s*\/\s*\d{2}(\d{2})?$/, 'error.cardExpiry'),
    cardCode: matching(/^\d{3,4}$/, 'error.cardCode'),
  };
}
