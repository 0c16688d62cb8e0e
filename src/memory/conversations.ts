import { headOf } from '../facts/conversation.js';
import type { Entry, Held, Json, Message as StoredMessage, Uuid } from '../facts/entry.js';
import { conversationIdOf } from '../facts/key.js';
import { wallOf } from '../facts/stamp.js';
import { isUuid } from '../facts/uuid.js';
import { learnErrors, MemoryError } from '../platform/errors.js';
import { readingErrors } from '../platform/reading-errors.js';
import { snapshot } from '../platform/snapshot.js';
import type { Core, Taken } from './core.js';
import { uncovered } from './hand.js';
import { headsOf, newestHeads } from './heads.js';
import type { ChangeOperation, SayOperation, Talking } from './parts.js';
import { stored } from './stored.js';
import type {
  Conversation,
  ConversationHead,
  Conversations,
  SaidMessage,
  Speaker,
  SpokenMessage,
  StartConversation,
} from './types.js';

/** Conversations, as they are read; what is said in them goes through `saying`. */
export interface ConversationVerbs extends Omit<Conversations, 'recent' | 'start'> {
  start(taken: Taken, given: () => StartConversation): Promise<Conversation>;
  /** Does what was noted on an earlier page of this visit. */
  redo(taken: Taken, call: unknown, id: unknown, given: unknown): Promise<unknown>;
}

/** What was said to whom and when, and how the next page is told of it where it has not been. */
interface Calling extends Taken {
  readonly note?: () => readonly unknown[];
}

/** Marks a note among the messages of a conversation. */
const NOTE = 'note';

