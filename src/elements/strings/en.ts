import type { Strings } from './types.js';

/** What people read, in English. Each element imports its own table, so that a page pays for no other. */
// Said by several elements; not read out of another table, or a bundler would keep that whole.
const ASSISTANT = 'our assistant';
const US = 'us';
const BLOCKED =
  'Your browser lets us keep nothing after this visit. Everything works; next time you will be new to us.';

export const consent = {
  'consent.device': 'Remember me on this device',
  'consent.device.hint':
    'Your name, your choices and our conversations, so you don’t have to say them twice. See or delete them any time.',
  'consent.purposes': 'For this only: {purposes}.',
  'consent.granted': 'Remembered from now on. Untick it and we forget.',
  'consent.refuse': 'No thanks',
  'consent.refused':
    'All right. This visit is forgotten when you close the tab. We won’t ask again for six months.',
  'consent.failed': 'That did not work. Nothing was changed.',
  'storage.blocked': BLOCKED,
};

export const conversations = {
  'conversations.count': { one: '{n} earlier conversation', other: '{n} earlier conversations' },
  'conversations.some': 'Earlier conversations',
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
  'conversations.failed': 'That could not be read. Try again.',
  'speaker.visitor': 'You',
  'speaker.assistant': 'Our assistant',
  'speaker.us': 'Us',
};

export const center = {
  'center.title': 'What we remember about you',
  'center.empty': 'Nothing.',
  'center.conversations': 'Conversations',
  'center.untitled': 'Conversation',
  'center.with': 'With {helper}, {date}.',
  'center.identity.name': 'Your name',
  'center.identity.email': 'E-mail',
  'center.identity.phone': 'Phone',
  'center.identity.language': 'Language',
  'center.identity.timeZone': 'Time zone',
  'center.identity.company': 'Company',
  'center.address': 'Address',
  'center.address.home': 'Home address',
  'center.address.work': 'Work address',
  'center.address.named': 'Address: {label}',
  'center.why.stated': 'You told us, {date}, on {page}.',
  'center.why.told': 'You told us, {date}.',
  'center.why.relayed': '{helper} wrote it down for you, {date}. Right?',
  'center.why.verified': 'From your account, {date}.',
  'center.why.recorded': 'From our own records.',
  'center.why.agent': '{helper} noted it, {date}.',
  'center.why.noted': 'We noted it, {date}.',
  'center.why.observed': 'From what you chose, {date}.',
  'center.why.inferred': 'We guessed this. Tell us if it’s wrong.',
  'center.because': 'Because: {why}.',
  'center.until': 'Kept until {date}.',
  'center.reconfirm': 'Something newer disagrees. Is this still right?',
  'center.right': 'That’s right',
  'center.more': 'Show more',
  'center.correct': 'Change',
  'center.forgetOne': 'Forget this',
  'center.forgetAll': 'Forget me',
  'center.copy': 'Take a copy',
  'center.failed': 'That did not work. Nothing was changed.',
  'kept.title': 'What this browser keeps of you',
  'kept.page': 'Nothing. It is forgotten when you leave this page.',
  'kept.visit': 'Only this visit. It is forgotten when you close the tab.',
  'kept.device': 'What you see here stays on this device until you forget it.',
  'kept.aside': 'Somebody else’s memory was put away here. It is deleted after 30 days.',
  'kept.refused': 'You said no on {date}. We won’t ask again before {until}.',
  'kept.grant': 'Remember me on this device',
  'kept.withdraw': 'Don’t remember me on this device',
  'storage.blocked': BLOCKED,
  'speaker.assistant': 'Our assistant',
  'greeting.assistant': ASSISTANT,
  'greeting.us': US,
};

/** What the center says from the first press on. */
export const acts = {
  'center.corrected': 'Changed, {time}.',
  'center.confirmed': 'Thank you. Noted, {time}.',
  'center.keep': 'Keep',
  'center.things': { one: '{n} thing', other: '{n} things' },
  'center.talks': { one: '{n} conversation', other: '{n} conversations' },
  'forgetAll.confirm': 'Forget {list}? This cannot be undone.',
  'withdraw.confirm': 'Forget {list} on this device and remember nothing from now on? This cannot be undone.',
  'center.copyFirst': 'Take a copy first',
  'center.copied': 'The copy is in your downloads.',
  'receipt.device': 'Gone from this device, {time}.',
  'center.correct.label': 'New value',
  'center.correct.save': 'Save',
  'center.correct.cancel': 'Leave it',
  'center.correct.unfit': 'That does not fit here. Try another.',
  'field.given': 'Given name',
  'field.family': 'Family name',
  'field.full': 'Full name',
  'field.preferred': 'What to call you',
  'field.name': 'For whom',
  'field.organization': 'Company',
  'field.streetAddress': 'Street and number',
  'field.addressLine': 'Address, line {n}',
  'field.postalCode': 'Postcode',
  'field.addressLevel4': 'Quarter',
  'field.addressLevel3': 'District',
  'field.addressLevel2': 'Town',
  'field.addressLevel1': 'State or province',
  'field.country': 'Country',
  'field.phone': 'Phone',
  'field.instructions': 'How to find the door',
  'field.label': 'What you call this place',
};

/** What another language brings: all of it at once, when it is first spoken. */
export type Later = Strings<typeof consent & typeof conversations & typeof center & typeof acts>;
