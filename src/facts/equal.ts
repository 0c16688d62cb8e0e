import type { Json } from './entry.js';

/** Whether two JSON values say the same; the order of an object's fields does not count. */
export function equalJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (
    typeof a !== 'object' ||
    typeof b !== 'object' ||
    a === null ||
    b === null ||
    Array.isArray(a) !== Array.isArray(b)
  )
    return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) => Object.hasOwn(b, name) && equalJson((a as Fields)[name] as Json, (b as Fields)[name] as Json),
    )
  );
}

type Fields = { readonly [name: string]: Json };
