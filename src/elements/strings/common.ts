/** Said by the center and by `memory-consent`; not read out of a table, or a bundler would keep that whole. */
export const BLOCKED_EN =
  'Your browser lets us keep nothing after this visit. Everything works; next time you will be new to us.';
export const BLOCKED_DE =
  'Ihr Browser lässt uns nach diesem Besuch nichts behalten. Alles funktioniert; beim nächsten Mal sind Sie für uns neu.';
export const BLOCKED_AR =
  'متصفحك لا يسمح لنا بحفظ أي شيء بعد هذه الزيارة. كل شيء يعمل، وفي المرة القادمة لن نعرفك.';
