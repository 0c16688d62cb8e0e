import { expect } from '@open-wc/testing';
import { acts } from '../../src/elements/strings/acts.js';
import { apology } from '../../src/elements/strings/apology.js';
import { ar } from '../../src/elements/strings/center/ar.js';
import { de } from '../../src/elements/strings/center/de.js';
import { en } from '../../src/elements/strings/center/en.js';
import { consent } from '../../src/elements/strings/consent.js';
import { conversations } from '../../src/elements/strings/conversations.js';
import { greeting } from '../../src/elements/strings/greeting.js';
import { list } from '../../src/elements/strings/list.js';
import type { Tables } from '../../src/elements/strings.js';
import { count } from '../../src/elements/count.js';
import { when, wordsFor } from '../../src/elements/words.js';

type Table = Record<string, string | Record<string, string>>;
const tables = [greeting, apology, consent, conversations, list, acts, { en, de, ar }];
const inOne = (language: 'en' | 'de' | 'ar'): Table =>
  Object.assign({}, ...tables.map((table) => table[language]));
const english = inOne('en');
const languages: Record<string, Table> = { en: english, de: inOne('de'), ar: inOne('ar') };
const holes = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const texts = (one: string | Record<string, string> | undefined) =>
  typeof one === 'string' ? [one] : Object.values(one ?? {});

describe('the words', () => {
  for (const [language, table] of Object.entries(languages)) {
    it(`are all there in ${language}, with the holes of the English ones`, () => {
      expect(Object.keys(table).sort()).to.deep.equal(Object.keys(english).sort());
      for (const [key, phrase] of Object.entries(english)) {
        expect(typeof table[key], key).to.equal(typeof phrase);
        for (const text of texts(table[key])) {
          expect(text, key).to.equal(text.trim());
          expect(text, key).not.to.equal('');
          if (typeof phrase === 'string') expect(holes(text), key).to.deep.equal(holes(phrase));
        }
      }
    });

    it(`have every plural of ${language}`, () => {
      const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, phrase] of Object.entries(table))
        if (typeof phrase !== 'string') expect(phrase, key).to.include.all.keys(...categories);
    });
  }

  it('shout at nobody, and sell nothing', () => {
    const all = Object.values(languages).flatMap((table) => Object.values(table).flatMap(texts));
    for (const text of all) expect(text).not.to.match(/!|Oops|Hi there|privacy/);
  });

  it('fill a hole where it stands, and leave out what is not given', () => {
    const tables: Tables<{ known: string }> = { en: { known: 'Back, {name}, on {day}.' } };
    const { say } = wordsFor(tables, 'en');
    expect(say('known', { name: '{day}', day: 'Monday' }).join('')).to.equal('Back, {day}, on Monday.');
    expect(say('known').join('')).to.equal('Back, , on .');
  });

  it('count as the language counts', () => {
    const texts = conversations.ar['conversations.count'];
    const counted = [0, 1, 2, 3, 11].map((n) => count('ar', texts, n).join(''));
    expect(counted).to.deep.equal([
      'لا محادثات سابقة',
      'محادثة سابقة واحدة',
      'محادثتان سابقتان',
      `${new Intl.NumberFormat('ar').format(3)} محادثات سابقة`,
      `${new Intl.NumberFormat('ar').format(11)} محادثة سابقة`,
    ]);
  });

  for (const [ago, words] of [
    [0, 'today'],
    [1, 'yesterday'],
    [3, '3 days ago'],
    [7, 'last week'],
    [20, '2 weeks ago'],
    [40, 'last month'],
    [200, '6 months ago'],
    [400, 'last year'],
    [-2, 'today'],
  ] as const) {
    it(`call ${ago} days ago ${words}`, () => {
      const noon = new Date(2026, 5, 15, 12).getTime();
      const then = new Date(2026, 5, 15 - ago, 23, 59).getTime();
      expect(when('en', then, noon)).to.equal(words);
    });
  }

  for (const odd of [NaN, Infinity, 1e99, -1e99]) {
    it(`have a dash for a time that no calendar has: ${odd}`, () => {
      expect(when('en', odd, Date.now())).to.equal('–');
    });
  }

  it('call last night yesterday, an hour after midnight and across a change of clocks', () => {
    const night = (month: number, day: number) =>
      [
        new Date(2026, month, day, 23, 30).getTime(),
        new Date(2026, month, day + 1, 0, 30).getTime(),
      ] as const;
    for (const [month, date] of [
      [2, 28],
      [9, 24],
      [0, 31],
    ] as const) {
      const [then, now] = night(month, date);
      expect(when('en', then, now)).to.equal('yesterday');
    }
  });
});
