/** A believable first visit, in the visitor's language, for whoever wants to begin with the second. */
import type { Tongue } from './language.js';
import { answers } from './mike.js';

export interface FirstVisit {
  /** On which pages it was said, by the root of its keys. */
  readonly pages: Readonly<Record<string, string>>;
  readonly name: { readonly given: string; readonly full: string };
  readonly email: string;
  readonly phone: string;
  readonly address: {
    readonly streetAddress: string;
    readonly postalCode: string;
    readonly addressLevel2: string;
    readonly country: string;
  };
  readonly preferences: Readonly<Record<string, string>>;
  readonly conversation: {
    readonly topic: string;
    readonly helper: string;
    readonly outcome: string;
    readonly summary: string;
    readonly messages: readonly { readonly by: 'visitor' | 'mike'; readonly text: string }[];
  };
}

export function firstVisit(tongue: Tongue): FirstVisit {
  const { text } = tongue;
  const said = [text('visit.says'), text('visit.done')];
  const [first] = answers(tongue, said);
  const farewell = text('mike.thanks.says');
  const called = (page: string): string => text('shop.title', { page });
  return {
    pages: {
      identity: called(text('checkout.title')),
      preferences: called('Furt'),
      conversations: called(text('support.title')),
    },
    name: { given: text('visit.given'), full: text('visit.name') },
    email: 'ana@example.com',
    phone: text('visit.phone'),
    address: {
      streetAddress: text('visit.street'),
      postalCode: text('visit.postcode'),
      addressLevel2: text('visit.city'),
      country: 'PT',
    },
    preferences: { frameSize: 'M', colour: 'bottle', delivery: 'home', bicycle: 'Furt' },
    conversation: {
      topic: first?.title ?? text('mike.else.topic'),
      helper: text('support.mike'),
      outcome: 'solved',
      summary: first?.summary ?? '',
      messages: [
        { by: 'visitor', text: said[0] ?? '' },
        { by: 'mike', text: first?.text ?? '' },
        { by: 'visitor', text: said[1] ?? '' },
        { by: 'mike', text: farewell },
      ],
    },
  };
}
