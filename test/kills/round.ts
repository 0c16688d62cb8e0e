/** One round: a browser is started on the profile, what it finds is judged, it is kept busy, and it is killed. */
import { appendFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import type { Chance } from '../simulation/random.js';
import { start, type BrowserName, type Running } from './browsers.js';
import type { Fault } from './differences.js';
import { Hearing } from './hearing.js';
import type { Ledger, Verdict } from './ledger.js';
import { killsAtStart, planRound, type Moment, type RoundPlan } from './plan.js';
import type { KillerSite } from './serve.js';
import type { Look } from './talk.js';

export interface Setting {
  readonly site: KillerSite;
  readonly browser: BrowserName;
  readonly profile: string;
  readonly temporary: string;
  /** A file for whoever looks into a fault. */
  readonly journal: string;
  readonly ledger: Ledger;
}

export interface Outcome {
  readonly moment: Moment['at'];
  readonly accepted: number;
  readonly faults: readonly Fault[];
  /** What had been taken away and stood in the first view, and for how many milliseconds. */
  readonly early: { readonly what: Verdict['early']; readonly took: number } | undefined;
}

/** How long a browser may take to close. */
const PATIENCE = 30_000;

/** @param last it only looks, and closes. */
export async function playRound(
  setting: Setting,
  round: number,
  chance: Chance,
  last = false,
): Promise<Outcome> {
  const { site, browser: name, profile, temporary, ledger } = setting;
  const hearing = new Hearing();
  site.listen(round, hearing.hear);
  const browser = await start(name, profile, temporary, site.url(round, 'a'));
  const faults: Fault[] = [];
  let moment: Moment = { at: 'never' };
  let early: Outcome['early'];
  let look: Look | undefined;
  let plan: RoundPlan | undefined;
  try {
    await hearing.first('page');
    const atStart = last ? undefined : killsAtStart(chance);
    if (atStart) {
      moment = atStart;
      await after(atStart.ms);
    } else moment = await work();
  } catch (error) {
    faults.push({ kind: 'broken', what: String((error as Error).message) });
  }
  hearing.end();
  await end(browser, moment);
  await site.silence();
  for (const what of hearing.broken) faults.push({ kind: 'broken', what });
  const accepted = hearing.told.filter(({ refused }) => refused === undefined).length;
  appendFileSync(
    setting.journal,
    `${JSON.stringify({ round, look, plan, moment, told: hearing.told, faults })}\n`,
  );
  return { moment: moment.at, accepted, faults, early };

  async function work(): Promise<Moment> {
    const found = await hearing.first('look');
    look = found.body as Look;
    const verdict = ledger.judge(look);
    faults.push(...verdict.faults);
    early = { what: verdict.early, took: look.took };
    if (last) return { at: 'never' };
    const two = look.consent === 'granted' && chance.happens(0.4);
    plan = planRound(chance, ledger.world, ledger.words, two);
    // As it grows: what comes when the browser is gone already was accepted, too.
    const { lanes } = plan;
    ledger.note(lanes, hearing.told);
    const come = hearing.moment(plan);
    found.answer(lanes.a);
    if (two) {
      browser.open(site.url(round, 'b'));
      void hearing.first('lane').then(
        ({ answer }) => answer(lanes.b),
        () => undefined,
      );
    }
    await come;
    return plan.moment;
  }
}

async function end(browser: Running, moment: Moment): Promise<void> {
  if (moment.at === 'never' || moment.at === 'closing') browser.ask();
  if (moment.at === 'closing') await after(moment.ms);
  if (moment.at === 'never')
    await Promise.race([browser.closed(), after(PATIENCE, undefined, { ref: false })]);
  await browser.kill();
}
