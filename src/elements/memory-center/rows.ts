import { html, nothing } from 'lit';
import type { ConversationHead, Memory, Remembered } from '../../memory/types.js';
import { button, type Press } from '../button.js';
import { day } from '../dates.js';
import { isolated } from '../words.js';
import type { CenterWords } from './center.js';
import { asksForYes, isCorrectable, titleOf, whyOf } from './fact.js';

/** A fact, why it is known, and what may be done with it; `form` stands in the place of its value. */
export function factRow(
  memory: Memory,
  fact: Remembered,
  index: number,
  words: CenterWords,
  form: unknown,
  press: { readonly confirm: Press; readonly edit: Press; readonly forget: Press },
): unknown {
  const { say, lang } = words;
  const id = `fact-${index}`;
  return html`<li part="row fact" data-key=${fact.key}>
    <div part="words">
      <p part="name" id=${id}>${titleOf(fact, memory, words)}</p>
      ${form ?? html`<p part="value" dir="auto">${memory.describe(fact).value}</p>`}
      <p part="why">
        ${whyOf(fact, words)}
        ${fact.why ? html`<span part="because">${say('center.because', { why: isolated(fact.why, 'reason') })}</span>` : nothing}
        ${
          fact.until === undefined
            ? nothing
            : html`<span part="until">${say('center.until', { date: day(lang, fact.until) })}</span>`
        }
        ${fact.reconfirm ? html`<span part="reconfirm">${say('center.reconfirm')}</span>` : nothing}
      </p>
    </div>
    <p part="acts">
      ${asksForYes(fact) && !form ? button('right', say('center.right'), press.confirm, id) : nothing}
      ${isCorrectable(fact, memory) && !form ? button('correct', say('center.correct'), press.edit, id) : nothing}
      ${button('forget', say('center.forgetOne'), press.forget, id)}
    </p>
  </li>`;
}

/** A conversation: what it was about, with whom and when. */
export function talkRow(
  { topic, with: whom, lastAt }: ConversationHead,
  index: number,
  { lang, say }: CenterWords,
  forget: Press,
): unknown {
  const id = `talk-${index}`;
  const { name, kind } = whom ?? {};
  const helper =
    kind === 'assistant' ? say('greeting.assistant') : name ? isolated(name, 'helper') : say('greeting.us');
  return html`<li part="row conversation">
    <div part="words">
      <p part="topic" dir="auto" id=${id}>${topic ?? say('center.untitled')}</p>
      <p part="why">${say('center.with', { helper, date: day(lang, lastAt) })}</p>
    </div>
    <p part="acts">${button('forget', say('center.forgetOne'), forget, id)}</p>
  </li>`;
}
