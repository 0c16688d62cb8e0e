import type { Strings } from './types.js';

/** What is said to somebody who was taken for another, in every language we speak. */
const en = {
  wrongPerson:
    'Sorry. That wasn’t meant for you. We have put it away, and nothing you do now is added to it.',
  'wrongPerson.deleted': 'It is deleted after 30 days.',
  'wrongPerson.back': 'It comes back when its owner signs in, or is deleted after 30 days.',
};

const de: Strings<typeof en> = {
  wrongPerson:
    'Verzeihung. Das war nicht für Sie bestimmt. Wir haben es weggelegt, und nichts, was Sie jetzt tun, kommt hinzu.',
  'wrongPerson.deleted': 'Es wird nach 30 Tagen gelöscht.',
  'wrongPerson.back': 'Es kommt zurück, wenn sich anmeldet, wem es gehört, oder wird nach 30 Tagen gelöscht.',
};

const ar: Strings<typeof en> = {
  wrongPerson: 'عذرًا، لم يكن هذا لك. لقد وضعناه جانبًا، ولن يُضاف إليه أي شيء من الآن.',
  'wrongPerson.deleted': 'سيُحذف بعد 30 يومًا.',
  'wrongPerson.back': 'يعود عند تسجيل دخول صاحبه، وإلا فيُحذف بعد 30 يومًا.',
};

export const apology = { en, de, ar };
