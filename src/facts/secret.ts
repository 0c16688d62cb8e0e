/**
 * What is never stored: card numbers, passwords, one-time codes. Names are compared word by word, so `pin`, `userPIN`
 * and `card-number` are refused and `spinach`, `opinion` and `shippingPoint` are not. Nothing here repeats the secret.
 */
import type { Json, Key } from './entry.js';
import { pathOf } from './json.js';

export interface SecretProblem {
  /** Where inside the value; empty for the key or the value itself. */
  readonly path: string;
  readonly reason: string;
}

/** Where a fact holds what is never stored, or undefined. `identity.phone` may have as many digits as it likes. */
export function secretIn(key: Key, value: Json): SecretProblem | undefined {
  if (key.split('.').slice(1).some(isSecretName))
    return { path: '', reason: 'its name is that of a secret, and secrets are never stored' };
  return secretWithin(value, key !== 'identity.phone', []);
}

/** The text with the digits of each card number replaced by •: messages are masked, never refused. */
export function maskCards(text: string): { text: string; masked: boolean } {
  const masked = text.replace(RUN, (whole, run?: string) => (run === undefined ? whole : maskRun(run)));
  return { text: masked, masked: masked !== text };
}

function secretWithin(
  value: Json,
  cards: boolean,
  at: readonly (string | number)[],
): SecretProblem | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return cards && maskCards(String(value)).masked
      ? { path: pathOf(at), reason: 'it holds a card number, and those are never stored' }
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, field] of Object.entries(value)) {
    const here = [...at, Array.isArray(value) ? Number(name) : name];
    if (!Array.isArray(value)) {
      if (isSecretName(name))
        return { path: pathOf(here), reason: 'its name is that of a secret, and secrets are never stored' };
      if (maskCards(name).masked)
        return {
          path: pathOf(at),
          reason: 'a field is named with a card number, and those are never stored',
        };
    }
    const problem = secretWithin(field, cards, here);
    if (problem) return problem;
  }
  return undefined;
}

/** Spelled as the words of a name run together, in lower case. */
const SECRET_NAMES = new Set(
  (
    'password passwords passwd pwd passcode passphrase pin pincode cvc cvv cvn csc otp totp iban ssn socialsecuritynumber ' +
    'cardnumber cardno creditcard debitcard cardcode securitycode ccnumber cccsc ccexp bankaccountnumber ' +
    'onetimecode verificationcode recoverycode privatekey secretkey apikey clientsecret accesstoken refreshtoken ' +
    'passwort kennwort kartennummer kreditkarte kreditkartennummer prüfnummer kartenprüfnummer sicherheitscode ' +
    'motdepasse mdp numérodecarte numerodecarte cartebancaire contraseña contrasena númerodetarjeta numerodetarjeta ' +
    'senha wachtwoord parola hasło пароль 密码 パスワード 비밀번호 كلمةالمرور كلمةالسر رقمالبطاقة'
  ).split(' '),
);

function isSecretName(name: string): boolean {
  const words = name.normalize('NFC').match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lo}\p{Lm}\p{M}]+/gu) ?? [];
  return words.some((_, from) => {
    let run = '';
    return words.slice(from, from + 4).some((word) => SECRET_NAMES.has((run += word.toLowerCase())));
  });
}

/** Card numbers by the digits that issuers begin with, and how many follow. */
const ISSUED = new RegExp(
  '^(?:' +
    [
      '4(?:\\d{12}|\\d{15}|\\d{18})', // Visa
      '(?:5[1-5]\\d\\d|222[1-9]|22[3-9]\\d|2[3-6]\\d\\d|27[01]\\d|2720)\\d{12}', // Mastercard
      '3[47]\\d{13}', // American Express
      '(?:6011|64[4-9]\\d|65\\d\\d|62\\d\\d|8[12]\\d\\d|35(?:2[89]|[3-8]\\d)|220[0-4])\\d{12,15}', // Discover, UnionPay, RuPay, JCB, Mir
      '3(?:0[0-5]|095|[689]\\d)\\d{11,16}', // Diners Club
      '(?:50(?:18|20|38)|5893|6304|6759|676[1-3])\\d{9,15}', // Maestro
      '(?:508\\d|60\\d\\d|9792)\\d{12}', // RuPay, Troy
    ].join('|') +
    ')$',
);

// A UUID is read first, and past: it may be all digits and is no card. Digits may have up to three spaces or dashes between them.
const RUN =
  /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(\p{Nd}(?:[ \t\u00a0\u00ad\u2000-\u200f\u202f\p{Pd}]{0,3}\p{Nd}){12,})/giu;

/** Masks those groups of digits that make up a card number; "call 555 4111 1111 1111 1111" keeps its 555. */
function maskRun(run: string): string {
  const groups = [...run.matchAll(/\p{Nd}+/gu)].map(({ 0: digits, index }) => ({ digits, index }));
  let masked = '';
  let end = 0;
  groups.forEach(({ index }, from) => {
    const until = cardFrom(groups, from);
    if (until <= end) return;
    masked +=
      run.slice(end, Math.max(end, index)) + run.slice(Math.max(end, index), until).replace(/\p{Nd}/gu, '•');
    end = until;
  });
  return masked + run.slice(end);
}

/** Where the longest card number ends that begins with this group; 0 when none does. */
function cardFrom(
  groups: readonly { readonly digits: string; readonly index: number }[],
  from: number,
): number {
  let number = '';
  let end = 0;
  for (let i = from; i < groups.length && number.length < 19; i++) {
    const { digits, index } = groups[i] as (typeof groups)[number];
    if (digits.length > 19) break;
    number += Array.from(digits, digitOf).join('');
    if (isCard(number)) end = index + digits.length;
  }
  return end;
}

function isCard(digits: string): boolean {
  return ISSUED.test(digits) && luhn(digits);
}

/** Whether the check digit fits: from the right, every second digit doubled, all digits of the results added up to a multiple of ten. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]) * (1 + (i % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** The digit that a decimal digit of any script stands for: the zeros of Unicode end in 0, those of the Indic scripts in 6. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  return (code & 15) - (code >= 0x900 && code < 0xe00 ? 6 : 0);
}
