import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { tongue } from '../../demo/language.js';
import { answers } from '../../demo/mike.js';
import { words } from '../../demo/strings/words.js';

const { en, ...others } = words;
const holes = (sentence: string): readonly string[] => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe('the words of the shop', () => {
  for (const [lang, translation] of Object.entries(others)) {
    it(`are all there in ${lang}, with the same holes`, () => {
      assert.deepEqual(Object.keys(translation).sort(), Object.keys(en).sort());
      for (const [key, sentence] of Object.entries(en)) {
        const translated = translation[key as keyof typeof en];
        assert.ok(translated.trim(), key);
        assert.deepEqual(holes(translated), holes(sentence), key);
      }
    });
  }

  it('are all used', () => {
    const source = sources('demo')
      .filter((file) => !file.includes('/strings/'))
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const unused = Object.keys(en).filter((key) => !source.includes(`'${key}'`) && !isComposed(key, source));
    assert.deepEqual(unused, []);
  });

  it('do not shout', () => {
    for (const translation of Object.values(words))
      for (const sentence of Object.values(translation)) assert.doesNotMatch(sentence, /!/);
  });

  it('let Mike hear every beginning that is offered, in every language', () => {
    for (const lang of ['en', 'de', 'ar'] as const) {
      const said = tongue(lang);
      for (const [topic, starter] of [
        ['gears', 'support.starter.gears'],
        ['size', 'support.starter.size'],
        ['order', 'support.starter.order'],
        ['hours', 'support.starter.hours'],
      ] as const) {
        assert.equal(answers(said, [said.text(starter)])[0]?.topic, topic, `${lang}: ${starter}`);
      }
      const [first, second] = answers(said, [said.text('visit.says'), said.text('visit.done')]);
      assert.equal(first?.topic, 'gears');
      assert.equal(second?.topic, 'thanks');
    }
  });

  it('keep what fills a hole from turning a line around', () => {
    assert.equal(tongue('ar').say('product.order', { name: 'Furt' }).html, 'طلب <bdi>Furt</bdi>');
  });
});

/** Keys such as `colour.${colour}` are put together; their fixed ends have to stand in the source. */
function isComposed(key: string, source: string): boolean {
  const parts = key.split('.');
  return parts.some((_, i) => {
    const pattern = parts
      .map((part, j) => (j === i ? '\\$\\{[^}]+\\}' : part.replace(/[^\w]/g, '\\$&')))
      .join('\\.');
    return new RegExp('`' + pattern + '`').test(source);
  });
}

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true })
    .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts'));
