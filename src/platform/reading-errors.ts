/** What can go wrong with what is read from the device; it comes with the code for that. */
export const readingErrors = {
  unknown_conversation: ['there is no such conversation', 'Start one with conversations.start().'],
  quota: ['the browser has no room left for this site', 'Ask the person to free some space.'],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
