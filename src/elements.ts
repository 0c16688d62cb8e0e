/** The elements' classes, unregistered; `customer-memory/define` registers them. */
export { MemoryCenter } from './elements/memory-center/memory-center.js';
export { MemoryConsent } from './elements/memory-consent/memory-consent.js';
export { MemoryConversations } from './elements/memory-conversations/memory-conversations.js';
export { MemoryGreeting } from './elements/memory-greeting/memory-greeting.js';
export { MemoryElement } from './elements/memory-element.js';
export type { MemoryEvents } from './elements/events.js';
export { setStrings } from './elements/strings.js';
export type { AllStrings, Plural, StringKey } from './elements/strings.js';
