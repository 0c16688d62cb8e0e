/**
 * What can go wrong before anything is said: code, sentence, remedy. No sentence stands here where each place that finds
 * the mistake says it more exactly; error-table.ts has it in general.
 */
export const firstErrors = {
  malformed_key: ['', 'Write 2 to 6 segments such as "preferences.delivery".'],
  unknown_root: ['', 'Begin with identity, preferences, conversations or care.'],
  unknown_key: ['', 'Correct it, or declare the preference in createMemory.'],
  invalid_option: ['', 'See the README.'],
  options_conflict: ['', 'Give the same ones.'],
  version_conflict: ['another major version is on this page', 'Load one version.'],
  unknown_purpose: ['', 'Declare it in createMemory.'],
  not_permitted: ['', 'Add the key to its `keys` in createMemory.'],
  storage_failed: ['', 'What was said stands. Try again later.'],
  misuse: ['', 'See the README.'],
  closed: ['this memory was closed', 'Make another with createMemory.'],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
