import { html } from 'lit/html.js';
import type { Uuid } from '../../facts/entry.js';
import type { Memory } from '../../memory/types.js';
import { button } from '../button.js';
import { count } from '../count.js';
import type { Center, CenterWords } from './center.js';
import { isAway } from './faultless.js';
import { focus } from './focus.js';
import { furtherWords, type FurtherWords } from './further-words.js';

/** What would end: everything, or keeping it on this device. */
export type End = 'forget' | 'withdraw';

interface Amount {
  readonly facts: number;
  readonly conversations: number;
}

type Act = (memory: Memory) => Promise<void>;

/** The question before all of it goes, and how much that is. Escape leaves things as they are. */
export function createAsking(
  { element, press }: Center,
  { copy, ...acts }: Readonly<Record<End | 'copy', Act>>,
) {
  let asked:
    | {
        readonly end: End;
        readonly of: readonly Uuid[];
        /** Undefined where it could not be counted. */
        readonly amount: Amount | undefined;
      }
    | undefined;

  function end(): void {
    asked = undefined;
    element.requestUpdate();
  }

  async function question(memory: Memory, end: End): Promise<void> {
    asked = { end, of: shownBy(memory), amount: await memory.count().catch(uncounted) };
    element.requestUpdate();
    focus(element, '[part="question"]');
  }

  function askedOf(memory: Memory, words: CenterWords): unknown {
    if (!asked) return undefined;
    // Somebody else is here, or nobody: the question was not put to them.
    const shown = shownBy(memory);
    if (asked.of.length && !asked.of.some((id) => shown.includes(id))) asked = undefined;
    if (!asked) return undefined;
    const { say } = words;
    const further = furtherWords(words);
    const act = asked.end;
    const keep = () => {
      end();
      focus(element, act === 'withdraw' ? '[part="withdraw"]' : '[part="forget-all"]');
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') keep();
    };
    return html`<div part="end confirm" role="group" aria-labelledby="question" @keydown=${escape}>
      <p part="question" id="question" tabindex="-1">
        ${further.say(`${act === 'withdraw' ? 'withdraw' : 'forgetAll'}.confirm`, { list: asked.amount ? listOf(asked.amount, further) : further.say('center.everything') })}
      </p>
      <p part="choices">
        ${button('sure', say('center.forgetAll'), () => press(() => acts[act](memory), 'hidden'))}
        ${button('keep', further.say('center.keep'), keep)}
        ${button('copy', further.say('center.copyFirst'), () => press(() => copy(memory)))}
      </p>
    </div>`;
  }

  return { question, askedOf, end };
}

/** Who is not here any more is asked nothing. */
function uncounted(error: unknown): undefined {
  if (isAway(error)) throw error;
}

const shownBy = ({ facts, conversations }: Memory): Uuid[] =>
  [...facts(), ...conversations.recent].map(({ id }) => id);

/** "12 things and 3 conversations", without what there is none of. */
function listOf({ facts, conversations }: Amount, { lang, text }: FurtherWords): string {
  const things = count(lang, text('center.things'), facts).join('');
  const talks = count(lang, text('center.talks'), conversations).join('');
  return new Intl.ListFormat(lang).format([
    ...(facts || !conversations ? [things] : []),
    ...(conversations ? [talks] : []),
  ]);
}
