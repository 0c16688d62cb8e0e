import type { Json, Memory, Remembered } from '../../memory/types.js';
import { clock } from '../dates.js';
import { ask } from '../events.js';
import type { Center, CenterWords } from './center.js';
import { correctionOf } from './correction.js';
import { focus } from './focus.js';
import { furtherWords } from './further-words.js';

type Said = 'center.corrected' | 'center.confirmed';

/** Changes one value at a time, in its place. */
export function createCorrecting({ element, press, say }: Center) {
  let key: string | undefined;
  /** The value given last was refused. */
  let unfit = false;

  function become(next: string | undefined, refused = false): void {
    key = next;
    unfit = refused;
    element.requestUpdate();
  }

  function edit(fact: Remembered): void {
    become(fact.key);
    focus(element, '[part="field"]');
  }

  async function correct(memory: Memory, of: string, value: Json, said: Said): Promise<void> {
    if (!ask(element, 'memory-fact-correct', { key: of, value })) return;
    become(key);
    try {
      const fact = await memory.remember(of as `preferences.${string}`, value);
      become(undefined);
      say((words) => furtherWords(words).say(said, { time: clock(words.lang, fact.at) }));
      focus(element, `[data-key="${of}"] [part="correct"], [data-key="${of}"] [part="forget"]`);
    } catch (error) {
      // The memory says what fits: a value that it refuses is the person's to change.
      if (!key || (error as Error).name !== 'MemoryError') throw error;
      become(key, true);
      focus(element, '[part="field"]');
    }
  }

  function formFor(memory: Memory, fact: Remembered, words: CenterWords): unknown {
    if (fact.key !== key) return undefined;
    return correctionOf(fact, memory, furtherWords(words), {
      save: (value) => press(() => correct(memory, fact.key, value, 'center.corrected')),
      cancel() {
        become(undefined);
        focus(element, `[data-key="${fact.key}"] [part="correct"]`);
      },
      unfit,
    });
  }

  return { edit, correct, formFor, end: () => become(undefined) };
}
