/** What `memory-conversations` says before its button is pressed. */
export const conversations = {
  'conversations.count': { one: '{n} earlier conversation', other: '{n} earlier conversations' },
  'conversations.some': 'Earlier conversations',
  'conversations.failed': 'That could not be read. Try again.',
};
