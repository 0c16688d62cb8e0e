/** The same person for all: who they are, what they chose, and so many conversations of twenty messages. */

export const MESSAGES = 20;

/** Of many conversations the one in the middle is a long one: whoever pages has to leave pages out. */
export const LONG_MESSAGES = 200;
const MANY = 100;
export const LONG = '01900000-0000-7000-8000-000000000000';

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

export const isLong = (n: number, conversations: number): boolean =>
  conversations > MANY && n === longOf(conversations);

/** Which of them is the long one. */
export const longOf = (conversations: number): number => Math.floor(conversations / 2);

/** What a list of conversations shows of one. A type, not an interface: some libraries take only what has no more fields. */
export type Head = {
  readonly id: string;
  readonly channel: string;
  readonly topic: string;
  readonly with: { readonly name: string; readonly kind: string };
  readonly state: string;
  readonly started: number;
  readonly lastAt: number;
};

export type By = { readonly who: string; readonly name?: string };

export type Message = {
  readonly id: string;
  /** Its conversation. */
  readonly of: string;
  readonly at: number;
  readonly by: By;
  readonly text: string;
};

export const byOf = (m: number): By => (m % 2 === 0 ? { who: 'visitor' } : { who: 'agent', name: 'Mike' });

export interface Told {
  readonly head: Head;
  readonly messages: readonly Message[];
}

/** The conversations, oldest first, as rows for whoever keeps rows. */
export function* told(conversations: number): Generator<Told, void> {
  const begin = Date.now() - conversations * MINUTE;
  for (let n = 0; n < conversations; n += 1) {
    const long = isLong(n, conversations);
    const id = long ? LONG : crypto.randomUUID();
    const started = begin + n * MINUTE;
    // The long one is as old as its neighbours: its messages stand closer.
    const messages = Array.from({ length: long ? LONG_MESSAGES : MESSAGES }, (_, m) => ({
      id: crypto.randomUUID(),
      of: id,
      at: long ? started + m : saidAt(started, m),
      by: byOf(m),
      text: textOf(n, m),
    }));
    const head: Head = {
      id,
      channel: 'chat',
      topic: topicOf(n),
      with: { name: 'Mike', kind: 'person' },
      state: 'open',
      started,
      lastAt: saidAt(started, MESSAGES - 1),
    };
    yield { head, messages };
  }
}

/** The same, so many at a time. */
export function* toldInBatches(conversations: number, atOnce = 250): Generator<readonly Told[], void> {
  let batch: Told[] = [];
  for (const one of told(conversations)) {
    batch.push(one);
    if (batch.length < atOnce) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

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
