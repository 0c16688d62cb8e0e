import type { Strings } from './types.js';

/** What the greeting says, in every language we speak: it stands in the first paint, and cannot wait for one. */
const en = {
  'greeting.known': 'Welcome back, {name}.',
  'greeting.resume': 'Pick up where we left off',
  'greeting.helper': 'You talked with {helper} {when}.',
  'greeting.topic': 'You talked with {helper} {when} about {topic}.',
  'greeting.assistant': 'our assistant',
  'greeting.us': 'us',
  'greeting.notMe': 'Not {name}?',
};

const de: Strings<typeof en> = {
  'greeting.known': 'Willkommen zurück, {name}.',
  'greeting.resume': 'Weiter, wo wir aufgehört haben',
  'greeting.helper': 'Sie haben {when} mit {helper} gesprochen.',
  'greeting.topic': 'Sie haben {when} mit {helper} gesprochen. Thema: {topic}.',
  'greeting.assistant': 'unserer digitalen Assistenz',
  'greeting.us': 'uns',
  'greeting.notMe': 'Nicht {name}?',
};

const ar: Strings<typeof en> = {
  'greeting.known': 'أهلًا بعودتك، {name}.',
  'greeting.resume': 'المتابعة من حيث توقفنا',
  'greeting.helper': 'كان حديثك مع {helper} {when}.',
  'greeting.topic': 'كان حديثك مع {helper} {when} عن: {topic}.',
  'greeting.assistant': 'مساعدنا الآلي',
  'greeting.us': 'فريقنا',
  'greeting.notMe': 'لست {name}؟',
};

export const greeting = { en, de, ar };
