/**
 * What the tag lends to its chunks, name by name, so that Lit, the elements' base and what the early
 * memory is made of exist once on a page. The build of a chunk says which name is missing here.
 */
export { html, nothing } from 'lit/html.js';

export { adoptStyles, css } from '../elements/adopt-styles.js';
export { clock, day, format } from '../elements/dates.js';
export { ask, tell } from '../elements/events.js';
export { MemoryElement } from '../elements/memory-element.js';
export { flag, number, text } from '../elements/rendering-element.js';
export { register } from '../elements/register.js';
export { opened, surroundings } from '../elements/surroundings.js';
export { AUTHORITIES, rankOf } from '../facts/authority.js';
export { covers } from '../facts/cover.js';
export { equalJson } from '../facts/equal.js';
export {
  conversationIdOf,
  conversationKey,
  isKey,
  isReserved,
  isRoot,
  isSegment,
  keyProblem,
  prefixProblem,
  rootOf,
  ROOTS,
  under,
} from '../facts/key.js';
export { isExpired } from '../facts/living.js';
export { compareHeld, compareWorth } from '../facts/order.js';
export { isBy, isFinal, matches } from '../facts/selector.js';
export { isObject, isString, isText, misfit, own } from '../facts/shape.js';
export { hex, isStamp, MAX_AHEAD, nextStamp, wallOf } from '../facts/stamp.js';
export { isUuid, uuidv7 } from '../facts/uuid.js';
export { resolveKey } from '../facts/value.js';
export { firstLook } from '../memory/first-look.js';
export { intentName, writeIntent } from '../memory/intent.js';
export { gate } from '../memory/gate.js';
export { createLabels } from '../memory/labels.js';
export { rememberedOf } from '../memory/remembered.js';
export { settingsOf } from '../memory/settings.js';
export { createSubscriptions } from '../memory/subscriptions.js';
export { enter, findMemory, leave, MAJOR, table } from '../memory/table.js';
export { isBootFact, readBootRecord, removeBootRecord } from '../store/boot-record.js';
export { newGeneration, readGeneration } from '../store/generation.js';
export { nameOf } from '../store/names.js';
export { readRefusal, writeRefusal } from '../store/refusal.js';
export { notable, noteCalls, noteVisited, readVisit, visitIn, writeVisit } from '../store/visit-record.js';
export { randomHex } from '../platform/random-hex.js';
export { snapshot } from '../platform/snapshot.js';
export { comingLanguages } from '../elements/strings.js';
export { quiet } from '../elements/styles.js';
export { fill, isolated, when, wordsFor } from '../elements/words.js';
