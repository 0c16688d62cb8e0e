/** The same person for both: who they are, what they chose, and so many conversations of twenty messages. */

export const MESSAGES = 20;

export const identity = {
  name: { given: 'Ana', full: 'Ana Martins' },
  email: 'ana@example.com',
  phone: '+351 912 345 678',
  'addresses.home': {
    streetAddress: 'Rua das Flores 12',
    postalCode: '1200-195',
    addressLevel2: 'Lisboa',
    country: 'PT',
  },
} as const;

export const preferences = {
  frameSize: 'M',
  colour: 'bottle',
  delivery: 'pickup',
  bicycle: 'Furt',
  shoeSize: 39,
} as const;

export const topicOf = (n: number): string => `Question ${n} about the gears`;

export const textOf = (n: number, m: number): string =>
  m % 2 === 0
    ? `It rattles again when I go uphill, as I said (${n}.${m}).`
    : `Turn the barrel adjuster half a turn towards you, and ride a block (${n}.${m}).`;

export const MINUTE = 60_000;

/** A conversation a minute, and a message each second of it. */
export const saidAt = (began: number, m: number): number => began + m * 1000;

/** What a page needs before it can greet. */
export interface Answer {
  readonly name: string;
  readonly size: string;
  /** Of the newest five conversations, newest first. */
  readonly topics: readonly string[];
}

export interface Recalled extends Answer {
  /** Milliseconds from the beginning of the script to the answer. */
  readonly took: number;
  /** What the implementation said of itself when it was asked: whether there was a boot record to answer from. */
  readonly how?: string;
}
