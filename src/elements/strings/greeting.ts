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
  wrongPerson:
    'Sorry. That wasn’t meant for you. We have put it away, and nothing you do now is added to it.',
  'wrongPerson.deleted': 'It is deleted after 30 days.',
  'wrongPerson.back': 'It comes back when its owner signs in, or is deleted after 30 days.',
};

const de: Strings<typeof en> = {
  'greeting.known': 'Willkommen zurück, {name}.',
  'greeting.resume': 'Weiter, wo wir aufgehört haben',
  'greeting.helper': 'Sie haben {when} mit {helper} gesprochen.',
  'greeting.topic': 'Sie haben {when} mit {helper} gesprochen. Thema: {topic}.',
  'greeting.assistant': 'unserer digitalen Assistenz',
  'greeting.us': 'uns',
  'greeting.notMe': 'Nicht {name}?',
  wrongPerson:
    'Verzeihung. Das war nicht für Sie bestimmt. Wir haben es weggelegt, und nichts, was Sie jetzt tun, kommt hinzu.',
  'wrongPerson.deleted': 'Es wird nach 30 Tagen gelöscht.',
  'wrongPerson.back': 'Es kommt zurück, wenn sich anmeldet, wem es gehört, oder wird nach 30 Tagen gelöscht.',
};

const ar: Strings<typeof en> = {
  'greeting.known': 'أهلًا بعودتك، {name}.',
  'greeting.resume': 'المتابعة من حيث توقفنا',
  'greeting.helper': 'كان حديثك مع {helper} {when}.',
  'greeting.topic': 'كان حديثك مع {helper} {when} عن: {topic}.',
  'greeting.assistant': 'مساعدنا الآلي',
  'greeting.us': 'فريقنا',
  'greeting.notMe': 'لست {name}؟',
  wrongPerson: 'عذرًا، لم يكن هذا لك. لقد وضعناه جانبًا، ولن يُضاف إليه أي شيء من الآن.',
  'wrongPerson.deleted': 'سيُحذف بعد 30 يومًا.',
  'wrongPerson.back': 'يعود عند تسجيل دخول صاحبه، وإلا فيُحذف بعد 30 يومًا.',
};

export const greeting = { en, de, ar };
