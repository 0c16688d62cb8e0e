/** What is read beyond what a start brings: conversations and counts. Fetched when it is asked for. */
import { createConversations, type ConversationVerbs } from './conversations.js';
import { isKey } from '../facts/key.js';
import { isExpired } from '../facts/living.js';
import type { Ask } from './asking.js';
import type { Core, Taken } from './core.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import { part } from './part.js';
import type { Session } from './session.js';
import { stored } from './stored.js';
import type { ImportResult, MemoryExport, RememberOptions } from './types.js';

export interface Reading {
  readonly conversations: ConversationVerbs;
  count(): Promise<Counts>;
  export(): Promise<MemoryExport>;
  /** What asks, once its code is here. */
  ask(): Promise<Ask>;
  import(mine: Session, data: unknown): Promise<ImportResult>;
  /** Does what was noted on an earlier page of this visit. */
  redo(taken: Taken, call: unknown, value: unknown, given: unknown): Promise<unknown>;
}

export function createReading(core: Core): Reading {
  const conversations = createConversations(core);
  const asking = part(async () => (await import('./asking.js')).createAsk(core));
  const exporting = part(async () => (await import('./exporting.js')).createExport(core));
  const importing = part(async () => (await import('./importing.js')).createImport(core));

  return {
    conversations,
    ask: () => asking((ask) => ask),
    import: (mine, data) => importing((bring) => bring(mine, data)),

    async redo(taken, call, value, given) {
      if (!isKey(call)) return conversations.redo(taken, call, value, given);
      const { mine, head, unnote } = taken;
      return core.keeper().saying((saying) => {
        unnote();
        return saying.remember(mine, head, 'remember', call, value, (given ?? undefined) as RememberOptions);
      });
    },

    async count() {
      core.open('count');
      await core.keeper().ready;
      const { session } = core;
      const { closed, view } = session;
      if (closed) return nothing;
      return {
        ...sumOf(
          (await stored(core, 'count', ({ count }) => count(core.now()))) ?? nothing,
          countOf(view.said().filter((entry) => !isExpired(entry, core.now()))),
        ),
        facts: view.keys().length,
      };
    },

    export: () => exporting((carry) => carry()),
  };
}
