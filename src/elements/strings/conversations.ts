import type { Strings } from './types.js';

/** What `memory-conversations` says before its button is pressed, in every language we speak. */
const en = {
  'conversations.count': { one: '{n} earlier conversation', other: '{n} earlier conversations' },
  'conversations.some': 'Earlier conversations',
  'conversations.failed': 'That could not be read. Try again.',
};

const de: Strings<typeof en> = {
  'conversations.count': { one: '{n} früheres Gespräch', other: '{n} frühere Gespräche' },
  'conversations.some': 'Frühere Gespräche',
  'conversations.failed': 'Das ließ sich nicht lesen. Bitte noch einmal versuchen.',
};

const ar: Strings<typeof en> = {
  'conversations.count': {
    zero: 'لا محادثات سابقة',
    one: 'محادثة سابقة واحدة',
    two: 'محادثتان سابقتان',
    few: '{n} محادثات سابقة',
    many: '{n} محادثة سابقة',
    other: '{n} محادثة سابقة',
  },
  'conversations.some': 'محادثات سابقة',
  'conversations.failed': 'تعذرت القراءة. يرجى المحاولة مرة أخرى.',
};

export const conversations = { en, de, ar };
