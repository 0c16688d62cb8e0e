/** Said by several elements; not read out of another table, or a bundler would keep that whole. */
export const ASSISTANT = 'our assistant';
export const US = 'us';
export const BLOCKED =
  'Your browser lets us keep nothing after this visit. Everything works; next time you will be new to us.';
