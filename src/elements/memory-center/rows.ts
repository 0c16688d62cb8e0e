import { html, nothing } from 'lit/html.js';
import { isText } from '../../facts/shape.js';
import type { ConversationHead, Memory, Remembered } from '../../memory/types.js';
import { button } from '../button.js';
import { day } from '../dates.js';
import { isolated } from '../words.js';
import type { CenterWords } from './center.js';
import { asksForYes, isCorrectable, titleOf, whyOf } from './fact.js';
import type { Presses } from './presses.js';

export function factList(
  memory: Memory,
  facts: readonly Remembered[],
  words: CenterWords,
  presses: Presses,
): unknown {
  return html`<ul part="facts">
    ${facts.map((fact, index) => factRow(memory, fact, `fact-${index}`, words, presses))}
  </ul>`;
}

export function talkList(
  memory: Memory,
  talks: readonly ConversationHead[],
  words: CenterWords,
  presses: Presses,
): unknown {
  return html`<h3 part="heading">${words.say('center.conversations')}</h3>
    <ul part="conversations">
      ${talks.map((talk, index) => talkRow(memory, talk, `talk-${index}`, words, presses))}
    </ul>`;
}

/** A fact, why it is known, and what may be done with it. */
function factRow(
  memory: Memory,
  fact: Remembered,
  id: string,
  words: CenterWords,
  { acts, confirm, forget, later }: Presses,
): unknown {
  const { say, lang } = words;
  // Stands in the place of its value while it is changed.
  const form = acts?.formFor(memory, fact, words);
  const why = isolated(fact.why, 'reason');
  return html`<li part="row fact" data-key=${fact.key}>
    <div part="words">
      <p part="name" id=${id}>${titleOf(fact, memory, words)}</p>
      ${form ?? html`<p part="value" dir="auto">${memory.describe(fact).value}</p>`}
      <p part="why">
        ${whyOf(fact, words)}
        ${why ? html`<span part="because">${say('center.because', { why })}</span>` : nothing}
        ${
          fact.until === undefined
            ? nothing
            : html`<span part="until">${say('center.until', { date: day(lang, fact.until) })}</span>`
        }
        ${fact.reconfirm ? html`<span part="reconfirm">${say('center.reconfirm')}</span>` : nothing}
      </p>
    </div>
    <p part="acts">
      ${asksForYes(fact) && !form ? button('right', say('center.right'), confirm(memory, fact), id) : nothing}
      ${
        isCorrectable(fact, memory) && !form
          ? button(
              'correct',
              say('center.correct'),
              later((here) => here.edit(fact)),
              id,
            )
          : nothing
      }
      ${button('forget', say('center.forgetOne'), forget(memory, { key: fact.key }), id)}
    </p>
  </li>`;
}

/** A conversation: what it was about, with whom and when. */
function talkRow(
  memory: Memory,
  { id: conversation, topic, with: whom, lastAt }: ConversationHead,
  id: string,
  { lang, say }: CenterWords,
  { forget }: Presses,
): unknown {
  const { name, kind } = whom ?? {};
  const helper =
    kind === 'assistant' ? say('greeting.assistant') : (isolated(name, 'helper') ?? say('greeting.us'));
  return html`<li part="row conversation">
    <div part="words">
      <p part="topic" dir="auto" id=${id} tabindex="-1">${isText(topic) ? topic : say('center.untitled')}</p>
      <p part="why">${say('center.with', { helper, date: day(lang, lastAt) })}</p>
    </div>
    <p part="acts">${button('forget', say('center.forgetOne'), forget(memory, { conversation }), id)}</p>
  </li>`;
}
