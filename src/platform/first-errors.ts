/** What can go wrong before anything is said: code, sentence, remedy. */
export const firstErrors = {
  malformed_key: ['the key is malformed', 'Write 2 to 6 segments such as "preferences.delivery".'],
  unknown_root: [
    'the key begins with an unknown root',
    'Begin with identity, preferences, conversations or care.',
  ],
  unknown_key: [
    'the key is not declared',
    'Declare it in the options of createMemory, or correct its spelling.',
  ],
  invalid_option: ['an option is not understood', 'See the options of createMemory in the README.'],
  options_conflict: [
    'the memory of this site has another value for an option',
    'Give the options once, or the same ones.',
  ],
  version_conflict: ['another major version of customer-memory is on this page', 'Load one version.'],
  unknown_purpose: ['the purpose is not declared', 'Declare it in the options of createMemory.'],
  not_permitted: [
    'the purpose does not cover this key',
    'Add the key to its `keys` in the options of createMemory.',
  ],
  unknown_conversation: ['there is no such conversation', 'Start one with conversations.start().'],
  invalid_selector: [
    'the selector is not understood',
    "Give { key }, { under }, { conversation }, { purpose } or 'everything'.",
  ],
  storage_failed: [
    'the browser did not store it',
    'It is kept until the tab closes and tried again with the next write.',
  ],
  misuse: ['it was called in another way than it is made for', 'See the README.'],
  closed: ['this memory was closed', 'Make another with createMemory.'],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
