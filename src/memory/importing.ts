import type { Draft, Json, Uuid } from '../facts/entry.js';
import { isEntry, isForget } from '../facts/guard.js';
import { identityProblem } from '../facts/identity.js';
import { isIdentityKey } from '../facts/identity-key.js';
import { defined } from '../facts/defined.js';
import { maskCards, secretIn } from '../facts/secret.js';
import { MAX_AHEAD, wallOf } from '../facts/stamp.js';
import { MemoryError } from '../platform/errors.js';
import type { Core } from './core.js';
import { kept } from './drafting.js';
import type { Session } from './session.js';
import type { ImportResult } from './types.js';

/** Brings in what was carried away, here or elsewhere, for whoever was here when it was asked for. */
export function createImport(core: Core): (mine: Session, data: unknown) => Promise<ImportResult> {
  return imported;

  async function imported(mine: Session, data: unknown): Promise<ImportResult> {
    const entries = entriesOf(data);
    await core.keeper().ready;
    const allowed = new Map<Uuid, Draft>();
    let refused = 0;
    let known = 0;
    for (const entry of entries) {
      const draft = attempt(() => incoming(entry));
      if (!draft) {
        // What a file forgot is not in it; it takes nothing away from what is here.
        if (!attempt(() => isForget(entry))) refused += 1;
      } else if (allowed.has(draft.id)) known += 1;
      else allowed.set(draft.id, draft);
    }
    // Who has come since is not told what of it they know.
    if (mine !== core.session) throw new MemoryError('put_aside', 'import');
    const { view, subject } = mine;
    // Where it cannot be told, it is stored once more: what is stored twice is there once.
    const stored = await subject
      ?.reads()
      .then(({ carrying }) => carrying())
      .then(({ has }) => has([...allowed.keys()]))
      .catch(() => undefined);
    for (const id of allowed.keys())
      if (view.pending.has(id) || stored?.has(id)) {
        allowed.delete(id);
        known += 1;
      }
    if (allowed.size)
      await core.keeper().saying((saying) => saying.accept(mine, [...allowed.values()], 'import'));
    return { added: allowed.size, known, refused };
  }

  /**
   * The entry as this site keeps it, or undefined for what cannot come from a file: that is the person's
   * word at most, and a clock far ahead would have the last word for ever.
   */
  function incoming(entry: unknown): Draft | undefined {
    const now = core.now();
    if (!isEntry(entry) || entry.kind === 'forget' || wallOf(entry.at) > now + MAX_AHEAD) return undefined;
    const { key, until } = entry;
    const here = defined(kept(core, key, until));
    if (entry.kind === 'message') {
      const { text, ...rest } = entry.value;
      if (secretIn('message', rest as Json)) return undefined;
      return { ...entry, ...here, value: { ...rest, text: maskCards(text).text } };
    }
    const { authority, value } = entry;
    if (authority === 'verified' || authority === 'recorded' || secretIn(key, value)) return undefined;
    // A name that this version does not know is kept; a value that is not what its name says is not.
    if (isIdentityKey(key) && identityProblem(key, value)) return undefined;
    return { ...entry, ...here };
  }
}

function entriesOf(data: unknown): readonly unknown[] {
  const entries = attempt(() => {
    const { v, entries } = data as { v?: unknown; entries?: unknown };
    return v === 1 && Array.isArray(entries) ? [...(entries as unknown[])] : undefined;
  });
  if (!entries) throw new MemoryError('invalid_import', 'import');
  return entries;
}

/** Undefined where reading it throws: it may be anybody's object. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
