/** Where what a page shows and finds is not what it must be. */
import type { Look, ShownChat } from './talk.js';
import { NOTHING, type Chat, type World } from './world.js';
import { wordsIn, type Words } from './words.js';

export interface Fault {
  readonly kind: 'lost' | 'resurrected' | 'never said' | 'torn' | 'disagrees' | 'broken' | 'thrown away';
  readonly what: string;
}

/** What is recalled: all that must be, each whole and in order, and nothing besides. */
export function ofRecall(world: World, look: Look, words: Words): Fault[] {
  const faults: Fault[] = [];
  if (!world.granted.includes(look.consent === 'granted'))
    faults.push({ kind: 'lost', what: `consent is ${look.consent}` });
  const shown = new Map(look.facts.map(({ key, value }) => [key, JSON.stringify(value)]));
  for (const key of new Set([...world.facts.keys(), ...shown.keys()])) {
    const right = world.facts.get(key) ?? NOTHING;
    const value = shown.get(key);
    if (right.has(value)) continue;
    const what = `${key} is ${brief(value)}, not ${[...right].map(brief).join(' or ')}`;
    faults.push({ kind: kindOf(value, [...right], words), what });
  }
  const talks = new Map(look.chats.map((chat) => [chat.topic, chat]));
  if (talks.size < look.chats.length) faults.push({ kind: 'torn', what: 'a conversation is there twice' });
  for (const topic of new Set([...world.chats.keys(), ...talks.keys()])) {
    const [right, chat] = [world.chats.get(topic), talks.get(topic)];
    if (!chat) {
      if (right?.sure) faults.push({ kind: 'lost', what: `the conversation ${topic} is not there` });
    } else if (right) faults.push(...ofChat(right, chat));
    else
      faults.push({
        kind: kindOf(chat.texts.join(), [], words),
        what: `the conversation ${topic} is there: ${chat.texts.map(brief).join(', ')}`,
      });
  }
  return faults;
}

function ofChat({ first, then, ended }: Chat, { topic, texts, state, outcome, summary }: ShownChat): Fault[] {
  const faults: Fault[] = [];
  const all = [...first.map((text) => ({ text, sure: true })), ...then];
  const missing = all.filter(({ text, sure }) => sure && !texts.includes(text));
  if (missing.length > 0)
    faults.push({
      kind: 'lost',
      what: `${topic} is without ${missing.map(({ text }) => brief(text)).join(', ')}`,
    });
  const expected = all.map(({ text }) => text).filter((text) => texts.includes(text));
  if (missing.length === 0 && JSON.stringify(expected) !== JSON.stringify(texts))
    faults.push({
      kind: 'torn',
      what: `${topic} has ${texts.map(brief).join(', ')}, not ${expected.map(brief).join(', ')}`,
    });
  if (!ended.has(outcome))
    faults.push({
      kind: outcome === undefined ? 'lost' : 'resurrected',
      what: `${topic} ended as ${brief(outcome)}, not as ${[...ended].map(brief).join(' or ')}`,
    });
  if (summary !== outcome || (state === 'ended') !== (outcome !== undefined))
    faults.push({
      kind: 'torn',
      what: `${topic} is ${state}, with the outcome ${brief(outcome)} and the summary ${brief(summary)}`,
    });
  return faults;
}

/** What lies there, past all of our code: no word that was forgotten, or that was never accepted and is not recalled. */
export function ofRaw({ raw }: Look, words: Words): Fault[] {
  return Object.entries(raw).flatMap(([place, text]) =>
    [...new Set(wordsIn(text))].flatMap((word): Fault[] => {
      const fate = words.fateOf(word);
      if (fate === 'kept' || fate === 'aside') return [];
      const kind = fate === 'forgotten' || fate === 'left' ? 'resurrected' : 'never said';
      return [{ kind, what: `${word} (${fate ?? 'of nobody'}) lies in the ${place}` }];
    }),
  );
}

/** The boot record tells what the database has, or is not there where the database knows nobody. */
export function ofBoot({ boot, rev, facts, recent }: Look): Fault[] {
  const wrong = (what: string): Fault[] => [{ kind: 'disagrees', what: `the boot record ${what}` }];
  if (rev === undefined) return boot === null ? [] : wrong('tells of somebody, and the database of nobody');
  if (boot === null) return wrong('was not written');
  const record = JSON.parse(boot) as Boot;
  if (record.rev !== rev) return wrong(`is of ${record.rev}, and the database of ${rev}`);
  const told = record.facts.map(({ id, key, value }) => JSON.stringify([id, key, value])).sort();
  const there = facts.map(({ id, key, value }) => JSON.stringify([id, key, value])).sort();
  if (told.join() !== there.join())
    return wrong(`has ${brief(told.join())}, and recalled is ${brief(there.join())}`);
  const heads = record.heads.map(({ id }) => id);
  return heads.join() === recent.join() ? [] : wrong('has other conversations');
}

interface Boot {
  readonly rev: number;
  readonly facts: readonly { readonly id: string; readonly key: string; readonly value: unknown }[];
  readonly heads: readonly { readonly id: string }[];
}

export function ofStatus({ state, device, reason, consent }: Look): Fault[] {
  if (state === 'ready' && (device === 'ok' || (device === 'unused' && consent !== 'granted'))) return [];
  return [{ kind: 'broken', what: `the memory is ${state}, its device ${device}: ${reason ?? 'no reason'}` }];
}

function kindOf(
  shown: string | undefined,
  right: readonly (string | undefined)[],
  words: Words,
): Fault['kind'] {
  const [word] = wordsIn(shown ?? '');
  const fate = word === undefined ? undefined : words.fateOf(word);
  if (fate === 'forgotten' || fate === 'left' || fate === 'aside') return 'resurrected';
  if (fate === 'unsaid') return 'never said';
  if (right.some((one) => one !== undefined && word !== undefined && one.includes(word))) return 'torn';
  return shown === undefined || fate === 'kept' ? 'lost' : 'never said';
}

const brief = (text: string | undefined) =>
  text === undefined ? 'nothing' : text.replaceAll(/x{9,}/g, 'x…x').slice(0, 300);
