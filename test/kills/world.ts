/**
 * What a person's memory must be after some steps, worked out without anything of src. Where it is not known whether a
 * step took place, more than one state is right.
 */
import type { Step } from './talk.js';

export interface World {
  /** The answers that are right. */
  granted: readonly boolean[];
  /** By key, the values that are right, as JSON; undefined: not known. */
  readonly facts: Map<string, ReadonlySet<string | undefined>>;
  readonly chats: Map<string, Chat>;
}

export interface Chat {
  /** Whether it must be there. */
  readonly sure: boolean;
  /** Its first messages come with it or not at all. */
  readonly first: readonly string[];
  readonly then: readonly { readonly text: string; readonly sure: boolean }[];
  readonly ended: ReadonlySet<string | undefined>;
}

export const NOTHING: ReadonlySet<string | undefined> = new Set([undefined]);

export function nobody(): World {
  return { granted: [false], facts: new Map(), chats: new Map() };
}

export function copyOf(world: World): World {
  return { ...world, facts: new Map(world.facts), chats: new Map(world.chats) };
}

/** @param sure false where it may have taken place or not. */
export function apply(world: World, step: Step, sure: boolean): void {
  const { facts, chats } = world;
  const or = (before: ReadonlySet<string | undefined>, now: string | undefined) =>
    new Set(sure ? [now] : [...before, now]);

  switch (step.do) {
    case 'remember':
      return void facts.set(step.key, or(facts.get(step.key) ?? NOTHING, JSON.stringify(step.value)));
    case 'start':
      return void chats.set(step.chat, { sure, first: step.texts, then: [], ended: NOTHING });
    case 'say': {
      const chat = chats.get(step.chat);
      return void (
        chat && chats.set(step.chat, { ...chat, then: [...chat.then, { text: step.text, sure }] })
      );
    }
    case 'end': {
      const chat = chats.get(step.chat);
      return void (chat && chats.set(step.chat, { ...chat, ended: or(chat.ended, step.word) }));
    }
    case 'grant':
      return void (world.granted = sure ? [true] : [true, false]);
    case 'forget':
      for (const key of [...facts.keys()]) if (takes(step.of, key)) facts.delete(key);
      if ('conversation' in step.of) chats.delete(step.of.conversation);
      return;
    case 'everything':
    case 'withdraw':
    case 'not me':
      return void Object.assign(world, nobody());
  }
}

export function takes(of: Extract<Step, { do: 'forget' }>['of'], key: string): boolean {
  if ('key' in of) return of.key === key;
  return 'under' in of && (key === of.under || key.startsWith(`${of.under}.`));
}
