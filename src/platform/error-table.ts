/**
 * Every error there is: its code, what it says, and what to do about it. `docs` in the README are
 * held equal to this table by a test.
 */
export const errorTable = {
  malformed_key: ['the key is malformed', 'Write 2 to 6 segments such as "preferences.delivery".'],
  unknown_root: [
    'the key begins with an unknown root',
    'Begin with identity, preferences, conversations or care.',
  ],
  unknown_key: [
    'the key is not declared',
    'Declare it in the options of createMemory, or correct its spelling.',
  ],
  invalid_value: ['the value does not fit', 'Give a value that its schema accepts.'],
  schema_not_stable: [
    'the schema does not accept its own output',
    'Let it give a value that it accepts unchanged.',
  ],
  async_schema: ['the schema answers a promise', 'Give a schema that validates synchronously.'],
  not_json: [
    'the value is not JSON',
    'Give plain objects, arrays, strings, finite numbers, booleans or null.',
  ],
  too_large: ['the value is over 64 KiB', 'Give a shorter value, or a reference to it.'],
  secret: [
    'passwords, cards and codes are never remembered',
    'Leave it to the browser or the payment provider.',
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
  invalid_import: ['this is not an export of customer-memory', 'Give what export() returned.'],
  quota: [
    'the browser has no room left for this site',
    'It is kept until the tab closes; ask the person to free some space.',
  ],
  storage_failed: [
    'the browser did not store it',
    'It is kept until the tab closes and tried again with the next write.',
  ],
  put_aside: [
    'the person was put away or forgotten meanwhile',
    'Say it again for the person who is here now.',
  ],
  misuse: ['it was called in another way than it is made for', 'See the README.'],
  closed: ['this memory was closed', 'Make another with createMemory.'],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;

export type ErrorCode = keyof typeof errorTable;
