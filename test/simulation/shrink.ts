/** From a long history that fails to a short one that fails alike: steps are left out as long as it still does. */
import type { make as Make } from '../../src/memory/assemble.js';
import { play, type Violation } from './history.js';
import { tell, type Plan, type Step } from './steps.js';

export interface Short {
  readonly plan: Plan;
  readonly violation: Violation;
}

/** @param tries most histories to play. */
export async function shrink(
  plan: Plan,
  violation: Violation,
  make: typeof Make,
  tries = 1500,
): Promise<Short> {
  let best: Short = { plan: { ...plan, steps: plan.steps.slice(0, violation.step + 1) }, violation };
  if (!(await holds(best.plan))) best = { plan, violation };

  for (let size = Math.ceil(best.plan.steps.length / 2); size >= 1 && tries > 0;) {
    let shorter = false;
    for (let at = best.plan.steps.length - size; at > -size && tries > 0; at -= size) {
      const from = Math.max(0, at);
      shorter = (await holds(without(best.plan, from, at + size))) || shorter;
    }
    if (size === 1 && !shorter) break;
    if (!shorter) size = Math.floor(size / 2);
    else size = Math.max(1, Math.min(size, Math.floor(best.plan.steps.length / 2)));
  }
  const { setting } = best.plan;
  const plain = {
    deaf: 0,
    slowness: 1,
    slowCode: 0,
    lag: 1,
    skew: 0,
    buffersNew: false,
    locks: true,
    records: false,
  };
  for (const [name, value] of Object.entries(plain))
    await holds({ ...best.plan, setting: { ...best.plan.setting, [name]: value } });
  for (const name of ['keep', 'signedOut'] as const) {
    const { [name]: dropped, ...rest } = best.plan.setting;
    if (dropped !== undefined) await holds({ ...best.plan, setting: rest });
  }
  void setting;
  for (let at = 0; at < best.plan.steps.length; at += 1) {
    const step = best.plan.steps[at] as Step;
    for (const simpler of simplerThan(step)) {
      const steps = [...best.plan.steps];
      steps[at] = simpler;
      if (await holds({ ...best.plan, steps })) break;
    }
  }
  return best;

  async function holds(shorter: Plan): Promise<boolean> {
    tries -= 1;
    const { violation: found } = await play(shorter, make);
    if (found?.id !== violation.id) return false;
    best = { plan: shorter, violation: found };
    return true;
  }
}

function without(plan: Plan, from: number, to: number): Plan {
  return { ...plan, steps: [...plan.steps.slice(0, from), ...plan.steps.slice(to)] };
}

function simplerThan(step: Step): Step[] {
  const { wait, ...waited } = step;
  const found: Step[] = wait === undefined ? [] : [waited];
  if (step.tab > 0) found.unshift({ ...step, tab: 0 });
  if (step.do === 'remember' && (step.lasts || step.authority !== 'stated')) {
    const { lasts, ...lasting } = step;
    void lasts;
    found.unshift({ ...lasting, authority: 'stated' });
  }
  return found;
}

/** The history in sentences. */
export function story({ plan, violation }: Short): string {
  const { setting, steps } = plan;
  const { deaf, slowness, slowCode, lag, skew, locks, buffersNew, keep, signedOut } = setting;
  const given = [
    deaf && `messages between tabs are lost ${deaf === 1 ? 'always' : `with probability ${deaf}`}`,
    slowness > 1 && `the browser is ${slowness} times slower`,
    slowCode > 0 && `code takes up to ${slowCode} ms to come`,
    lag > 1 && `other processes see local storage up to ${lag} ms late`,
    skew > 0 && `clocks of pages are up to ${2 * skew} ms apart`,
    !locks && 'there are no Web Locks',
    buffersNew && 'new databases are buffered',
    keep && `the site keeps for ${keep}`,
    signedOut && 'who is signed out is forgotten',
  ].filter(Boolean);
  return [
    ...(given.length ? [`Where ${given.join(', ')}:`] : []),
    ...steps.map((step, at) => `${String(at + 1).padStart(3)}. ${tell(step)}`),
    `${violation.step < steps.length ? `After step ${violation.step + 1}` : 'At the end'}: ${violation.id}, ${violation.what}`,
  ].join('\n');
}
