import { html, nothing } from 'lit/html.js';
import type { Ms } from '../../facts/entry.js';
import type { Conversation, ConversationHead, SaidMessage } from '../../memory/types.js';
import { clock, day, format } from '../dates.js';
import type { list } from '../strings/list.js';
import { surroundings } from '../surroundings.js';
import { isolated, when, type Words } from '../words.js';

export type ListWords = Words<(typeof list)['en']>;

/** With whom it was, when, and what became of it. */
export function about(one: ConversationHead, words: ListWords): unknown {
  const { lang } = words;
  return html`<p part="about">
    <span part="helper"
      >${speaker(one.with?.kind === 'assistant' ? 'assistant' : 'agent', one.with?.name, words)}</span
    >
    <time part="when" datetime=${machine(one.lastAt)} title=${moment(lang, one.lastAt)}>
      ${when(lang, one.lastAt, surroundings().clock.now())}
    </time>
    <span part="state">${outcome(one, words)}</span>
  </p>`;
}

/** One message; its day is said where it is another than that of the one before. */
export function said(
  message: SaidMessage,
  before: SaidMessage | undefined,
  one: Conversation,
  words: ListWords,
): unknown {
  const { lang, say } = words;
  const { by } = message;
  const sameDay = before && day(lang, before.at) === day(lang, message.at);
  const who = speaker(by.who, by.name ?? (by.who === 'agent' ? one.with?.name : undefined), words);
  return html`<li part=${by.who === 'visitor' ? 'message own' : 'message'}>
    <p part="about">
      <span part="speaker">${message.note ? say('conversations.note', { helper: who }) : who}</span>
      <time part="time" datetime=${machine(message.at)}>${(sameDay ? clock : moment)(lang, message.at)}</time>
    </p>
    <p part="text" dir="auto">${message.text}</p>
    ${message.masked ? html`<p part="masked about">${say('conversations.masked')}</p>` : nothing}
  </li>`;
}

/** A name is a person's; whoever is not human is "our assistant". */
function speaker(who: SaidMessage['by']['who'], name: string | undefined, { say }: ListWords): unknown {
  if (who === 'visitor') return say('speaker.visitor');
  if (who === 'assistant') return say('speaker.assistant');
  return isolated(name, 'name') ?? say('speaker.us');
}

/** What became of it: the outcomes we have words for, else the site's own word. */
function outcome({ state, outcome }: ConversationHead, { say }: ListWords): unknown {
  if (state === 'open') return say('conversations.open');
  if (outcome === 'solved' || outcome === 'unsolved') return say(`conversations.outcome.${outcome}`);
  return isolated(outcome, 'name') ?? say('conversations.ended');
}

/** A day with the time of day. */
function moment(lang: string, time: Ms): string {
  return format(lang, time, { dateStyle: 'medium', timeStyle: 'short' });
}

/** For programs; nothing where no calendar has it. */
function machine(time: Ms): unknown {
  return isNaN(+new Date(time)) ? nothing : new Date(time).toISOString();
}
