/** A site that remembers its customers. Importing this does nothing, anywhere: not in a page, a worker or on a server. */
export { createMemory } from './memory/create-memory.js';
export { MemoryError, isMemoryError } from './platform/errors.js';
export type { ErrorCode } from './platform/errors.js';
export type { Platform } from './platform/platform.js';
export type { StandardSchema } from './memory/standard-schema.js';
export type {
  Address,
  AddressKey,
  Asker,
  Authority,
  By,
  CareKey,
  Consent,
  ConsentSource,
  Conversation,
  ConversationHead,
  Conversations,
  Described,
  ForgetSelector,
  Grant,
  Identity,
  IdentityValues,
  ImportResult,
  Json,
  KeyOf,
  Label,
  Memory,
  MemoryExport,
  MemoryOptions,
  MemoryView,
  Name,
  PurposeDeclaration,
  Receipt,
  Remembered,
  RememberOptions,
  SaidMessage,
  Schemas,
  Speaker,
  StartConversation,
  Status,
  Text,
  Visitor,
} from './memory/types.js';
