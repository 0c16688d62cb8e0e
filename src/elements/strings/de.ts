import type { Strings } from '../strings.js';
import type * as en from './en.js';

/** What people read, in German: formal address, no gendered nouns. */
// Said by several elements; not read out of another table, or a bundler would keep that whole.
const ASSISTANT = 'unserer digitalen Assistenz';
const US = 'uns';
const BLOCKED =
  'Ihr Browser lässt uns nach diesem Besuch nichts behalten. Alles funktioniert; beim nächsten Mal sind Sie für uns neu.';

export const greeting: Strings<typeof en.greeting> = {
  'greeting.known': 'Willkommen zurück, {name}.',
  'greeting.resume': 'Weiter, wo wir aufgehört haben',
  'greeting.helper': 'Sie haben {when} mit {helper} gesprochen.',
  'greeting.topic': 'Sie haben {when} mit {helper} gesprochen. Thema: {topic}.',
  'greeting.assistant': ASSISTANT,
  'greeting.us': US,
  'greeting.notMe': 'Nicht {name}?',
  wrongPerson:
    'Verzeihung. Das war nicht für Sie bestimmt. Wir haben es weggelegt, und nichts, was Sie jetzt tun, kommt hinzu.',
};

export const consent: Strings<typeof en.consent> = {
  'consent.device': 'Auf diesem Gerät an mich erinnern',
  'consent.device.hint':
    'Ihr Name, Ihre Auswahl und unsere Gespräche, damit Sie nichts zweimal sagen müssen. Jederzeit einsehbar und löschbar.',
  'consent.purposes': 'Nur dafür: {purposes}.',
  'consent.granted': 'Ab jetzt erinnern wir uns. Ohne Häkchen vergessen wir alles.',
  'consent.refuse': 'Nein danke',
  'consent.refused':
    'In Ordnung. Dieser Besuch ist vergessen, sobald Sie den Tab schließen. Wir fragen sechs Monate lang nicht mehr.',
  'consent.failed': 'Das hat nicht geklappt. Es wurde nichts geändert.',
  'storage.blocked': BLOCKED,
};

export const conversations: Strings<typeof en.conversations> = {
  'conversations.count': { one: '{n} früheres Gespräch', other: '{n} frühere Gespräche' },
  'conversations.some': 'Frühere Gespräche',
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
  'conversations.failed': 'Das ließ sich nicht lesen. Bitte noch einmal versuchen.',
  'speaker.visitor': 'Sie',
  'speaker.assistant': 'Unsere digitale Assistenz',
  'speaker.us': 'Wir',
};

export const center: Strings<typeof en.center> = {
  'center.title': 'Was wir über Sie wissen',
  'center.empty': 'Nichts.',
  'center.conversations': 'Gespräche',
  'center.untitled': 'Gespräch',
  'center.with': 'Mit {helper}, {date}.',
  'center.began': 'Begonnen am {date}.',
  'center.identity.name': 'Ihr Name',
  'center.identity.email': 'E-Mail',
  'center.identity.phone': 'Telefon',
  'center.identity.language': 'Sprache',
  'center.identity.timeZone': 'Zeitzone',
  'center.identity.company': 'Firma',
  'center.address': 'Anschrift',
  'center.address.home': 'Privatanschrift',
  'center.address.work': 'Anschrift der Arbeit',
  'center.address.named': 'Anschrift: {label}',
  'center.why.stated': 'Von Ihnen, {date}, auf der Seite {page}.',
  'center.why.told': 'Von Ihnen, {date}.',
  'center.why.relayed': '{helper} hat es für Sie aufgeschrieben, {date}. Richtig?',
  'center.why.verified': 'Aus Ihrem Konto, {date}.',
  'center.why.recorded': 'Aus unseren eigenen Unterlagen.',
  'center.why.agent': '{helper} hat es notiert, {date}.',
  'center.why.noted': 'Wir haben es notiert, {date}.',
  'center.why.observed': 'Aus Ihrer Auswahl, {date}.',
  'center.why.inferred': 'Das haben wir vermutet. Sagen Sie uns, wenn es nicht stimmt.',
  'center.because': 'Grund: {why}.',
  'center.until': 'Aufbewahrt bis {date}.',
  'center.reconfirm': 'Etwas Neueres widerspricht dem. Stimmt das noch?',
  'center.right': 'Stimmt',
  'center.more': 'Mehr anzeigen',
  'center.correct': 'Ändern',
  'center.correct.label': 'Neuer Wert',
  'center.correct.save': 'Speichern',
  'center.correct.cancel': 'So lassen',
  'center.correct.unfit': 'Das passt hier nicht. Bitte etwas anderes eingeben.',
  'center.corrected': 'Geändert um {time}.',
  'center.confirmed': 'Danke. Notiert um {time}.',
  'center.forgetOne': 'Das vergessen',
  'center.forgetAll': 'Mich vergessen',
  'center.keep': 'Behalten',
  'center.things': { one: '{n} Angabe', other: '{n} Angaben' },
  'center.talks': { one: '{n} Gespräch', other: '{n} Gespräche' },
  'forgetAll.confirm': '{list} vergessen? Das lässt sich nicht rückgängig machen.',
  'withdraw.confirm':
    '{list} auf diesem Gerät vergessen und ab jetzt nichts mehr behalten? Das lässt sich nicht rückgängig machen.',
  'center.copy': 'Eine Kopie mitnehmen',
  'center.copyFirst': 'Erst eine Kopie mitnehmen',
  'center.copied': 'Die Kopie liegt bei Ihren Downloads.',
  'center.failed': 'Das hat nicht geklappt. Es wurde nichts geändert.',
  'receipt.device': 'Von diesem Gerät gelöscht um {time}.',
  'kept.title': 'Was dieser Browser behält',
  'kept.page': 'Nichts. Es ist vergessen, sobald Sie diese Seite verlassen.',
  'kept.visit': 'Nur diesen Besuch. Er ist vergessen, sobald Sie den Tab schließen.',
  'kept.device': 'Was Sie hier sehen, bleibt auf diesem Gerät, bis Sie es löschen.',
  'kept.refused': 'Sie haben am {date} abgelehnt. Wir fragen nicht vor dem {until} wieder.',
  'kept.grant': 'Auf diesem Gerät an mich erinnern',
  'kept.withdraw': 'Auf diesem Gerät nicht mehr an mich erinnern',
  'storage.blocked': BLOCKED,
  'speaker.assistant': 'Unsere digitale Assistenz',
  'greeting.assistant': ASSISTANT,
  'greeting.us': US,
};
