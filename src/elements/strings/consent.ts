import { BLOCKED_AR, BLOCKED_DE, BLOCKED_EN } from './common.js';
import type { Strings } from './types.js';

/** What `memory-consent` says, in every language we speak. */
const en = {
  'consent.device': 'Remember me on this device',
  'consent.device.hint':
    'Your name, your choices and our conversations, so you don’t have to say them twice. See or delete them any time.',
  'consent.purposes': 'For this only: {purposes}.',
  'consent.granted': 'Remembered from now on. Untick it and we forget.',
  'consent.refuse': 'No thanks',
  'consent.refused':
    'All right. This visit is forgotten when you close the tab. We won’t ask again for six months.',
  'consent.later': 'That could not be done yet. It is done on your next visit.',
  'consent.failed': 'That did not work. Nothing was changed.',
  'storage.blocked': BLOCKED_EN,
};

const de: Strings<typeof en> = {
  'consent.device': 'Auf diesem Gerät an mich erinnern',
  'consent.device.hint':
    'Ihr Name, Ihre Auswahl und unsere Gespräche, damit Sie nichts zweimal sagen müssen. Jederzeit einsehbar und löschbar.',
  'consent.purposes': 'Nur dafür: {purposes}.',
  'consent.granted': 'Ab jetzt erinnern wir uns. Ohne Häkchen vergessen wir alles.',
  'consent.refuse': 'Nein danke',
  'consent.refused':
    'In Ordnung. Dieser Besuch ist vergessen, sobald Sie den Tab schließen. Wir fragen sechs Monate lang nicht mehr.',
  'consent.later': 'Das ging noch nicht. Es wird bei Ihrem nächsten Besuch erledigt.',
  'consent.failed': 'Das hat nicht geklappt. Es wurde nichts geändert.',
  'storage.blocked': BLOCKED_DE,
};

const ar: Strings<typeof en> = {
  'consent.device': 'تذكُّري على هذا الجهاز',
  'consent.device.hint':
    'اسمك واختياراتك ومحادثاتنا، كي لا تُضطر إلى قولها مرتين. يمكن الاطلاع عليها أو حذفها في أي وقت.',
  'consent.purposes': 'لهذا الغرض فقط: {purposes}.',
  'consent.granted': 'سنتذكر من الآن. أزل العلامة فننسى.',
  'consent.refuse': 'لا، شكرًا',
  'consent.refused': 'حسنًا. تُنسى هذه الزيارة عند إغلاق علامة التبويب. لن نسأل مجددًا قبل ستة أشهر.',
  'consent.later': 'لم ينجح ذلك بعد. سيتم في زيارتك القادمة.',
  'consent.failed': 'لم ينجح ذلك. لم يتغير شيء.',
  'storage.blocked': BLOCKED_AR,
};

export const consent = { en, de, ar };
