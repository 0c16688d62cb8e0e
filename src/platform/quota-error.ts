/** What goes wrong on a full disk, with what is said and with what is read alike: some browsers open nothing there. */
export const quotaError = {
  quota: [
    'the browser has no room left for this site',
    'It is kept until the tab closes; ask the person to free some space.',
  ],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
