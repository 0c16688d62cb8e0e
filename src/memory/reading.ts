/** What is read beyond what a start brings: conversations, counts, everything to carry away. Fetched when it is asked for. */
import type { Entry } from '../facts/entry.js';
import { createConversations, type ConversationVerbs } from './conversations.js';
import { isKey } from '../facts/key.js';
import type { Core, Taken } from './core.js';
import { countOf, nothing, sumOf, type Counts } from './counts.js';
import { stored } from './stored.js';
import type { MemoryExport, RememberOptions } from './types.js';

export interface Reading {
  readonly conversations: ConversationVerbs;
  count(): Promise<Counts>;
  export(): Promise<MemoryExport>;
  /** Does what was noted on an earlier page of this visit. */
  redo(taken: Taken, call: unknown, value: unknown, given: unknown): Promise<unknown>;
}

export function createReading(core: Core): Reading {
  const conversations = createConversations(core);

  return {
    conversations,

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
          (await stored(session, 'count', ({ count }) => count(core.now()))) ?? nothing,
          countOf(view.said()),
        ),
        facts: view.keys().length,
      };
    },

    async export() {
      core.open('export');
      await core.keeper().ready;
      const { session, settings } = core;
      const entries: Entry[] = [];
      let unreadable: readonly unknown[] = [];
      await stored(session, 'export', async (reads) => {
        for await (const batch of reads.entries(core.now())) entries.push(...batch.map(({ entry }) => entry));
        // After it: what turns out to be unreadable by then is here.
        unreadable = await reads.setAside();
      });
      if (!session.closed) entries.push(...session.view.said());
      return {
        v: 1,
        site: settings.site,
        at: core.now(),
        entries,
        ...(unreadable.length && { unreadable }),
      };
    },
  };
}
