import { expect } from '@open-wc/testing';
import { askedKey } from '../../src/facts/asked.js';
import { isAlwaysDiscreet } from '../../src/facts/discreet.js';
import {
  conversationIdOf,
  conversationKey,
  isKey,
  isReserved,
  keyProblem,
  lastSegment,
  prefixProblem,
  rootOf,
  under,
} from '../../src/facts/key.js';
import { messageIdsOf, messageKey } from '../../src/facts/message-key.js';
import { idOf } from './samples.js';

const CID = idOf(1);
const MID = idOf(2);

describe('Keys', () => {
  it('have two to six segments, the first a root', () => {
    for (const key of [
      'identity.name',
      'preferences.shoeSize',
      'care.lift.a',
      `conversations.${CID}.m.${MID}`,
      'care.a.b.c.d.e',
    ]) {
      expect(isKey(key), key).to.equal(true);
    }
  });

  it('are refused when they are malformed, whatever they are', () => {
    const long = `preferences.${'a'.repeat(65)}`;
    const deep = 'care.a.b.c.d.e.f';
    const wide = `care.${Array.from({ length: 4 }, () => 'a'.repeat(50)).join('.')}`;
    for (const key of [
      '',
      'identity',
      'identity.',
      '.name',
      'identity..name',
      'identity. name',
      'preferences.9',
      'preferences.größe',
      long,
      deep,
      wide,
    ]) {
      expect(keyProblem(key)?.code, key).to.equal('malformed_key');
    }
    for (const key of [
      undefined,
      null,
      7,
      {},
      ['identity', 'name'],
      Symbol('key'),
      { toString: () => 'identity.name' },
    ]) {
      expect(keyProblem(key)?.code).to.equal('malformed_key');
    }
  });

  it('name no field that every object has', () => {
    for (const segment of ['__proto__', 'constructor', 'prototype']) {
      expect(keyProblem(`preferences.${segment}`)?.code, segment).to.equal('malformed_key');
    }
  });

  it('begin with a root that we know, in its case', () => {
    expect(keyProblem('secrets.name')?.code).to.equal('unknown_root');
    expect(keyProblem('Identity.name')?.code).to.equal('unknown_root');
    expect(keyProblem('toString.name')?.code).to.equal('unknown_root');
  });

  it('count their case, and take UUIDs in lower case only where a segment begins with a digit', () => {
    expect(isKey('preferences.9f4bf5aa-0000-7000-8000-000000000384')).to.equal(true);
    expect(isKey('preferences.9F4BF5AA-0000-7000-8000-000000000384')).to.equal(false);
  });

  it('stand under a prefix segment by segment', () => {
    expect(under('care', 'care')).to.equal(true);
    expect(under('care', 'care.lift.a')).to.equal(true);
    expect(under('care.lift', 'care.lifts.a')).to.equal(false);
    expect(under('preferences.size', 'preferences')).to.equal(false);
  });

  it('have prefixes of one segment, which are roots', () => {
    expect(prefixProblem('care')).to.equal(undefined);
    expect(prefixProblem('careless')?.code).to.equal('unknown_root');
    expect(prefixProblem('')?.code).to.equal('malformed_key');
  });

  it('know their root, their last segment and whether they are always discreet', () => {
    expect(rootOf('identity.addresses.home')).to.equal('identity');
    expect(rootOf('care')).to.equal('care');
    expect(lastSegment('identity.addresses.home')).to.equal('home');
    expect(isAlwaysDiscreet('care.lift.a')).to.equal(true);
    expect(isAlwaysDiscreet('preferences.care')).to.equal(false);
  });

  it('of skipped questions never meet those of preferences', () => {
    expect(askedKey('preferences.shoeSize')).to.equal('preferences.asked.shoeSize');
    expect(askedKey('identity.email')).to.equal('preferences.asked.identity.email');
    expect(isReserved('preferences.asked.shoeSize')).to.equal(true);
    expect(isReserved('preferences.asked')).to.equal(true);
    expect(isReserved('preferences.askedTwice')).to.equal(false);
  });

  it('of a conversation name it in all its parts and messages', () => {
    for (const key of [conversationKey(CID), conversationKey(CID, 'topic'), messageKey(CID, MID)]) {
      expect(isKey(key)).to.equal(true);
      expect(conversationIdOf(key)).to.equal(CID);
    }
    for (const key of ['conversations.latest', `preferences.${CID}`, 'conversations']) {
      expect(conversationIdOf(key)).to.equal(undefined);
    }
    expect(messageIdsOf(messageKey(CID, MID))).to.deep.equal({ cid: CID, mid: MID });
    expect(messageIdsOf(conversationKey(CID, 'topic'))).to.equal(undefined);
    expect(messageIdsOf(`conversations.${CID}.m.last`)).to.equal(undefined);
  });
});
