/**
 * What is never stored: card numbers, passwords, one-time codes. Names are compared word by word, so `pin`, `userPIN`
 * and `card-number` are refused and `spinach`, `opinion` and `shippingPoint` are not. Nothing here repeats the secret.
 */
import type { Json, Key } from './entry.js';
import { pathOf } from './json.js';
import type { ShapeProblem } from './shape.js';

/** Where a fact holds what is never stored, or undefined. `identity.phone` may have as many digits as it likes. */
export function secretIn(key: Key, value: Json): ShapeProblem | undefined {
  const [, ...names] = key.split('.');
  return names.some(isSecretName) ? problem([], NAME) : secretWithin(value, key !== 'identity.phone', []);
}

/** The text with the digits of each card number replaced by •: messages are masked, never refused. */
export function maskCards(text: string): { text: string; masked: boolean } {
  const masked = text.replace(runs(), (whole, run?: string) => (run ? maskRun(run) : whole));
  return { text: masked, masked: masked !== text };
}

const NAME = 'this is the name of a secret';
const CARD = 'this is a card number';

function secretWithin(
  value: Json,
  cards: boolean,
  at: readonly (string | number)[],
): ShapeProblem | undefined {
  if (typeof value !== 'object' || value === null)
    return cards && hasCard(String(value)) ? problem(at, CARD) : undefined;
  for (const [name, field] of Object.entries(value)) {
    const here = [...at, Array.isArray(value) ? Number(name) : name];
    if (isSecretName(name)) return problem(here, NAME);
    if (hasCard(name)) return problem(at, CARD);
    const within = secretWithin(field, cards, here);
    if (within) return within;
  }
  return undefined;
}

function hasCard(text: string): boolean {
  return maskCards(text).masked;
}

function problem(at: readonly (string | number)[], reason: string): ShapeProblem {
  return { path: pathOf(at), reason };
}

function isSecretName(name: string): boolean {
  const words = name.normalize('NFC').match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}\p{M}]+/gu) ?? [];
  return SECRET.test(words.join(' ').toLowerCase());
}

/** By language, the words of a name in lower case; those with a blank between them may run together. */
const SECRET = new RegExp(
  `(^| )(${[
    'pass ?(words?|code|phrase|wd)|pwd|pin(code)?|cv[cnv]|csc|t?otp|iban|ssn|social ?security ?number',
    '(card|cc) ?(number|no|code|exp)|(credit|debit) ?card|bank ?account ?number',
    '(one ?time|verification|recovery|security) ?code|(private|secret|api) ?key|client ?secret|(access|refresh) ?token',
    '(pass|kenn)wort|kredit ?karte(n ?nummer)?|karten ?(prüf ?)?nummer|prüf ?nummer|sicherheits ?code',
    'mot ?de ?passe|mdp|n[uú]m[eé]ro ?de ?(carte|tarjeta)|carte ?bancaire|contrase[nñ]a|senha|parola|wachtwoord|has[lł]o',
    'пароль|密码|パスワード|비밀번호|كلمة ?(المرور|السر)|رقم ?البطاقة',
  ].join('|')})( |$)`,
);

/** Up to three blanks, dashes or invisible characters may stand between two digits. A UUID is read first, and past: it may be all digits and is no card. Made when it is needed: that reads Unicode’s tables, for which no start should wait. */
const runs = (): RegExp =>
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(\p{Nd}(?:[\t\p{Zs}\p{Cf}\p{Pd}]{0,3}\p{Nd}){12,})/giu;

const DIGIT = /\p{Nd}/gu;

/** Masks those groups of digits that make up a card number; "call 555 4111 1111 1111 1111" keeps its 555. */
function maskRun(run: string): string {
  const parts = run.split(/(\p{Nd}+)/u);
  // Every second part is digits, the others stand between them.
  const digits = parts.map((part, i) => (i % 2 ? part.replace(DIGIT, digitOf) : ''));
  let last = -1;
  return parts
    .map((part, from) => {
      let number = '';
      for (let to = from; to < parts.length && number.length < 19; to++) {
        number += digits[to];
        if (isCard(number)) last = Math.max(last, to);
      }
      return from > last ? part : part.replace(DIGIT, '•');
    })
    .join('');
}

/** As issuers begin them and as long as they make them: Visa, American Express, Diners Club, Maestro, and all others. */
const ISSUED =
  /^(4\d{12}(\d{3}){0,2}|3[47]\d{13}|3[0689]\d{12,17}|(5[08]|6[37])\d{11,17}|(2[2-7]|35|5[0-58]|6[0-57]|8[12]|97)\d{14,17})$/;

/** Whether an issuer has such numbers and the check digit fits: from the right every second digit doubled, nines cast out, a multiple of ten. */
function isCard(number: string): boolean {
  if (!ISSUED.test(number)) return false;
  let sum = 0;
  for (let i = 1; i <= number.length; i++) {
    const digit = Number(number.at(-i)) * (2 - (i % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** What a decimal digit of any script stands for: the zeros of Unicode end in 0, those of the Indic scripts in 6. */
function digitOf(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  return String((code & 15) - (code >= 0x900 && code < 0xe00 ? 6 : 0));
}