export function createConversations(core: Core): ConversationVerbs {
  learnErrors(readingErrors);
  return { start, latest, get, redo };

  async function start(taken: Taken, given: () => StartConversation): Promise<Conversation> {
    const { head } = taken;
    await talk(taken, (talking, done) => {
      const started = talking.start(head, given());
      done();
      return started;
    });
    return handle(head.id);
  }

  async function latest(limit = 5): Promise<readonly Conversation[]> {
    core.open('conversations.latest');
    refuseAmount('conversations.latest', limit, 'a number');
    await core.keeper().ready;
    const { session } = core;
    if (session.closed) return [];
    const there = await stored(core, 'conversations.latest', ({ conversations }) =>
      // As many more as forgets said here may still take away.
      conversations({ limit: limit + 5 }, core.now()),
    );
    return newestHeads(headsOf(session.view, there ?? [], core.now()), limit).map(conversationOf);
  }

  async function get(id: Uuid): Promise<Conversation | undefined> {
    core.open('conversations.get');
    // `null` where an address names none, for example.
    const head = isUuid(id) ? await headNow(id) : undefined;
    if (core.session.closed) return undefined;
    return head && conversationOf(head);
  }

  async function handle(id: Uuid): Promise<Conversation> {
    return conversationOf(await knownHead(id));
  }

  async function knownHead(id: Uuid): Promise<ConversationHead> {
    const head = await headNow(id);
    if (!head) throw new MemoryError('unknown_conversation', 'conversations');
    return head;
  }

  async function headNow(id: Uuid): Promise<ConversationHead | undefined> {
    await core.keeper().ready;
    const { session } = core;
    const { view } = session;
    const known = view.conversations.get(id);
    // Most often all of it is on the device, and at hand.
    if (known && !known.head && !view.pending.size) {
      const { facts, lastMessageAt } = known;
      return headOf(id, uncovered(view, facts), lastMessageAt, core.now());
    }
    const isIt = (head: ConversationHead | undefined) => head?.id === id;
    const recent = view.recent().find(isIt);
    if (recent) return recent;
    const there = known
      ? undefined
      : await stored(core, 'conversations', ({ conversation }) => conversation(id, core.now()));
    return headsOf(view, there ? [there] : [], core.now()).find(isIt);
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
      messages: (query?: Query) => messages(id, query),
    });
  }

  /** Does it for the person to whom it was said, or not at all; `run` calls `done` once the next page has not to do it. */
  function talk<R>(
    { mine, unnote, note }: Calling,
    run: (talking: Talking, done: () => unknown) => Promise<R>,
  ): Promise<R> {
    return core.keeper().saying((saying) => {
      const talking = saying.talkingOf(mine);
      return run(talking, note ? talking.note(note) : unnote);
    });
  }

  async function redo(taken: Taken, call: unknown, id: unknown, given: unknown): Promise<unknown> {
    if (call === 'start') return start(taken, () => given as StartConversation);
    if (call === 'say' || call === 'note')
      return spoken(taken, id as Uuid, call, () => given as SpokenMessage);
    if (call === 'update' || call === 'end') return changed(taken, id as Uuid, call, () => given as object);
    return taken.unnote();
  }

  async function say(id: Uuid, operation: SayOperation, message: SpokenMessage): Promise<SaidMessage> {
    const given = snapshot(message);
    return spoken(take(operation, id, message, given), id, operation, given);
  }

  /** Noted for the next page at once where its code is not here; else only if this page is left while it is being done. */
  function take(operation: string, id: Uuid, what: object, given: () => unknown): Calling {
    if (!core.keeper().saying.here()) return core.take(operation, [operation, id, what]);
    const taken = core.take(operation, []);
    return { ...taken, note: () => [operation, id, given(), { ...taken.head, seen: 0 }] };
  }

  async function spoken(
    calling: Calling,
    id: Uuid,
    operation: SayOperation,
    given: () => SpokenMessage,
  ): Promise<SaidMessage> {
    const looked = async (talking: Talking) =>
      [talking.check(operation, given()), await knownHead(id)] as const;
    const { entry, masked } = await talk(calling, async (talking, done) => {
      const [checked, conversation] = await looked(talking).finally(done);
      return talking.say(conversation, calling.head, operation, checked);
    });
    return saidOf({ entry: { ...entry, seen: 0 } }, masked);
  }

  async function change(id: Uuid, operation: ChangeOperation, what: object): Promise<void> {
    const given = snapshot(what);
    await changed(take(operation, id, what, given), id, operation, given);
  }

  async function changed(
    calling: Calling,
    id: Uuid,
    operation: ChangeOperation,
    given: () => object,
  ): Promise<void> {
    await talk(calling, async (talking, done) => {
      const conversation = await knownHead(id).finally(done);
      await talking.change(conversation, calling.head, operation, given());
    });
  }

  async function messages(id: Uuid, given: Query = {}): Promise<readonly SaidMessage[]> {
    core.open('messages');
    const query = Object(given) as Query;
    const { last = 50, before } = query;
    refuseAmount('messages', query === given ? last : -1, '{ last }');
    await core.keeper().ready;
    const { session } = core;
    if (!last) return [];
    const said = uncovered(session.view, messagesIn(session.view.said(), id));
    // What is not on the device was said last.
    const end = before === undefined ? said.length : said.findIndex(({ entry }) => entry.id === before);
    const further = before === undefined || end >= 0 ? { last } : { last, before };
    const there = (await stored(core, 'messages', ({ messages }) => messages(id, further, core.now()))) ?? [];
    const known = new Set(there.map(({ entry }) => entry.id));
    const here = said.slice(0, Math.max(0, end)).filter(({ entry }) => !known.has(entry.id));
    return [...uncovered(session.view, there), ...here].slice(-last).map((row) => saidOf(row));
  }
}

type Query = NonNullable<Parameters<Conversation['messages']>[0]>;

/** What can only be a mistake would be answered with nothing. */
function refuseAmount(operation: string, amount: number, takes: string): void {
  if (!(amount >= 0)) throw new MemoryError('misuse', operation, `it takes ${takes}`);
}

function messagesIn(entries: readonly Entry[], id: Uuid): Held<StoredMessage>[] {
  return (
    entries.filter(
      (entry) => entry.kind === 'message' && conversationIdOf(entry.key) === id,
    ) as StoredMessage[]
  ).map((entry) => ({ entry }));
}

function saidOf({ entry, seq }: Held<StoredMessage>, masked = false): SaidMessage {
  const { id, by, at, value } = entry;
  const { text, data } = value;
  const note = (Object(data) as { note?: Json })[NOTE] === true;
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
