import { quotaError } from './quota-error.js';

/** What can only go wrong with what is read from the device; it comes with the code for that. */
export const readingErrors = {
  unknown_conversation: ['there is no such conversation', 'Start one with conversations.start().'],
  ...quotaError,
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
