/** What a run of kills has come to, in words. */
import type { Fault } from './differences.js';
import type { Outcome } from './round.js';

interface Run {
  readonly browser: string;
  readonly profiles: number;
  readonly seed: number;
  readonly seconds: number;
}

export function reportOf(outcomes: readonly Outcome[], { browser, profiles, seed, seconds }: Run): string {
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  const count = (kind: Fault['kind']) => faults.filter((fault) => fault.kind === kind).length;
  const at = (moment: Outcome['moment']) => outcomes.filter((one) => one.moment === moment).length;
  const accepted = outcomes.reduce((sum, one) => sum + one.accepted, 0);
  const moments = [
    `${at('start')} starting`,
    `${at('write')} writing`,
    `${at('about')} granting, forgetting or leaving`,
    `${at('end')} idle`,
    `${at('closing')} closing`,
  ];
  const rows = [
    ['when', moments.join(', ')],
    ['accepted', `${accepted} operations`],
    ['lost', count('lost')],
    ['torn', count('torn')],
    ['resurrected', count('resurrected')],
    ['never said', count('never said')],
    ['disagreements', `${count('disagrees')} of the boot record with the database`],
    ['other', count('broken')],
    ['thrown away', `${count('thrown away')} times by the browser, with all that the site had`],
    ['first views', firstViews(outcomes)],
  ] as const;
  return [
    '',
    `${outcomes.length - at('never')} kills of ${browser} in ${seconds} s, on ${profiles} profiles, from seed ${seed}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(14)}${value}`),
  ].join('\n');
}

/** What was shown from local storage that the browser had not come to write, until the database answered. */
function firstViews(outcomes: readonly Outcome[]): string {
  const all = outcomes.flatMap(({ early }) => early ?? []);
  const old = all.filter(({ what }) => what !== 'nothing');
  const took = old.map((one) => one.took).sort((a, b) => a - b);
  const [middle = 0, most = 0] = [took[took.length >> 1], took.at(-1)].map((ms) => Math.round(ms ?? 0));
  const left = old.filter(({ what }) => what === 'somebody who had left').length;
  const how = old.length > 0 ? `, for ${middle} ms in the middle, ${most} ms at most` : '';
  return `${old.length} of ${all.length} with what had been taken away (${left} with somebody who had left)${how}`;
}
