/** What `storage_failed` says where nothing more exact is known. */
export const NOT_STORED = 'the browser did not store it';

/** What can only go wrong with what is said or forgotten; it comes with the code for that. */
export const laterErrors = {
  invalid_selector: [
    'the selector is not understood',
    "Give { key }, { under }, { conversation }, { purpose } or 'everything'.",
  ],
  invalid_value: ['the value does not fit', 'Give what it takes, or its schema accepts.'],
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
  invalid_import: ['this is not an export of customer-memory', 'Give what export() returned.'],
  quota: [
    'the browser has no room left for this site',
    'It is kept until the tab closes; ask the person to free some space.',
  ],
  put_aside: [
    'the person was put away or forgotten meanwhile',
    'Say it again for the person who is here now.',
  ],
} as const satisfies Record<string, readonly [sentence: string, remedy: string]>;
