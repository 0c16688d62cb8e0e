/**
 * The support chat: sends without leaving the page, and keeps the conversation through the memory.
 * Where a conversation of before is shown, somebody pressed for it; the page by itself only says there is one.
 */
import { find, findAll, show } from './dom.js';
import { findMemory, type OpenEvent } from './memory.js';
import type { Conversation, Memory, SaidMessage } from '../../src/memory/types.js';

/** How long something waits to be shown until it can be kept: the chat goes on without its memory. */
const PATIENCE = 1000;

interface Answer {
  readonly title: string;
  readonly text: string;
  readonly summary: string;
}

const chat = find('[data-chat]');
const form = find<HTMLFormElement>('[data-compose]');
const field = find<HTMLTextAreaElement>('#text');
if (chat && form && field) converse(chat, form, field, findMemory());

function converse(
  chat: HTMLElement,
  form: HTMLFormElement,
  field: HTMLTextAreaElement,
  memory: Memory | undefined,
): void {
  const words = {
    you: chat.dataset['you'] ?? '',
    mike: chat.dataset['mike'] ?? '',
    solved: chat.dataset['solved'] ?? '',
  };
  /** Begun with the first line, before there is an answer. */
  let talk: Promise<Conversation> | undefined;
  /** Whose words are on the page, and belong to the memory. */
  let shown: Conversation | undefined;
  let said: string[] = findAll<HTMLInputElement>('input[name="said"]', form).map((input) => input.value);
  let lastSummary = '';

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const pressed = event.submitter instanceof HTMLButtonElement ? event.submitter : undefined;
    if (pressed?.name === 'end') end().catch(reportError);
    else send((pressed?.name === 'starter' ? pressed.value : field.value).trim()).catch(reportError);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  find('[data-ask-again]', chat)?.addEventListener('click', () => {
    field.focus();
    answer().catch(reportError);
  });
  find('[data-again]', chat)?.addEventListener('click', (event) => {
    event.preventDefault();
    begin();
    field.focus();
  });
  if (memory) previous(memory);

  async function send(line: string): Promise<void> {
    show('[data-missing]', line === '', chat);
    if (line === '') return field.focus();
    field.value = '';
    await soon(talk);
    said.push(line);
    const mine = print('you', line);
    open();
    if (memory)
      keep(memory, line).then((kept) => {
        // What is shown is what was kept: without the digits of a card.
        if (kept !== undefined) mine.textContent = kept;
      }, reportError);
    await answer();
  }

  /** Said when it is said: the page may be left before Mike has answered, and the answer may not come. */
  async function keep(memory: Memory, line: string): Promise<string | undefined> {
    if (talk) return sayOn(memory, talk, line);
    const begun = memory.conversations.start({
      channel: 'chat',
      with: { name: words.mike, kind: 'person' },
      messages: [{ text: line }],
    });
    talk = begun;
    try {
      const conversation = await begun;
      if (talk === begun) shown = conversation;
      return (await conversation.messages())[0]?.text;
    } catch (error) {
      if (talk === begun) talk = undefined;
      throw error;
    }
  }

  /** Where it was forgotten meanwhile, in another tab, what is said now begins another. */
  async function sayOn(
    memory: Memory,
    talking: Promise<Conversation>,
    line: string,
  ): Promise<string | undefined> {
    try {
      return (await (await talking).say({ text: line })).text;
    } catch (error) {
      if (talk !== talking || !isGone(error)) throw error;
      talk = undefined;
      return keep(memory, line);
    }
  }

  /** Has Mike answer what was said last. */
  async function answer(): Promise<void> {
    show('[data-unanswered]', false, chat);
    const [here, talking] = [said, talk];
    const found = await ask(here);
    await soon(talking);
    // Whoever has ended it, or gone on to another, waits for no answer here.
    if (said !== here) return;
    show('[data-unanswered]', !found, chat);
    if (!found) return;
    print('mike', found.text);
    show('[data-end]', true, chat);
    const isFirst = lastSummary === '';
    lastSummary = found.summary;
    await talking?.then(
      (conversation) => record(conversation, found, isFirst),
      () => undefined, // It could not be begun, which has been told.
    );
  }

  async function ask(lines: readonly string[]): Promise<Answer | undefined> {
    try {
      const body = new URLSearchParams(lines.map((line) => ['said', line]));
      const reply = await fetch(chat.dataset['answer'] ?? '', { method: 'POST', body });
      return reply.ok ? ((await reply.json()) as Answer) : undefined;
    } catch {
      // Offline, or the shop is closed: the page says so, and the words stay in the field.
      return undefined;
    }
  }

  /** In the task in which it was shown: a page that is left after that leaves it to the next. */
  async function record(talking: Conversation, { title, text }: Answer, isFirst: boolean): Promise<void> {
    await Promise.all([
      talking.say({ by: { who: 'agent', name: words.mike }, text }),
      // What it is about, Mike says.
      isFirst && talking.topic === undefined && talking.update({ topic: title }),
    ]);
  }

  async function end(): Promise<void> {
    close();
    const conversation = await talk;
    await conversation?.end({ outcome: words.solved, ...(lastSummary && { summary: lastSummary }) });
  }

  function previous(memory: Memory): void {
    const offer = (): void => {
      const [latest] = memory.conversations.recent;
      const offered = latest !== undefined && talk === undefined && !find('[data-talk] > *', chat);
      show('[data-resume]', offered, chat);
      show('[data-empty]', !offered, chat);
    };
    memory.ready
      .then(async () => {
        const asked = location.hash.slice(1);
        const found = asked ? await memory.conversations.get(asked).catch(() => undefined) : undefined;
        if (found) await resume(found);
        memory.subscribe(offer);
        memory.subscribe(() => void leave(memory));
      })
      .catch(reportError);
    find('[data-resume-act]', chat)?.addEventListener('click', () => {
      memory.conversations
        .latest(1)
        .then(([latest]) => latest && resume(latest))
        .catch(reportError);
    });
    document.addEventListener('memory-conversation-open', (event) => {
      event.preventDefault();
      memory.conversations
        .get((event as OpenEvent).detail.id)
        .then((found) => found && resume(found))
        .catch(reportError);
    });
  }

  /** What was forgotten, or put away with its person, does not stay on the page. */
  async function leave(memory: Memory): Promise<void> {
    const here = shown;
    if (!here || memory.conversations.recent.some(({ id }) => id === here.id)) return;
    // Rejects where the memory was closed, and the page is about to go.
    const found = await memory.conversations.get(here.id).catch(() => here);
    if (!found && shown === here) begin();
  }

  async function resume(found: Conversation): Promise<void> {
    const messages = await found.messages({ last: 50 });
    begin();
    shown = found;
    for (const message of messages) if (!message.note) print(speaker(message), message.text);
    if (messages.length > 0) open();
    // One that had ended goes on with what is said next.
    talk = Promise.resolve(found);
    said = messages.filter((message) => message.by.who === 'visitor').map((message) => message.text);
    const isAnswered = messages.findLast((message) => !message.note)?.by.who !== 'visitor';
    show('[data-end]', isAnswered && said.length > 0, chat);
    show('[data-unanswered]', !isAnswered, chat);
  }

  /** An empty page. */
  function begin(): void {
    talk = shown = undefined;
    said = [];
    lastSummary = '';
    find('[data-talk]', chat)?.replaceChildren();
    show('[data-opening], [data-empty], [data-starters], [data-compose]', true, chat);
    show('[data-resume], [data-ended], [data-end], [data-missing], [data-unanswered]', false, chat);
  }

  /** Something was said. */
  function open(): void {
    show('[data-opening], [data-starters]', false, chat);
  }

  /** Nothing more is said here. */
  function close(): void {
    said = [];
    show('[data-compose], [data-unanswered]', false, chat);
    show('[data-ended]', true, chat);
  }

  function print(who: 'you' | 'mike', line: string): HTMLElement {
    const item = document.createElement('li');
    item.className = `spoken spoken-${who}`;
    const name = document.createElement('span');
    name.className = 'speaker';
    name.textContent = words[who];
    const text = document.createElement('p');
    text.dir = 'auto';
    text.textContent = line;
    item.append(name, text);
    find('[data-talk]', chat)?.append(item);
    return text;
  }
}

/** Forgotten, or of somebody who has left. */
const isGone = (error: unknown): boolean =>
  ['unknown_conversation', 'put_aside'].includes((error as { code?: string }).code ?? '');

const speaker = (message: SaidMessage): 'you' | 'mike' => (message.by.who === 'visitor' ? 'you' : 'mike');

/** Resolves when what is said next can be kept, or when it has been waited for long enough. */
function soon(talk: Promise<Conversation> | undefined): Promise<unknown> | undefined {
  return (
    talk &&
    Promise.race([talk.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  );
}
