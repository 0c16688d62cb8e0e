/** What each element takes and tells, for frameworks that type their templates; types only. */
import type { Memory, Schemas } from '../memory/types.js';
import type { MemoryEvents } from './events.js';
import type { MemoryCenter } from './memory-center/memory-center.js';
import type { MemoryConsent } from './memory-consent/memory-consent.js';
import type { MemoryConversations } from './memory-conversations/memory-conversations.js';
import type { MemoryGreeting } from './memory-greeting/memory-greeting.js';

type Opens = 'memory-conversation-open';
type Consents = 'memory-consent-grant' | 'memory-consent-refuse';

/** By tag name: attributes and properties, and a listener for each event by `on` and its name. */
export interface ElementProperties {
  readonly 'memory-greeting': Takes<MemoryGreeting, 'reveal' | 'every'> &
    Tells<Opens | 'memory-person-leave' | 'memory-person-change'>;
  readonly 'memory-consent': Takes<MemoryConsent, 'for' | 'purposes' | 'when'> & Tells<Consents>;
  readonly 'memory-conversations': Takes<MemoryConversations, 'limit' | 'channel'> & Tells<Opens>;
  readonly 'memory-center': Takes<MemoryCenter, 'open'> &
    Tells<Consents | 'memory-forget' | 'memory-forgotten' | 'memory-fact-correct'>;
}

type Takes<E, K extends keyof E> = { readonly [Name in K]?: E[Name] | undefined } & {
  readonly site?: string | undefined;
  readonly memory?: Memory<Schemas, Schemas> | undefined;
};

type Tells<K extends keyof MemoryEvents> = {
  readonly [Name in K as `on${Name}`]?: ((event: CustomEvent<MemoryEvents[Name]>) => void) | undefined;
};
