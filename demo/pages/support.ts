import { html, type Html } from '../html.js';
import { answers } from '../mike.js';
import type { WordKey } from '../strings/words.js';
import { layout } from './layout.js';
import { href, type Page } from './page.js';

const STARTERS: readonly WordKey[] = [
  'support.starter.gears',
  'support.starter.size',
  'support.starter.order',
  'support.starter.hours',
];

export interface Talk {
  /** What the visitor said, in order; Mike's side follows from it. */
  readonly said: readonly string[];
  readonly ended: boolean;
  /** Sent with nothing in it. */
  readonly missing: boolean;
}

/** The support chat. Without a script each line is a form that comes back with the answer; what was said travels in it. */
export function support(page: Page, { said, ended, missing }: Talk): string {
  const { say, text } = page.tongue;
  const replies = answers(page.tongue, said);
  return layout(page, {
    title: page.tongue.text('support.title'),
    menu: '/support',
    script: 'support',
    main: html`<section class="intro wide">
        <h1>${say('support.heading')}</h1>
        <p class="lead">${say('support.lead')} <span class="muted">${say('support.script')}</span></p>
      </section>
      <div
        class="chat wide"
        data-chat
        data-answer="${href({ ...page, theme: 'auto' }, '/support/answer')}"
        data-you="${text('support.you')}"
        data-mike="${text('support.mike')}"
        data-solved="${text('support.solved')}"
      >
        <section class="chat-talk" aria-label="${text('support.transcript')}">
          <div class="opening" data-opening${said.length > 0 && html` hidden`}>
            <p class="empty" data-empty>${say('support.empty')}</p>
            <div class="filled" data-resume hidden>
              <p>${say('support.resume.hint')}</p>
              <p class="filled-acts">
                <button type="button" class="plain" data-resume-act>${say('support.resume')}</button>
              </p>
            </div>
          </div>
          <ol class="talk" data-talk aria-live="polite">
            ${said.map((line, i) => html`${spoken(page, 'you', line)}${spoken(page, 'mike', replies[i]?.text ?? '')}`)}
          </ol>
          <div class="filled unanswered" data-unanswered role="status" hidden>
            <p class="error">${say('support.unanswered')}</p>
            <p class="filled-acts">
              <button type="button" class="plain" data-ask-again>${say('support.askAgain')}</button>
            </p>
          </div>
          <p class="ended" data-ended${!ended && html` hidden`}>
            ${say('support.ended')} <a href="${href(page, '/support')}" data-again>${say('support.again')}</a>
          </p>
          <form
            class="compose"
            method="post"
            action="${href(page, '/support')}"
            data-compose${ended && html` hidden`}
          >
            ${said.map((line) => html`<input type="hidden" name="said" value="${line}" />`)}
            <div class="field">
              <label for="text">${say('support.write')}</label>
              <textarea
                id="text"
                name="text"
                rows="2"
                ${missing && html` aria-invalid="true" aria-describedby="text-error"`}
              ></textarea>
              <p class="error" id="text-error" data-missing${!missing && html` hidden`}>
                ${say('support.missing')}
              </p>
            </div>
            <div class="compose-acts">
              <button class="act" name="send" value="1">${say('support.send')}</button
              ><button class="plain" name="end" value="1" data-end${said.length === 0 && html` hidden`}>
                ${say('support.end')}
              </button>
            </div>
            <div class="starters" data-starters${said.length > 0 && html` hidden`}>
              <p class="small">${say('support.starters')}</p>
              ${STARTERS.map((key) => html`<button class="starter" name="starter" value="${text(key)}">${say(key)}</button>`)}
            </div>
          </form>
          <memory-consent></memory-consent>
        </section>
        <aside class="chat-side">
          <h2>${say('support.earlier')}</h2>
          <memory-conversations
            ><span slot="empty" class="muted">${say('support.none')}</span></memory-conversations
          >
          <noscript>${say('strip.script')}</noscript>
        </aside>
      </div>`,
  });
}

function spoken(page: Page, who: 'you' | 'mike', line: string): Html {
  return html`<li class="spoken spoken-${who}">
    <span class="speaker">${page.tongue.say(`support.${who}`)}</span>
    <p dir="auto">${line}</p>
  </li>`;
}
