/**
 * What a press in the center does and says, fetched with the first one: correct, list more conversations, ask before all
 * of it goes, hand over a copy, say what was forgotten. It knows where the focus belongs afterwards, and nothing of what is shown without a
 * press. What a press must have done even if the page is left at once, the center begins itself.
 */
import { adoptStyles } from '../adopt-styles.js';
import type { Ms } from '../../facts/entry.js';
import type { Memory, Remembered } from '../../memory/types.js';
import { clock } from '../dates.js';
import { ask, tell } from '../events.js';
import { surroundings } from '../surroundings.js';
import { layout } from './acts-layout.js';
import { createAsking, type End } from './asking.js';
import type { Center, CenterWords, Unkept } from './center.js';
import { createCorrecting } from './correcting.js';
import { download } from './download.js';
import { focus, focusNear } from './focus.js';
import { furtherWords } from './further-words.js';
import { isAway, isClosed, isFaultless } from './faultless.js';
import { createTalks, type Listed } from './talks.js';

/** What follows from what was begun at the press, and what can wait for this code to come. */
export interface Acts {
  /** @param place of the button that was pressed. */
  forgotten(memory: Memory, at: Ms, place: number): Promise<void>;
  confirmed(fact: Remembered): void;
  granted(): void;
  edit(fact: Remembered): void;
  question(memory: Memory, end: End): Promise<void>;
  copy(memory: Memory): Promise<void>;
  /** Lists more conversations than are at hand. */
  showMore(memory: Memory): Promise<void>;
  /** What was listed by that; undefined where nothing was. */
  readonly listed: Listed | undefined;
  /** Says what is so after a press that failed; where that cannot be said, it is the page's error. */
  failed(error: unknown, unkept?: Unkept): void;
  /** Follows the memory when it has changed. */
  follow(memory: Memory): void;
  /** Asks nothing any more, and changes nothing. */
  reset(): void;
  /** The form that stands in the place of a value; undefined where nothing is changed. */
  formFor(memory: Memory, fact: Remembered, words: CenterWords): unknown;
  /** What stands in the place of the last buttons; undefined where nothing is asked. */
  askedOf(memory: Memory, words: CenterWords): unknown;
  /** Drops what is held for the person only while the center is on the page. */
  end(): void;
}

export function createActs(center: Center): Acts {
  const { element, say } = center;
  const talks = createTalks(center);
  const correcting = createCorrecting(center);
  const asking = createAsking(center, { forget: forgetAll, withdraw, copy });
  let release: (() => void) | undefined;

  adoptStyles(element.renderRoot, [layout]);
  // WebKit (2.50) does not mind the margin by itself. Not while it is pressed: it must not move away under the finger.
  element.renderRoot.addEventListener('focusin', ({ target }) => {
    const focused = target as Element;
    if (focused.matches(':focus-visible')) focused.scrollIntoView({ block: 'nearest' });
  });

  return {
    forgotten,
    confirmed: (fact) => correcting.end(fact, 'center.confirmed'),
    granted: () => focus(element, '[part="withdraw"]'),
    edit: correcting.edit,
    question: asking.question,
    copy,
    failed,
    showMore: talks.showMore,
    get listed() {
      return talks.listed;
    },
    follow: talks.follow,
    reset() {
      talks.end();
      correcting.leave();
      asking.end();
    },
    formFor: correcting.formFor,
    askedOf: asking.askedOf,
    end: () => release?.(),
  };

  async function forgetAll(memory: Memory): Promise<void> {
    const selector = 'everything';
    if (!ask(element, 'memory-forget', { selector })) return;
    const receipt = await memory.forget(selector);
    await forgotten(memory, receipt.at);
    tell(element, 'memory-forgotten', { selector, receipt });
  }

  async function withdraw(memory: Memory): Promise<void> {
    if (!ask(element, 'memory-consent-refuse', undefined)) return;
    await memory.consent.withdraw();
    await forgotten(memory, memory.consent.refusedAt ?? surroundings().clock.now());
  }

  async function forgotten(memory: Memory, at: Ms, place = -1): Promise<void> {
    asking.end();
    say((words) => furtherWords(words).say('receipt.device', { time: clock(words.lang, at) }));
    await talks.reload(memory);
    await element.updateComplete;
    focusNear(element, place);
  }

  function failed(error: unknown, unkept?: Unkept): void {
    const become = isAway(error) ? 'away' : isFaultless(error) && unkept;
    if (!become) {
      if (isClosed(error)) say(() => undefined);
      else surroundings().report(error);
      return;
    }
    say((words) => furtherWords(words).say(`center.${become}`));
    void element.updateComplete.then(() => {
      // What was pressed is gone.
      if (document.activeElement === document.body) focusNear(element, -1);
    });
  }

  async function copy(memory: Memory): Promise<void> {
    release?.();
    release = download(`${memory.site}-memory.json`, await memory.export());
    say((words) => furtherWords(words).say('center.copied'));
  }
}
