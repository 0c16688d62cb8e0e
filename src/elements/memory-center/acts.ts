/**
 * What a press in the center does, fetched with the first one: forget, correct, ask before all of it goes, hand over a
 * copy, remember on this device or no more. It knows where the focus belongs afterwards, and nothing of what is shown
 * without a press.
 */
import { adoptStyles, type LitElement } from 'lit';
import type { Ms } from '../../facts/entry.js';
import type { ForgetSelector, Memory, Remembered } from '../../memory/types.js';
import { clock } from '../dates.js';
import { ask, tell } from '../events.js';
import { surroundings } from '../surroundings.js';
import { layout } from './acts-layout.js';
import { createAsking, type End } from './asking.js';
import type { Center, CenterWords } from './center.js';
import { createCorrecting } from './correcting.js';
import { download } from './download.js';
import { focus, focusNear, placeOf } from './focus.js';
import { furtherWords } from './further-words.js';

/** Each but `reset` does what a press asked for; what fails rejects. */
export interface Acts {
  forget(memory: Memory, selector: ForgetSelector, button?: EventTarget | null): Promise<void>;
  confirm(memory: Memory, fact: Remembered): Promise<void>;
  edit(fact: Remembered): void;
  question(memory: Memory, end: End): Promise<void>;
  grant(memory: Memory): Promise<void>;
  copy(memory: Memory): Promise<void>;
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
  const { element, say, settled } = center;
  const correcting = createCorrecting(center);
  const asking = createAsking(center, { forget: (memory) => forget(memory, 'everything'), withdraw, copy });
  let release: (() => void) | undefined;

  adoptStyles(element.renderRoot as ShadowRoot, [
    ...(element.constructor as typeof LitElement).elementStyles,
    layout,
  ]);

  return {
    forget,
    confirm: (memory, { key, value }) => correcting.correct(memory, key, value, 'center.confirmed'),
    edit: correcting.edit,
    question: asking.question,
    grant,
    copy,
    reset() {
      correcting.end();
      asking.end();
    },
    formFor: correcting.formFor,
    askedOf: asking.askedOf,
    end: () => release?.(),
  };

  async function forget(
    memory: Memory,
    selector: ForgetSelector,
    button?: EventTarget | null,
  ): Promise<void> {
    if (!ask(element, 'memory-forget', { selector })) return;
    const place = placeOf(element, button);
    const receipt = await memory.forget(selector);
    await gone(memory, receipt.at, place);
    tell(element, 'memory-forgotten', { selector, receipt });
  }

  async function withdraw(memory: Memory): Promise<void> {
    if (!ask(element, 'memory-consent-refuse', undefined)) return;
    await memory.consent.withdraw();
    await gone(memory, memory.consent.refusedAt ?? surroundings().clock.now());
  }

  async function gone(memory: Memory, at: Ms, place = -1): Promise<void> {
    asking.end();
    say((words) => furtherWords(words).say('receipt.device', { time: clock(words.lang, at) }));
    await settled(memory);
    focusNear(element, place);
  }

  async function grant(memory: Memory): Promise<void> {
    const given = { device: true };
    if (!ask(element, 'memory-consent-grant', { grant: given })) return;
    await memory.consent.grant(given);
    focus(element, '[part="withdraw"]');
  }

  async function copy(memory: Memory): Promise<void> {
    release?.();
    release = download(`${memory.site}-memory.json`, await memory.export());
    say((words) => furtherWords(words).say('center.copied'));
  }
}
