/** The jobs of a keeper, as they know one another; `keeper.ts` puts them together. */
import type { ConversationHead } from '../facts/conversation.js';
import type { By, Draft, Entry, Forget, Key, Message, MessageValue, Uuid } from '../facts/entry.js';
import type { Lazy } from '../platform/lazy.js';
import type { Device, RegistryState, SubjectRecord } from '../store/store.js';
import type { StoreError } from '../store/store-error.js';
import type { Head } from './draft.js';
import type { Session } from './session.js';
import type {
  ForgetSelector,
  Grant,
  Receipt,
  Remembered,
  RememberOptions,
  SpokenMessage,
  StartConversation,
  Status,
} from './types.js';

export interface DeviceState {
  readonly state: Status['storage']['device'];
  readonly error?: StoreError;
}

/** What the rest of the memory sees of it. */
export interface Keeper extends Taking {
  readonly saying: Lazy<Saying>;
  /** Resolves when the database has answered for the present session, whatever it said. Never rejects. */
  readonly ready: Promise<void>;
  readonly deviceState: DeviceState;
  close(): Promise<void>;
}

export interface Opening {
  /** Resolves when the database has answered for the session that is there in the end, whatever it said. Never rejects. */
  ready(): Promise<void>;
  /** The registry as far as it may be shown. */
  stateOf(device: Device): Promise<RegistryState>;
  /** Asks the database again about the same session; nothing that was said in it is lost. */
  again(): void;
  /**
   * Begins anew with whoever may be shown now; what was shown is gone from the page at once.
   *
   * @param left the person has left: what they said in this visit is nobody else's.
   */
  restart(left?: boolean): void;
}

/** Fetched when something is first said, granted or forgotten. */
export interface Saying extends Writing {
  /** @param mine whom it was said to, and `head` when: at the call, which may be before the code for it was here. */
  remember(
    mine: Session,
    head: Head,
    operation: string,
    key: unknown,
    value: unknown,
    options: RememberOptions | undefined,
  ): Promise<Remembered>;
  /** Takes entries down at once; resolves when they are as safe as they can be now. */
  accept(mine: Session, entries: readonly Draft[], operation: string): Promise<void>;
  /** Keeps a forget as what is said is kept; it is out of sight already. */
  forget(session: Session, forget: Draft<Forget>, operation: string): Promise<void>;
  /** @param settled whose session it is once what was pressed before is done; gives it back. */
  grant(settled: Promise<Session>, given: Grant | undefined): Promise<Session>;
  talkingOf(mine: Session): Talking;
}

export interface Writing {
  /** Resolves when these entries are on the device, or cannot be there. */
  keep(session: Session, entries: readonly Draft[], operation: string): Promise<void>;
  /** Makes the person's database after a grant, and moves this visit into it. */
  settle(session: Session, grant: Grant, operation: string): Promise<void>;
  /** Stores what was waiting for the database, or for a grant. */
  catchUp(session: Session): Promise<void>;
  /** Rejects with why the device did not do what it was asked; whose database is no more is shown no longer. */
  refuse(session: Session, error: unknown, operation: string): never;
  /** What was not stored because another tab has forgotten it, or what it was said in: it is nowhere. */
  readonly lost: Set<Uuid>;
}

export interface Taking {
  /** Forgets what one selector names, on the device too. */
  forget(operation: string, selector: ForgetSelector): Promise<Receipt>;
  wrong(id: Uuid): Promise<Receipt>;
  /** Shows nobody from now on, and puts the person's database aside until they are named again. */
  notMe(): Promise<void>;
  /** Has a later page wipe the person's database, if this one is left before; returns what takes that back. */
  intend(): () => void;
  /** Shows nobody from now on, and wipes the person's database. Rejects where that is left to a later page. */
  wipe(operation: string): Promise<Receipt>;
}

/** What a person's page had of them before something was forgotten. */
export interface Before {
  /** The database had answered. */
  readonly ready: boolean;
  readonly said: readonly Entry[];
  readonly facts: readonly Remembered[];
}

/** Fetched when something is left to be cleared away. */
export interface Clearing {
  /** Finishes what was begun; false when nobody is left on this device. */
  finish(device: Device): Promise<boolean>;
  /**
   * Puts whoever was active aside, and makes whoever the page names, or nobody, the active one; gives who that is.
   *
   * @param decided the page has had its say: it gives way to the others, and its session is closed.
   */
  change(
    session: Session,
    device: Device,
    state: RegistryState,
    decided: boolean,
  ): Promise<SubjectRecord | undefined>;
  /** Nobody is left, as if this site had never remembered anybody; false where somebody has begun who was not meant. */
  wipeDevice(device: Device): Promise<boolean>;
  /** Keeps a forget; what it names is out of sight already. `before` is undefined where nobody was shown. */
  forget(
    session: Session,
    draft: Draft<Forget>,
    operation: string,
    before: Before | undefined,
    devicePreference: Key | undefined,
  ): Promise<Receipt>;
  /** The page shows somebody else already, and the database is being wiped. */
  wiped(id: Uuid, operation: string, before: Before | undefined): Promise<Receipt>;
  /** Throws what is wrong with a selector. */
  refuse(operation: string, selector: unknown): never;
  /** Forgets the value of the key that this fact is shown under; nothing where it is not shown. */
  wrong(id: Uuid): Promise<Receipt>;
}

/** Among the messages of a conversation, a note is one that is not said to anybody. */
export type SayOperation = 'say' | 'note';

export type ChangeOperation = 'update' | 'end';

/** What one person says in conversations. Card numbers in it are masked before anything keeps them. */
export interface Talking {
  /** Has the next page of the visit do this call, if this one is left before it is done; returns what takes that back. */
  note(call: () => readonly unknown[]): () => void;
  /** Begins one; its id is that of the head. */
  start(head: Head, conversation: StartConversation): Promise<void>;
  check(operation: string, message: SpokenMessage): CheckedMessage;
  say(
    conversation: ConversationHead,
    head: Head,
    operation: SayOperation,
    message: CheckedMessage,
  ): Promise<{ readonly entry: Draft<Message>; readonly masked: boolean }>;
  change(conversation: ConversationHead, head: Head, operation: ChangeOperation, what: object): Promise<void>;
}

export interface CheckedMessage {
  readonly by: By;
  readonly value: MessageValue;
  readonly masked: boolean;
}
