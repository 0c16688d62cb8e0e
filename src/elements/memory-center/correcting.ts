import type { ErrorCode, MemoryError } from '../../platform/errors.js';
import type { Json, Memory, Remembered } from '../../memory/types.js';
import { clock } from '../dates.js';
import { ask } from '../events.js';
import type { Center, CenterWords } from './center.js';
import { correctionOf } from './correction.js';
import { focus } from './focus.js';
import { isFaultless } from './faultless.js';
import { furtherWords } from './further-words.js';

const UNFIT = new Set<unknown>(['invalid_value', 'not_json', 'secret', 'too_large'] satisfies ErrorCode[]);

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

  async function correct(memory: Memory, of: string, value: Json): Promise<void> {
    if (!ask(element, 'memory-fact-correct', { key: of, value })) return;
    become(key);
    try {
      end(await memory.remember(of as `preferences.${string}`, value), 'center.corrected');
    } catch (error) {
      // It is so here, and nowhere else.
      if (isFaultless(error)) become(undefined);
      // The memory says what fits: a value that it refuses is the person's to change.
      if (!key || !UNFIT.has((error as Partial<MemoryError>).code)) throw error;
      become(key, true);
      focus(element, '[part="field"]');
    }
  }

  /** Shows the value in its place again, and says what has become of it. */
  function end(fact: Remembered, said: 'center.corrected' | 'center.confirmed'): void {
    become(undefined);
    say((words) => furtherWords(words).say(said, { time: clock(words.lang, fact.at) }));
    focus(element, `[data-key="${fact.key}"] [part="correct"], [data-key="${fact.key}"] [part="forget"]`);
  }

  function formFor(memory: Memory, fact: Remembered, words: CenterWords): unknown {
    if (fact.key !== key) return undefined;
    return correctionOf(fact, memory, furtherWords(words), {
      save: (value) => press(() => correct(memory, fact.key, value), 'unkept'),
      cancel() {
        become(undefined);
        focus(element, `[data-key="${fact.key}"] [part="correct"]`);
      },
      unfit,
    });
  }

  return { edit, end, formFor, leave: () => become(undefined) };
}
