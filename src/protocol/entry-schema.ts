/**
 * Entries as zod schemas: the record of what crosses every border except the start path, where facts/guard.ts says the
 * same by hand. Fields that are not known here pass and are kept, so that an older version sends on what a newer one wrote.
 */
import * as z from 'zod/mini';
import { AUTHORITIES } from '../facts/authority.js';
import type { Json, MessageValue } from '../facts/entry.js';
import { SPEAKERS } from '../facts/guard.js';
import { jsonProblem } from '../facts/json.js';
import { isKey, prefixProblem } from '../facts/key.js';
import { messageIdsOf } from '../facts/message-key.js';
import { isPurposeName } from '../facts/purpose-name.js';
import { isStamp } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';

// zod compiles its object schemas with `new Function` otherwise, which a strict content security policy reports.
z.config({ jitless: true });

const uuid = z.string().check(z.refine(isUuid, 'a UUID is 8-4-4-4-12 lowercase hex digits'));
const count = z.int().check(z.nonnegative());
const text = z.string();
const key = z.string().check(z.refine(isKey, 'a key has 2 to 6 segments, the first a root'));
const prefix = z
  .string()
  .check(z.refine((x) => !prefixProblem(x), 'a prefix has 1 to 6 segments, the first a root'));
const purpose = z.string().check(z.refine(isPurposeName, 'a purpose is named like a segment of a key'));

/**
 * JSON that can be kept: at most 64 KiB, 32 deep, no `__proto__`, no half surrogate pairs. It looks at what
 * came and not at zod's copy of it, which leaves `__proto__` out without a word.
 */
export const jsonSchema = z.custom<Json>((x) => !jsonProblem(x), 'it cannot be kept as JSON');

export const bySchema = z.looseObject({
  who: z.enum(SPEAKERS),
  name: z.exactOptional(text),
  channel: z.exactOptional(text),
  page: z.exactOptional(text),
  relayed: z.exactOptional(text),
});

/** Exactly one of key, under, purpose: two at once would leave open which is meant. */
export const selectorSchema = z.union([
  z.strictObject({ key }),
  z.strictObject({ under: prefix }),
  z.strictObject({ purpose }),
]);

const common = {
  id: uuid,
  at: z.string().check(z.refine(isStamp, 'a stamp is 16 lowercase hex digits')),
  by: bySchema,
  seen: count,
  after: z.exactOptional(z.array(uuid)),
};

const kept = {
  purpose,
  until: z.exactOptional(count),
  discreet: z.exactOptional(z.literal(true)),
  merge: z.exactOptional(uuid),
};

export const factSchema = z.looseObject({
  ...common,
  ...kept,
  kind: z.literal('fact'),
  key: key.check(z.refine((x) => !messageIdsOf(x), 'what has a message’s key is a message')),
  value: jsonSchema,
  authority: z.enum(AUTHORITIES),
  why: z.exactOptional(text),
});

export const messageSchema = z.looseObject({
  ...common,
  ...kept,
  kind: z.literal('message'),
  key: key.check(
    z.refine((x) => messageIdsOf(x) !== undefined, 'a message’s key is conversations.<id>.m.<id>'),
  ),
  value: z.pipe(
    z.custom<MessageValue>((x) => !jsonProblem(x), 'it cannot be kept as JSON'),
    z.looseObject({ text, data: z.exactOptional(jsonSchema) }),
  ),
});

export const forgetSchema = z.looseObject({ ...common, kind: z.literal('forget'), of: selectorSchema });

export const entrySchema = z.discriminatedUnion('kind', [factSchema, messageSchema, forgetSchema]);
