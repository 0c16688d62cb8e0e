import type { Entry, Held, Json, Message as StoredMessage, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import { learnErrors, MemoryError } from '../platform/errors.js';
import { readingErrors } from '../platform/reading-errors.js';
import { snapshot } from '../platform/snapshot.js';
import type { Core } from './core.js';
import type { Head } from './draft.js';
import { uncovered } from './hand.js';
import { headsOf, newestHeads } from './heads.js';
import type { SayOperation, SpokenMessage, Talking } from './parts.js';
import type {
  Conversation,
  ConversationHead,
  Conversations,
  SaidMessage,
  Speaker,
  StartConversation,
} from './types.js';

/** Conversations, as they are read; what is said in them goes through `saying`. */
export interface ConversationVerbs extends Omit<Conversations, 'recent'> {
  /** @param before when it was said, on an earlier page of this visit. */
  say(id: Uuid, operation: SayOperation, message: SpokenMessage, before?: Head): Promise<SaidMessage>;
}

/** Marks a note among the messages of a conversation. */
const NOTE = 'note';

export function createConversations(core: Core): ConversationVerbs {
  learnErrors(readingErrors);
  return { start, latest, get, say };

  async function start(conversation: StartConversation): Promise<Conversation> {
    core.open('conversations.start');
    const given = snapshot(conversation);
    return handle(await talk((talking) => talking.start(given())));
  }

  async function latest(limit = 5): Promise<readonly Conversation[]> {
    core.open('conversations.latest');
    await core.keeper().ready;
    const { session } = core;
    if (session.closed) return [];
    // As many more as forgets said here may still take away.
    const stored =
      (await (await session.subject?.reads())?.conversations({ limit: limit + 5 }, core.now())) ?? [];
    return newestHeads(headsOf(session.view, stored, core.now()), limit).map(conversationOf);
  }

  async function get(id: Uuid): Promise<Conversation | undefined> {
    core.open('conversations.get');
    const head = await headNow(id);
    if (core.session.closed) return undefined;
    return head && conversationOf(head);
  }

  async function handle(id: Uuid): Promise<Conversation> {
    return conversationOf(await headOf(id));
  }

  async function headOf(id: Uuid): Promise<ConversationHead> {
    const head = await headNow(id);
    if (!head) throw new MemoryError('unknown_conversation', 'conversations');
    return head;
  }

  async function headNow(id: Uuid): Promise<ConversationHead | undefined> {
    await core.keeper().ready;
    const { view, subject } = core.session;
    const isIt = (head: ConversationHead | undefined) => head?.id === id;
    const recent = view.recent().find(isIt);
    if (recent) return recent;
    const stored = view.conversations.has(id)
      ? undefined
      : await (await subject?.reads())?.conversation(id, core.now());
    return headsOf(view, stored ? [stored] : [], core.now()).find(isIt);
  }

  function conversationOf(head: ConversationHead): Conversation {
    const { id } = head;
    return Object.freeze({
      ...head,
      say: (message: SpokenMessage) => say(id, 'say', message),
      note: (text: string, by: Speaker = 'site') => say(id, 'note', { by, text, data: { [NOTE]: true } }),
      async update(part: Pick<StartConversation, 'topic' | 'with'>) {
        await change(id, 'update', part);
        return handle(id);
      },
      async end(how: object = {}) {
        await change(id, 'end', how);
        return handle(id);
      },
      messages: ({ last = 50, before }: { last?: number; before?: Uuid } = {}) => messages(id, last, before),
    });
  }

  /** Does it for the person who is here now, or not at all. */
  function talk<R>(run: (talking: Talking) => Promise<R>): Promise<R> {
    const { session } = core;
    return core.keeper().saying((saying) => run(saying.talkingOf(session)));
  }

  async function say(
    id: Uuid,
    operation: SayOperation,
    message: SpokenMessage,
    before?: Head,
  ): Promise<SaidMessage> {
    core.open(operation);
    const { drafter, session } = core;
    drafter.meet(before?.at);
    const begun = before ?? drafter.head();
    // A page that is left before it is taken down has it said by the next one.
    const unnote = session.visit.note([operation, id, message, { ...begun, seen: 0 }]);
    const given = snapshot(message);
    const looked = async (talking: Talking) => [talking.check(operation, given()), await headOf(id)] as const;
    const { entry, masked } = await talk(async (talking) => {
      const [checked, conversation] = await looked(talking).finally(unnote);
      return talking.say(conversation, begun, operation, checked);
    });
    return saidOf({ entry: { ...entry, seen: 0 } }, masked);
  }

  async function change(id: Uuid, operation: 'update' | 'end', what: object): Promise<void> {
    core.open(operation);
    const given = snapshot(what);
    await talk(async (talking) => {
      const part = given();
      await talking.change(await headOf(id), operation, part);
    });
  }

  async function messages(id: Uuid, last: number, before: Uuid | undefined): Promise<readonly SaidMessage[]> {
    core.open('messages');
    await core.keeper().ready;
    const { session } = core;
    if (!(last > 0)) return [];
    const said = uncovered(session.view, messagesIn(session.view.said(), id));
    // What is not on the device was said last.
    const end = before === undefined ? said.length : said.findIndex(({ entry }) => entry.id === before);
    const query = before === undefined || end >= 0 ? { last } : { last, before };
    const stored = (await (await session.subject?.reads())?.messages(id, query, core.now())) ?? [];
    const known = new Set(stored.map(({ entry }) => entry.id));
    const here = said.slice(0, Math.max(0, end)).filter(({ entry }) => !known.has(entry.id));
    return [...uncovered(session.view, stored), ...here].slice(-last).map((row) => saidOf(row));
  }
}

function messagesIn(entries: readonly Entry[], id: Uuid): Held<StoredMessage>[] {
  return entries
    .filter((entry) => entry.kind === 'message')
    .filter(({ key }) => conversationIdOf(key) === id)
    .map((entry) => ({ entry }));
}

function saidOf({ entry, seq }: Held<StoredMessage>, masked = false): SaidMessage {
  const { id, by, at, value } = entry;
  const { text, data } = value;
  const note =
    typeof data === 'object' &&
    data !== null &&
    !Array.isArray(data) &&
    (data as { note?: Json })[NOTE] === true;
  return Object.freeze({
    id,
    by,
    text,
    ...(data !== undefined && !note && { data }),
    at: wallOf(at),
    ...(seq !== undefined && { seq }),
    ...(masked && { masked: true as const }),
    ...(note && { note: true as const }),
  });
}
