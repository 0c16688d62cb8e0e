import type { Strings } from '../strings.js';
import type * as en from './en.js';

/** What people read, in Arabic: phrased with verbal nouns, so that nobody's gender is assumed. */
// Said by several elements; not read out of another table, or a bundler would keep that whole.
const ASSISTANT = 'مساعدنا الآلي';
const US = 'فريقنا';
const BLOCKED = 'متصفحك لا يسمح لنا بحفظ أي شيء بعد هذه الزيارة. كل شيء يعمل، وفي المرة القادمة لن نعرفك.';

export const greeting: Strings<typeof en.greeting> = {
  'greeting.known': 'أهلًا بعودتك، {name}.',
  'greeting.resume': 'المتابعة من حيث توقفنا',
  'greeting.helper': 'كان حديثك مع {helper} {when}.',
  'greeting.topic': 'كان حديثك مع {helper} {when} عن: {topic}.',
  'greeting.assistant': ASSISTANT,
  'greeting.us': US,
  'greeting.notMe': 'لست {name}؟',
  wrongPerson: 'عذرًا، لم يكن هذا لك. لقد وضعناه جانبًا، ولن يُضاف إليه أي شيء من الآن.',
};

export const consent: Strings<typeof en.consent> = {
  'consent.device': 'تذكُّري على هذا الجهاز',
  'consent.device.hint':
    'اسمك واختياراتك ومحادثاتنا، كي لا تُضطر إلى قولها مرتين. يمكن الاطلاع عليها أو حذفها في أي وقت.',
  'consent.purposes': 'لهذا الغرض فقط: {purposes}.',
  'consent.granted': 'سنتذكر من الآن. أزل العلامة فننسى.',
  'consent.refuse': 'لا، شكرًا',
  'consent.refused': 'حسنًا. تُنسى هذه الزيارة عند إغلاق علامة التبويب. لن نسأل مجددًا قبل ستة أشهر.',
  'consent.failed': 'لم ينجح ذلك. لم يتغير شيء.',
  'storage.blocked': BLOCKED,
};

export const conversations: Strings<typeof en.conversations> = {
  'conversations.count': {
    zero: 'لا محادثات سابقة',
    one: 'محادثة سابقة واحدة',
    two: 'محادثتان سابقتان',
    few: '{n} محادثات سابقة',
    many: '{n} محادثة سابقة',
    other: '{n} محادثة سابقة',
  },
  'conversations.some': 'محادثات سابقة',
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
  'conversations.failed': 'تعذرت القراءة. يرجى المحاولة مرة أخرى.',
  'speaker.visitor': 'أنت',
  'speaker.assistant': 'مساعدنا الآلي',
  'speaker.us': 'فريقنا',
};

export const center: Strings<typeof en.center> = {
  'center.title': 'ما نتذكره عنك',
  'center.empty': 'لا شيء.',
  'center.facts': 'عنك',
  'center.conversations': 'المحادثات',
  'center.untitled': 'محادثة',
  'center.with': 'مع {helper}، {date}.',
  'center.began': 'بدأت في {date}.',
  'center.why.stated': 'هذا من قولك، {date}، في صفحة {page}.',
  'center.why.told': 'هذا من قولك، {date}.',
  'center.why.relayed': 'دوّنه لك {helper}، {date}. هل هذا صحيح؟',
  'center.why.verified': 'من حسابك، {date}.',
  'center.why.recorded': 'من سجلاتنا.',
  'center.why.agent': 'ملاحظة من {helper}، {date}.',
  'center.why.observed': 'مما وقع عليه اختيارك، {date}.',
  'center.why.inferred': 'هذا تخمين منا. يرجى إخبارنا إن كان خطأ.',
  'center.because': 'السبب: {why}.',
  'center.until': 'يُحفظ حتى {date}.',
  'center.reconfirm': 'هناك ما هو أحدث ويخالف هذا. هل ما زال صحيحًا؟',
  'center.right': 'ما زال صحيحًا',
  'center.correct': 'تغيير',
  'center.correct.label': 'القيمة الجديدة',
  'center.correct.save': 'حفظ',
  'center.correct.cancel': 'إبقاؤه كما هو',
  'center.correct.unfit': 'هذا لا يصلح هنا. يرجى تجربة قيمة أخرى.',
  'center.corrected': 'تغيّر في {time}.',
  'center.confirmed': 'شكرًا. سُجّل في {time}.',
  'center.forgetOne': 'نسيان هذا',
  'center.forgetAll': 'نسياني',
  'center.keep': 'إبقاء',
  'center.things': {
    zero: 'لا معلومات',
    one: 'معلومة واحدة',
    two: 'معلومتان',
    few: '{n} معلومات',
    many: '{n} معلومة',
    other: '{n} معلومة',
  },
  'center.talks': {
    zero: 'لا محادثات',
    one: 'محادثة واحدة',
    two: 'محادثتان',
    few: '{n} محادثات',
    many: '{n} محادثة',
    other: '{n} محادثة',
  },
  'forgetAll.confirm': 'سيُنسى: {list}. لا يمكن التراجع عن ذلك. هل نتابع؟',
  'withdraw.confirm': 'سيُنسى من هذا الجهاز: {list}، ولن يُحفظ شيء من الآن. لا يمكن التراجع عن ذلك. هل نتابع؟',
  'center.copy': 'أخذ نسخة',
  'center.copyFirst': 'أخذ نسخة أولًا',
  'center.copied': 'النسخة في مجلد التنزيلات.',
  'center.failed': 'لم ينجح ذلك. لم يتغير شيء.',
  'receipt.device': 'زال من هذا الجهاز في {time}.',
  'kept.title': 'ما يحفظه هذا المتصفح',
  'kept.page': 'لا شيء. يُنسى كل شيء عند مغادرة هذه الصفحة.',
  'kept.visit': 'هذه الزيارة فقط. تُنسى عند إغلاق علامة التبويب.',
  'kept.device': 'ما يظهر هنا يبقى على هذا الجهاز إلى أن تطلب نسيانه.',
  'kept.refused': 'كان جوابك بالرفض في {date}. لن نسأل مجددًا قبل {until}.',
  'kept.grant': 'تذكُّري على هذا الجهاز',
  'kept.withdraw': 'عدم تذكُّري على هذا الجهاز',
  'storage.blocked': BLOCKED,
  'greeting.assistant': ASSISTANT,
  'greeting.us': US,
};
