/** What is said of conversations once their button was pressed. */
export const list = {
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
