import type { Draft, Entry } from '../facts/entry.js';
import { isEntry } from '../facts/guard.js';
import { purposeOf } from '../facts/purpose.js';
import { secretIn } from '../facts/secret.js';
import { MemoryError } from '../platform/errors.js';
import type { Core } from './core.js';
import type { Keeper } from './keeper.js';
import type { ImportResult, MemoryExport } from './types.js';

/** Everything that is remembered, to carry away; and back in, here or elsewhere. */
export function createPortable(core: Core, keeper: Keeper) {
  return { export: exported, import: imported };

  async function exported(): Promise<MemoryExport> {
    core.open('export');
    await keeper.ready;
    const { session, settings } = core;
    const entries: Entry[] = [];
    if (session.subject)
      for await (const batch of session.subject.entries(core.now()))
        entries.push(...batch.map(({ entry }) => entry));
    if (!session.closed) entries.push(...session.view.said());
    return { v: 1, site: settings.site, at: core.now(), entries };
  }

  async function imported(data: unknown): Promise<ImportResult> {
    core.open('import');
    const entries = entriesOf(data);
    await keeper.ready;
    const allowed = entries.filter(mayCome).map((entry) => withPurpose(entry));
    const known = await knownAmong(allowed);
    const added = allowed.filter(({ id }) => !known.has(id));
    for (const { at } of added) core.drafter.meet(at);
    if (added.length) await core.accept(added, 'import');
    return { added: added.length, known: known.size, refused: entries.length - allowed.length };
  }

  /** A file is the person's word at most: what an endpoint or a token says cannot come from it. */
  function mayCome(entry: unknown): entry is Entry {
    if (!isEntry(entry)) return false;
    if (entry.kind !== 'fact') return true;
    return (
      entry.authority !== 'verified' && entry.authority !== 'recorded' && !secretIn(entry.key, entry.value)
    );
  }

  /** Writers do not choose the purpose, a file least of all. */
  function withPurpose(entry: Entry): Draft {
    return entry.kind === 'forget'
      ? entry
      : { ...entry, purpose: purposeOf(entry.key, core.settings.purposes) };
  }

  async function knownAmong(entries: readonly Draft[]): Promise<ReadonlySet<string>> {
    const ids = entries.map(({ id }) => id);
    const { view, subject } = core.session;
    const said = new Set(view.said().map(({ id }) => id));
    const stored = (await subject?.has(ids)) ?? new Set<string>();
    return new Set(ids.filter((id) => said.has(id) || stored.has(id)));
  }
}

function entriesOf(data: unknown): readonly unknown[] {
  const { v, entries } = (typeof data === 'object' && data !== null ? data : {}) as {
    v?: unknown;
    entries?: unknown;
  };
  if (v !== 1 || !Array.isArray(entries)) throw new MemoryError('invalid_import', 'import');
  return entries;
}
