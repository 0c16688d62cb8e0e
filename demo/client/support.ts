/**
 * The support chat: sends without leaving the page, and keeps the conversation through the memory.
 * Where a conversation of before is shown, somebody pressed for it; the page by itself only says there is one.
 */
import { find, findAll, show } from './dom.js';
import { findMemory, type OpenEvent } from './memory.js';
import type { Conversation, Memory, SaidMessage } from '../../src/memory/types.js';

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
  let talk: Conversation | undefined;
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
  find('[data-again]', chat)?.addEventListener('click', (event) => {
    event.preventDefault();
    begin();
    field.focus();
  });
  if (memory) previous(memory);

  async function send(line: string): Promise<void> {
    show('[data-missing]', line === '', chat);
    show('[data-unanswered]', false, chat);
    if (line === '') return field.focus();
    const answer = await ask([...said, line]);
    show('[data-unanswered]', !answer, chat);
    if (!answer) {
      field.value = line;
      return;
    }
    said.push(line);
    field.value = '';
    lastSummary = answer.summary;
    const mine = print('you', memory ? '' : line);
    print('mike', answer.text);
    open();
    if (memory) await record(memory, line, answer, mine);
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

  /** What is shown is what was kept: without the digits of a card. */
  async function record(memory: Memory, line: string, answer: Answer, mine: HTMLElement): Promise<void> {
    try {
      talk ??= await memory.conversations.start({
        channel: 'chat',
        topic: answer.title,
        with: { name: words.mike, kind: 'person' },
      });
      mine.textContent = (await talk.say({ by: 'visitor', text: line })).text;
    } finally {
      mine.textContent ||= line;
    }
    await talk.say({ by: { who: 'agent', name: words.mike }, text: answer.text });
  }

  async function end(): Promise<void> {
    close();
    await talk?.end({ outcome: words.solved, summary: lastSummary });
  }

  function previous(memory: Memory): void {
    const offer = (): void => {
      const [latest] = memory.conversations.recent;
      const offered =
        latest !== undefined && talk === undefined && !find('[data-talk]', chat)?.hasChildNodes();
      show('[data-resume]', offered, chat);
      if (offered) show('[data-empty]', false, chat);
    };
    memory.ready
      .then(async () => {
        const asked = location.hash.slice(1);
        const found = asked ? await memory.conversations.get(asked).catch(() => undefined) : undefined;
        if (found) await resume(found);
        memory.subscribe(offer);
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

  async function resume(found: Conversation): Promise<void> {
    const messages = await found.messages({ last: 50 });
    begin();
    show('[data-resume]', false, chat);
    for (const message of messages) if (!message.note) print(speaker(message), message.text);
    if (messages.length > 0) open();
    if (found.state === 'ended') return close();
    talk = found;
    said = messages.filter((message) => message.by.who === 'visitor').map((message) => message.text);
  }

  /** An empty page. */
  function begin(): void {
    talk = undefined;
    said = [];
    find('[data-talk]', chat)?.replaceChildren();
    show('[data-empty], [data-starters], [data-compose]', true, chat);
    show('[data-ended], [data-end], [data-missing], [data-unanswered]', false, chat);
  }

  /** Something was said. */
  function open(): void {
    show('[data-empty], [data-starters], [data-resume]', false, chat);
    show('[data-end]', true, chat);
  }

  /** Nothing more is said here. */
  function close(): void {
    show('[data-compose]', false, chat);
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

const speaker = (message: SaidMessage): 'you' | 'mike' => (message.by.who === 'visitor' ? 'you' : 'mike');
