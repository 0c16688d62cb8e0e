import { expect } from '@open-wc/testing';
import type { Json } from '../../src/facts/entry.js';
import { maskCards, secretIn } from '../../src/facts/secret.js';

/** Published test numbers: they pass Luhn and buy nothing. */
const CARDS = {
  Visa: '4111 1111 1111 1111',
  'Visa, 13 digits': '4222222222222',
  Mastercard: '5555-5555-5555-4444',
  'Mastercard, 2 series': '2223003122003222',
  'American Express': '3782 822463 10005',
  Discover: '6011111111111117',
  'Diners Club': '3056 9309 0259 04',
  JCB: '3530111333300000',
  UnionPay: '6200000000000005',
  Maestro: '6759649826438453',
};

const refused = (value: Json, key = 'preferences.note') => secretIn(key, value)?.path;

describe('Secrets', () => {
  it('are known by the last name of a key', () => {
    for (const name of [
      'password',
      'newPassword',
      'PIN',
      'userPIN',
      'pin',
      'card-number',
      'cardNumber',
      'cardnumber',
      'cvv2',
      'iban',
      'oneTimeCode',
      'Passwort',
      'haslo',
      'wachtwoord',
      'senha',
      'userPINCode',
      'motDePasse',
    ]) {
      expect(secretIn(`preferences.${name}`, 'x')?.path, name).to.equal('');
    }
  });

  it('are known by the names of fields, in the languages of their forms', () => {
    for (const name of [
      'cc-number',
      'one-time-code',
      'current-password',
      'credit card',
      'contraseña',
      'Kartennummer',
      'Kreditkarten-Nummer',
      'Kartenprüfnummer',
      'hasło',
      'parola',
      'numeroDeTarjeta',
      'numéro de carte',
      'كلمة المرور',
      '密码',
      'пароль',
    ]) {
      expect(refused({ a: [{ [name]: 'x' }] }), name).to.match(/^a\[0\]/);
    }
  });

  it('are not seen in words that only contain one', () => {
    for (const name of [
      'shippingPoint',
      'spinach',
      'opinion',
      'pinkShoes',
      'topinambur',
      'giftCard',
      'companion',
      'passport',
      'hoping',
      'cottonPants',
      'ibanez',
      'numberOfCards',
    ]) {
      expect(secretIn(`preferences.${name}`, { [name]: name }), name).to.equal(undefined);
    }
  });

  it('are card numbers in whatever string, number or name they stand', () => {
    for (const [issuer, number] of Object.entries(CARDS)) expect(refused(number), issuer).to.equal('');
    expect(refused({ a: ['please take 4111-1111-1111-1111, thanks'] })).to.equal('a[0]');
    expect(refused({ a: 4111111111111111 })).to.equal('a');
    expect(refused({ a: { '4111111111111111': true } })).to.equal('a');
    expect(refused('٤١١١ ١١١١ ١١١١ ١١١١')).to.equal('');
    expect(refused('４１１１１１１１１１１１１１１１')).to.equal('');
    expect(refused('4111\u00a01111\u00a01111\u00a01111')).to.equal('');
  });

  it('are not other long numbers', () => {
    const others = [
      '4111 1111 1111 1112',
      '1234567890128',
      '9876543210987654',
      '41111111111111111111',
      'IMEI 356938035643809',
      '0190aaaa-0000-7000-8123-412345678901',
    ];
    for (const other of others) expect(refused(other), other).to.equal(undefined);
    expect(refused(1_700_000_000_000)).to.equal(undefined);
  });

  it('may be as many digits as they like in a telephone number, and nowhere else', () => {
    expect(refused('4111111111111111', 'identity.phone')).to.equal(undefined);
    expect(refused({ phone: '4111111111111111' }, 'identity.addresses.home')).to.equal('phone');
  });

  it('are never repeated in what is said about them', () => {
    expect(
      JSON.stringify(secretIn('preferences.note', { '4111111111111111': '5555555555554444' })),
    ).not.to.match(/4111|5555/);
  });
});

describe('Messages', () => {
  it('have the digits of cards masked and nothing else touched', () => {
    expect(maskCards('Call 555 4111 1111 1111 1111 👍 or 5555-5555-5555-4444.')).to.deep.equal({
      text: 'Call 555 •••• •••• •••• •••• 👍 or ••••-••••-••••-••••.',
      masked: true,
    });
    const harmless = 'Order 1234567890123456, tracking 00340434161094042557, +49 30 901820';
    expect(maskCards(harmless)).to.deep.equal({ text: harmless, masked: false });
  });

  it('of a megabyte of digits are read in a moment', () => {
    const started = performance.now();
    expect(maskCards('1234 5678 '.repeat(100_000)).masked).to.equal(false);
    expect(maskCards('7'.repeat(1_000_000)).masked).to.equal(false);
    expect(performance.now() - started).to.be.below(5000);
  });
});
