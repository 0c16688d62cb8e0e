import { createAsk, type Ask } from './asking.js';
import { createConsentVerbs, type ConsentVerbs } from './consent.js';
import { createConversations, type ConversationVerbs } from './conversations.js';
import type { Core } from './core.js';
import { createForgetting, type Forgetting } from './forgetting.js';
import { createKeeper, type Keeper } from './keeper.js';
import { createPortable } from './portable.js';

/** Everything that needs the database, and so may come after the first paint. */
export interface Verbs extends Forgetting, ReturnType<typeof createPortable> {
  readonly keeper: Keeper;
  readonly consent: ConsentVerbs;
  readonly conversations: ConversationVerbs;
  readonly ask: Ask;
}

export function createVerbs(core: Core): Verbs {
  const keeper = createKeeper(core);
  return {
    keeper,
    consent: createConsentVerbs(core, keeper),
    conversations: createConversations(core, keeper),
    ask: createAsk(core, keeper),
    ...createForgetting(core, keeper),
    ...createPortable(core, keeper),
  };
}
