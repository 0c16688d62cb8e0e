/** What every page does: the demo strip, the light, and the way from the greeting to the conversation. */
import { find, findAll, fillText, locale } from './dom.js';
import { findMemory, OPENED } from './memory.js';
import { becomeReturning } from './second-visit.js';
import { becomeStranger } from './stranger.js';
import type { OpenEvent } from './memory.js';
import type { Memory } from '../../src/memory/types.js';

/** What was said longer ago than this was said in another visit. */
const VISIT = 4 * 3_600_000;

const memory = findMemory();
if (memory) {
  light(memory);
  strip(memory);
  document.addEventListener('memory-conversation-open', openConversation);
}

function light(memory: Memory): void {
  const inAddress = new URLSearchParams(location.search).has('theme');
  memory.subscribe('preferences.theme', (fact) => {
    if (inAddress) return;
    const theme = fact?.value === 'dark' || fact?.value === 'light' ? fact.value : 'auto';
    document.documentElement.dataset['theme'] = theme;
    for (const choice of findAll('[data-theme-choice]')) choice.toggleAttribute('aria-current', false);
    find(`[data-theme-choice="${theme}"]`)?.setAttribute('aria-current', 'true');
  });
  for (const choice of findAll('[data-theme-choice]')) {
    choice.addEventListener('click', () => {
      const theme = choice.dataset['themeChoice'] ?? 'auto';
      const done =
        theme === 'auto'
          ? memory.forget({ key: 'preferences.theme' })
          : memory.remember('preferences.theme', theme);
      done.catch(reportError);
    });
  }
}

function strip(memory: Memory): void {
  const buttons = findAll<HTMLButtonElement>('[data-act]');
  const said = find('.strip-said');
  const acts: Readonly<Record<string, () => Promise<void>>> = {
    stranger: async () => {
      await becomeStranger(memory);
      location.reload();
    },
    returning: async () => {
      await becomeReturning(memory, find('[data-first-visit]')?.dataset['firstVisit'] ?? '');
      location.reload();
    },
    forget: async () => {
      const facts = memory.facts().length;
      const { at, conversations } = await memory.forget('everything');
      const number = new Intl.NumberFormat(locale());
      const time = new Intl.DateTimeFormat(locale(), { timeStyle: 'short' }).format(at);
      if (said)
        said.textContent = fillText(said.dataset[facts || conversations ? 'gone' : 'nothing'] ?? '', {
          time,
          facts: number.format(facts),
          conversations: number.format(conversations),
        });
    },
  };
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener('click', () => {
      for (const one of buttons) one.disabled = true;
      acts[button.dataset['act'] ?? '']?.()
        .catch((error: unknown) => {
          if (said)
            said.textContent = fillText(said.dataset['failed'] ?? '', {
              reason: error instanceof Error ? error.message : String(error),
            });
        })
        .finally(() => {
          for (const one of buttons) one.disabled = false;
        });
    });
  }
  memory.subscribe(() => {
    const facts = memory.facts();
    const before = facts.some(({ at }) => at < OPENED - VISIT);
    find('[data-act="returning"]')?.setAttribute('aria-pressed', String(before));
    find('[data-act="stranger"]')?.setAttribute('aria-pressed', String(facts.length === 0));
  });
}

/** The support page opens the conversation itself; every other page goes there. */
function openConversation(event: Event): void {
  const desk = find('[data-support]')?.dataset['support'];
  if (find('[data-chat]') || !desk) return;
  event.preventDefault();
  location.assign(`${desk}#${(event as OpenEvent).detail.id}`);
}
