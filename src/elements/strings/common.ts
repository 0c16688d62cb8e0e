/** Said by the center and by `memory-consent`; not read out of a table, or a bundler would keep that whole. */
export const BLOCKED_EN =
  'Your browser lets us keep nothing at the moment. Everything works; what you say now may be forgotten when you leave.';
export const BLOCKED_DE =
  'Ihr Browser lässt uns gerade nichts behalten. Alles funktioniert; was Sie jetzt sagen, ist danach vielleicht vergessen.';
export const BLOCKED_AR =
  'متصفحك لا يسمح لنا بحفظ أي شيء الآن. كل شيء يعمل، وقد يُنسى ما يُقال الآن بعد هذه الزيارة.';
