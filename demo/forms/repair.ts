import { anything, EMAIL, matching, needed, oneOf, type Rules } from './fields.js';

export const SERVICES = ['gears', 'brakes', 'puncture', 'wheel', 'yearly', 'noise'] as const;
export type Service = (typeof SERVICES)[number];
export type RepairField = 'service' | 'bicycle' | 'day' | 'name' | 'email' | 'note';

/** Euros; what makes a noise is looked at first. */
export const SERVICE_PRICE: Readonly<Record<Service, number | undefined>> = {
  gears: 24,
  brakes: 46,
  puncture: 18,
  wheel: 32,
  yearly: 95,
  noise: undefined,
};

export const isService = (text: string | undefined): text is Service => SERVICES.some((one) => one === text);

export const repairRules = (days: readonly string[]): Rules<RepairField> => ({
  service: oneOf(SERVICES, 'error.service'),
  bicycle: needed('error.bicycle'),
  day: oneOf(days, 'error.day'),
  name: needed('error.name'),
  email: matching(EMAIL, 'error.email'),
  note: anything,
});
