/**
 * What a press in the center begins. What must be done even if the page is left at once is begun here, at the press;
 * what is said of it, and what can wait, is in acts.ts and comes with the first press.
 */
import type { ForgetSelector, Memory, Remembered } from '../../memory/types.js';
import type { Press } from '../button.js';
import { ask, tell } from '../events.js';
import type { Acts } from './acts.js';
import type { Center, Unkept } from './center.js';

export interface Presses {
  /** What presses do, once one was made. */
  readonly acts: Acts | undefined;
  forget(memory: Memory, selector: ForgetSelector): Press;
  confirm(memory: Memory, fact: Remembered): Press;
  grant(memory: Memory): Press;
  /** Does what can wait until its code has come. */
  later(run: (acts: Acts) => unknown): Press;
  /** Says what is so after what has failed; it is raised as the page's error where `status` does not tell of it. */
  failed(error: unknown, unkept: Unkept | undefined): Promise<void>;
}

export function createPresses(center: Center): Presses {
  const { element, press } = center;
  let acts: Acts | undefined;

  return {
    get acts() {
      return acts;
    },
    forget:
      (memory, selector) =>
      ({ currentTarget }) => {
        if (!ask(element, 'memory-forget', { selector })) return;
        const buttons = [...element.renderRoot.querySelectorAll('[part="forget"]')];
        const place = buttons.indexOf(currentTarget as Element);
        begin(
          'hidden',
          () => memory.forget(selector),
          async (here, receipt) => {
            await here?.forgotten(memory, receipt.at, place);
            tell(element, 'memory-forgotten', { selector, receipt });
          },
        );
      },
    confirm:
      (memory, { key, value }) =>
      () => {
        if (!ask(element, 'memory-fact-correct', { key, value })) return;
        begin(
          'unkept',
          () => memory.remember(key as `preferences.${string}`, value),
          (here, fact) => here?.confirmed(fact),
        );
      },
    grant: (memory) => () => {
      const grant = { device: true };
      if (!ask(element, 'memory-consent-grant', { grant })) return;
      begin(
        'unkept',
        () => memory.consent.grant(grant),
        (here) => here?.granted(),
      );
    },
    later: (run) => () => press(async () => run(await fetched())),
    failed: async (error, unkept) => (await fetched()).failed(error, unkept),
  };

  /** What is said of it comes when it can be had. */
  function begin<T>(
    unkept: Unkept,
    work: () => Promise<T>,
    then: (acts: Acts | undefined, done: T) => unknown,
  ): void {
    press(async () => {
      const [done, here] = await Promise.all([work(), fetched().catch(() => undefined)]);
      await then(here, done);
    }, unkept);
  }

  async function fetched(): Promise<Acts> {
    return (acts ??= (await import('./acts.js')).createActs(center));
  }
}
