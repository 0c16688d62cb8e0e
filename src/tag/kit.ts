/**
 * What the tag lends to its chunks, name by name, so that Lit, the facts and the memory exist once on
 * a page. The build of a chunk says which name is missing here.
 */
export { css, html, LitElement, nothing } from 'lit';

export { rankOf, AUTHORITIES } from '../facts/authority.js';
export { conversationProblem, headOf } from '../facts/conversation.js';
export { covers } from '../facts/cover.js';
export { isEntry, isFact, isForget, isMessage } from '../facts/guard.js';
export { compact } from '../facts/history.js';
export { pathOf, readJson } from '../facts/json.js';
export {
  askedKey,
  conversationIdOf,
  conversationKey,
  isKey,
  keyProblem,
  messageIdsOf,
  messageKey,
  prefixProblem,
  rootOf,
  under,
} from '../facts/key.js';
export { isExpired } from '../facts/living.js';
export { compareHeld } from '../facts/order.js';
export { isPurpose, purposeOf } from '../facts/purpose.js';
export { addDuration, durationProblem } from '../facts/retention.js';
export { maskCards, secretIn } from '../facts/secret.js';
export { matches } from '../facts/selector.js';
export { isStamp, wallOf } from '../facts/stamp.js';
export { isUuid } from '../facts/uuid.js';
export { resolveKey } from '../facts/value.js';
export { forgetsDroppedBy, seenAndAfter } from '../facts/writing.js';
export { checkKey, jsonOf } from '../memory/check.js';
export { gate } from '../memory/gate.js';
export { headOfStored, newestHeads } from '../memory/heads.js';
export { findMemory, onMemoriesChange } from '../memory/table.js';
export { browserPlatform } from '../platform/browser.js';
export { MemoryError } from '../platform/errors.js';
export { singleFlight } from '../platform/single-flight.js';
export { removeBootRecord } from '../store/boot-record.js';
export { readGeneration, newGeneration } from '../store/generation.js';
export { includes } from '../facts/selector.js';
export { restoreGeneration } from '../store/generation.js';
export { removeGeneration } from '../store/generation.js';
export { bootRecordOf } from '../store/boot-record.js';
