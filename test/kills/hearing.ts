/** What the tabs of one round tell, as it comes, and who waits for it. */
import { setTimeout as after } from 'node:timers/promises';
import { isTaking } from './possible.js';
import type { RoundPlan } from './plan.js';
import type { Call } from './serve.js';
import type { Group, TabName, Told } from './talk.js';

/** How long nothing may happen before the round has failed. */
const PATIENCE = 30_000;

type What = Call['what'];
const ANSWERED_LATER: readonly What[] = ['page', 'look', 'lane', 'about'];

export class Hearing {
  readonly told: Told[] = [];
  /** What was thrown in a page, and why a step was refused while the browser was there. */
  readonly broken: string[] = [];
  readonly #calls: Call[] = [];
  readonly #waiting = new Set<() => void>();
  #plan: RoundPlan | undefined;
  #over = false;

  readonly hear = (call: Call): void => {
    this.#calls.push(call);
    if (call.what === 'told') this.#tell(call.body as Told);
    if (call.what === 'broken' && !this.#over) this.broken.push(String(call.body));
    if (call.what === 'about') this.#permit(call);
    if (!ANSWERED_LATER.includes(call.what)) call.answer(null);
    for (const look of this.#waiting) look();
  };

  /** The first call of that kind. */
  async first(what: What): Promise<Call> {
    await this.#until(() => this.#has(what));
    return this.#calls.find((call) => call.what === what) as Call;
  }

  /** Resolves when the moment of the plan has come, or when everything is done before it does. */
  async moment(plan: RoundPlan): Promise<void> {
    this.#plan = plan;
    const { moment, lanes } = plan;
    const tabs = lanes.b.length > 0 ? 2 : 1;
    const done = () => this.#calls.filter(({ what }) => what === 'done').length === tabs;
    await this.#until(() => this.#hasCome(moment) || done());
    if ('ms' in moment && moment.at !== 'closing') await after(moment.ms);
  }

  /** The browser is about to be killed: what is thrown from now on is its death, and nobody waits any more. */
  end(): void {
    this.#over = true;
    for (const look of this.#waiting) look();
  }

  #tell(told: Told): void {
    this.told.push(told);
    if (told.refused !== undefined && !this.#over) this.broken.push(`refused: ${told.refused}`);
  }

  /** What takes everything away waits until the other tab has done all of its own. */
  #permit(call: Call): void {
    const lanes = this.#plan?.lanes;
    const { tab, group } = call.body as About;
    const taking = isTaking(lanes?.[tab][group] as Group);
    const may = () => !taking || lanes?.b.length === 0 || this.#has('done', 'b');
    void this.#until(may).then(
      () => call.answer(null),
      () => undefined,
    );
  }

  #hasCome(moment: RoundPlan['moment']): boolean {
    if (moment.at === 'write') return this.told.length >= moment.accepted;
    if (moment.at !== 'about') return false;
    return this.#calls.some(({ what, body }) => {
      const { tab, group } = (body ?? {}) as Partial<About>;
      return what === 'about' && tab === moment.tab && group === moment.group;
    });
  }

  #has(kind: What, tab?: string): boolean {
    return this.#calls.some((call) => call.what === kind && (tab ?? call.tab) === call.tab);
  }

  #until(is: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (is()) stop(resolve);
        else if (this.#over) stop(() => reject(new Error('The browser is gone.')));
      };
      const stop = (settle: () => void) => {
        this.#waiting.delete(look);
        clearTimeout(tooLate);
        settle();
      };
      const tooLate = setTimeout(() => {
        const last = this.#calls.at(-1);
        const what = `Nothing for ${PATIENCE} ms after “${last?.what}” of tab ${last?.tab}.`;
        stop(() => reject(new Error(what)));
      }, PATIENCE);
      this.#waiting.add(look);
      look();
    });
  }
}

interface About {
  readonly tab: TabName;
  readonly group: number;
}
