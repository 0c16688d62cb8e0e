import type { Strings } from './types.js';

/** What is said of conversations once their button was pressed, in every language we speak. */
const en = {
  'conversations.untitled': 'Conversation',
  'conversations.open': 'Open',
  'conversations.ended': 'Ended',
  'conversations.outcome.solved': 'Solved',
  'conversations.outcome.unsolved': 'Not solved',
  'conversations.more': 'Show more',
  'conversations.back': 'All conversations',
  'conversations.earlier': 'Show earlier messages',
  'conversations.silent': 'Nothing was said.',
  'conversations.note': 'Note by {helper}',
  'conversations.masked': 'A card number in it was not kept.',
  'speaker.visitor': 'You',
  'speaker.assistant': 'Our assistant',
  'speaker.us': 'Us',
};

const de: Strings<typeof en> = {
  'conversations.untitled': 'Gespräch',
  'conversations.open': 'Offen',
  'conversations.ended': 'Beendet',
  'conversations.outcome.solved': 'Gelöst',
  'conversations.outcome.unsolved': 'Nicht gelöst',
  'conversations.more': 'Mehr anzeigen',
  'conversations.back': 'Alle Gespräche',
  'conversations.earlier': 'Frühere Nachrichten anzeigen',
  'conversations.silent': 'Es wurde nichts gesagt.',
  'conversations.note': 'Notiz von {helper}',
  'conversations.masked': 'Eine Kartennummer darin wurde nicht aufbewahrt.',
  'speaker.visitor': 'Sie',
  'speaker.assistant': 'Unsere digitale Assistenz',
  'speaker.us': 'Wir',
};

const ar: Strings<typeof en> = {
  'conversations.untitled': 'محادثة',
  'conversations.open': 'مفتوحة',
  'conversations.ended': 'منتهية',
  'conversations.outcome.solved': 'حُلّت',
  'conversations.outcome.unsolved': 'لم تُحل',
  'conversations.more': 'عرض المزيد',
  'conversations.back': 'كل المحادثات',
  'conversations.earlier': 'عرض رسائل أقدم',
  'conversations.silent': 'لم يُقل شيء.',
  'conversations.note': 'ملاحظة من {helper}',
  'conversations.masked': 'لم يُحفظ رقم بطاقة كان فيها.',
  'speaker.visitor': 'أنت',
  'speaker.assistant': 'مساعدنا الآلي',
  'speaker.us': 'فريقنا',
};

export const list = { en, de, ar };
