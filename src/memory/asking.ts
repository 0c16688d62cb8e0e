import type { Json } from '../facts/entry.js';
import { askedKey } from '../facts/asked.js';
import { addDuration } from '../facts/add-duration.js';
import { durationProblem } from '../facts/retention.js';
import { MemoryError } from '../platform/errors.js';
import { checkKey } from './check.js';
import type { Core } from './core.js';
import { factOf } from './drafting.js';
import type { Session } from './session.js';

type AnyAsker = (context: { readonly key: string; readonly signal: AbortSignal }) => unknown;
export type Ask = (
  key: string,
  asker: AnyAsker,
  options?: { readonly every?: string; readonly signal?: AbortSignal },
) => Promise<Json | undefined>;

/** Asks only what is not known. A question that was skipped is not asked again, or only after `every`. */
export function createAsk(core: Core): Ask {
  const asking = new Map<string, { readonly session: Session; readonly answer: Promise<Json | undefined> }>();

  return async function ask(key, asker, options) {
    const { every, signal } = Object(options) as NonNullable<typeof options>;
    core.open('ask');
    checkKey(core.settings, 'ask', key);
    if (typeof asker !== 'function')
      throw new MemoryError('misuse', 'ask', 'it takes a key and a function that asks the person');
    const problem = every === undefined ? undefined : durationProblem(every);
    if (problem) throw new MemoryError('invalid_option', 'ask', problem);
    await core.keeper().ready;
    const known = core.recall(key);
    if (known && !known.reconfirm) return known.value;
    const { session } = core;
    if (session.closed || signal?.aborted || skipped(key, every)) return undefined;
    // Two elements that want the same answer ask once; another person is asked on their own account.
    const already = asking.get(key);
    if (already?.session === session) return already.answer;
    const question = { session, answer: put(key, asker, signal ?? new AbortController().signal) };
    asking.set(key, question);
    try {
      return await question.answer;
    } finally {
      if (asking.get(key) === question) asking.delete(key);
    }
  };

  async function put(key: string, asker: AnyAsker, signal: AbortSignal): Promise<Json | undefined> {
    const mine = core.session;
    const answer = await asker({ key, signal });
    // The person who was asked is not the one who is here now; what they said is not the other's.
    if (mine !== core.session) throw new MemoryError('put_aside', 'ask');
    if (signal.aborted) return undefined;
    if (answer !== undefined) return (await core.remember('ask', key, answer)).value;
    const skip = factOf(core, core.drafter.head(), askedKey(key), { skipped: core.now() });
    await core.keeper().saying((saying) => saying.accept(mine, [skip], 'ask'));
    return undefined;
  }

  function skipped(key: string, every: string | undefined): boolean {
    const asked = core.recall(askedKey(key))?.value as { readonly skipped: number } | undefined;
    return asked !== undefined && (every === undefined || addDuration(asked.skipped, every) > core.now());
  }
}
