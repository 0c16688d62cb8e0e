/**
 * Every word that was said on a profile, and what has become of it. `«17»` stands in one value or message and nowhere
 * else, so that it is known wherever it is found.
 */
import { SHARED, type Happened } from './possible.js';
import type { Step } from './talk.js';
import { takes } from './world.js';

/**
 * `left`: of somebody who was forgotten as a whole. `aside`: of somebody who is not shown any more, and whose database is
 * there for a while. `unsaid`: it was never accepted, and is not there.
 */
export type Fate = 'kept' | 'forgotten' | 'left' | 'aside' | 'unsaid';

interface Word {
  /** A key, or a conversation. */
  readonly of: string;
  fate: Fate;
}

export class Words {
  readonly #all = new Map<string, Word>();
  #count = 0;

  /** One that nobody has said yet. */
  next(): string {
    return `«${(this.#count += 1)}»`;
  }

  fateOf(word: string): Fate | undefined {
    return this.#all.get(word)?.fate;
  }

  /** @param shown every word that is recalled afterwards. */
  follow(steps: readonly Happened[], shown: ReadonlySet<string>): void {
    for (const { step, how } of steps) {
      for (const { word, of } of wordsOf(step)) {
        // Of what two tabs say at once, one may stand behind the other.
        const there = how === 'perhaps' ? shown.has(word) || of.startsWith(SHARED) : how === 'surely';
        this.#all.set(word, { of, fate: there ? 'kept' : 'unsaid' });
      }
      if (how === 'surely') this.#take(step);
    }
  }

  /** What was found where it should not be is told once. */
  admit(word: string): void {
    this.#all.set(word, { of: this.#all.get(word)?.of ?? '', fate: 'kept' });
  }

  #take(step: Step): void {
    if (step.do === 'everything' || step.do === 'withdraw') this.#turn('left', () => true);
    if (step.do === 'not me') this.#turn('aside', () => true);
    if (step.do !== 'forget') return;
    const chat = 'conversation' in step.of ? step.of.conversation : undefined;
    this.#turn('forgotten', (of) => of === chat || takes(step.of, of));
  }

  #turn(fate: Fate, which: (of: string) => boolean): void {
    for (const word of this.#all.values()) if (word.fate === 'kept' && which(word.of)) word.fate = fate;
  }
}

export function wordsIn(text: string): string[] {
  return text.match(/«\d+»/g) ?? [];
}

function wordsOf(step: Step): { word: string; of: string }[] {
  if (step.do === 'remember') return [{ word: step.value.word, of: step.key }];
  if (step.do === 'end') return [{ word: step.word, of: step.chat }];
  if (step.do === 'say') return wordsIn(step.text).map((word) => ({ word, of: step.chat }));
  if (step.do !== 'start') return [];
  return step.texts.flatMap(wordsIn).map((word) => ({ word, of: step.chat }));
}
