import type {
  Consent,
  Conversation,
  ConversationHead,
  ForgetSelector,
  Json,
  Memory,
  Receipt,
  Remembered,
  SaidMessage,
  Status,
} from '../../src/memory/types.js';

type Part<T> = { -readonly [K in keyof T]?: T[K] };

export interface FakeState {
  site?: string;
  language?: string;
  /** Values, or more of a fact, by key. */
  facts?: Record<string, Partial<Remembered> & { value: Json }>;
  heads?: readonly ConversationHead[];
  messages?: Record<string, readonly SaidMessage[]>;
  titles?: Record<string, string>;
  consent?: Part<Pick<Consent, 'state' | 'by' | 'refusedAt' | 'purposes' | 'useful'>>;
  status?: Part<Status>;
  /** Names of verbs that reject. */
  failing?: readonly string[];
}

/** A client that an element can be shown with: it says what it is told, and notes what it was asked. */
export interface FakeMemory extends Memory {
  /** Changes what it says and tells its listeners, as a real one does in one microtask. */
  tell(state: FakeState): Promise<void>;
  /** What was asked of it, in order. */
  readonly asked: readonly (readonly [verb: string, ...given: unknown[]])[];
  readonly listeners: number;
}

export const NOW = Date.UTC(2026, 2, 14, 10);
const ids = (n: number) => `0195f000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export function head(part: Partial<ConversationHead> = {}): ConversationHead {
  return { id: ids(1), channel: 'chat', started: NOW, state: 'open', lastAt: NOW, ...part };
}

export function heads(
  count: number,
  part: (n: number) => Partial<ConversationHead> = () => ({}),
): ConversationHead[] {
  return Array.from({ length: count }, (_, n) =>
    head({ id: ids(n + 1), topic: `Topic ${n + 1}`, ...part(n + 1) }),
  );
}

export function message(n: number, part: Partial<SaidMessage> = {}): SaidMessage {
  return { id: ids(1000 + n), by: { who: 'visitor' }, text: `Message ${n}`, at: NOW + n * 60_000, ...part };
}

export function fakeMemory(first: FakeState = {}): FakeMemory {
  let state: FakeState = first;
  let version = 0;
  const asked: [string, ...unknown[]][] = [];
  const listeners = new Set<() => void>();
  const changed = async () => {
    version += 1;
    await Promise.resolve();
    for (const run of [...listeners]) run();
  };
  const note = (verb: string, ...given: unknown[]) => {
    asked.push([verb, ...given]);
    if (state.failing?.includes(verb)) throw new Error(`${verb} was told to fail`);
  };
  const kept = (key: string): Remembered | undefined => {
    const fact = state.facts?.[key];
    return fact && { id: key, key, authority: 'stated', at: NOW, purpose: key.split('.')[0] ?? '', ...fact };
  };
  const asConversation = (one: ConversationHead): Conversation => ({
    ...one,
    say: () => Promise.reject(new Error('not faked')),
    note: () => Promise.reject(new Error('not faked')),
    update: () => Promise.reject(new Error('not faked')),
    end: () => Promise.reject(new Error('not faked')),
    messages: async ({ last = 50, before } = {}) => {
      note('messages', { last, before });
      const all = state.messages?.[one.id] ?? [];
      const end = before === undefined ? all.length : all.findIndex(({ id }) => id === before);
      return all.slice(Math.max(0, end - last), end);
    },
  });
  const forget = async (selector: ForgetSelector): Promise<Receipt> => {
    note('forget', selector);
    const facts = { ...state.facts };
    let conversations = state.heads ?? [];
    if (selector === 'everything') {
      for (const key of Object.keys(facts)) delete facts[key];
      conversations = [];
      state = { ...state, consent: { ...state.consent, state: 'undecided' } };
    } else if ('key' in selector) delete facts[selector.key];
    else if ('conversation' in selector)
      conversations = conversations.filter(({ id }) => id !== selector.conversation);
    state = { ...state, facts, heads: conversations };
    await changed();
    return { at: NOW, facts: 1, conversations: 0, messages: 0 };
  };
  const memory = {
    get site() {
      return state.site ?? 'test';
    },
    ready: Promise.resolve(),
    get version() {
      return version;
    },
    visitor: { assurance: 'anonymous' },
    get language() {
      return state.language ?? 'en';
    },
    get status(): Status {
      return {
        state: 'ready',
        kept: 'device',
        storage: { session: 'ok', device: 'ok' },
        gate: 'open',
        sync: 'off',
        unfit: 0,
        corrected: false,
        ...state.status,
      };
    },
    get consent(): Consent {
      const become = (to: Consent['state'], verb: string) => async (given?: unknown) => {
        note(verb, ...(given === undefined ? [] : [given]));
        state = { ...state, consent: { ...state.consent, state: to } };
        if (to === 'refused')
          state = {
            ...state,
            consent: { ...state.consent, refusedAt: NOW },
            status: { ...state.status, kept: 'visit' },
          };
        else state = { ...state, status: { ...state.status, kept: 'device' } };
        await changed();
      };
      return {
        state: 'undecided',
        by: 'ask',
        refusedAt: undefined,
        purposes: undefined,
        useful: false,
        ...state.consent,
        grant: become('granted', 'grant'),
        refuse: become('refused', 'refuse'),
        withdraw: become('refused', 'withdraw'),
      };
    },
    conversations: {
      get recent() {
        return (state.heads ?? []).slice(0, 5);
      },
      start: () => Promise.reject(new Error('not faked')),
      latest: async (limit = 5) => {
        note('latest', limit);
        return (state.heads ?? []).slice(0, limit).map(asConversation);
      },
      get: async (id: string) => {
        note('get', id);
        const found = state.heads?.find((one) => one.id === id);
        return found && asConversation(found);
      },
    },
    recall: kept,
    value: (key: string, fallback?: unknown) => kept(key)?.value ?? fallback,
    facts: () => Object.keys(state.facts ?? {}).map((key) => kept(key)),
    remember: async (key: string, value: Json) => {
      note('remember', key, value);
      const { reconfirm: _, ...fact } = state.facts?.[key] ?? {};
      state = { ...state, facts: { ...state.facts, [key]: { ...fact, value } } };
      await changed();
      return kept(key);
    },
    ask: () => Promise.reject(new Error('not faked')),
    forget,
    wrong: () => Promise.reject(new Error('not faked')),
    notMe: async () => {
      note('notMe');
      state = { ...state, facts: {}, heads: [] };
      await changed();
    },
    for: (purpose: string) => {
      if (!state.titles?.[purpose]) throw new Error(`"${purpose}" is not declared`);
      return memory;
    },
    describe: ({ key, value }: Remembered) => ({
      title: state.titles?.[key] ?? key,
      value: typeof value === 'object' ? Object.values(value ?? {}).join(' ') : String(value),
    }),
    choices: () => [],
    title: (key: string) => state.titles?.[key] ?? key,
    subscribe: (run: (memory: unknown) => void) => {
      const listener = () => run(memory);
      listeners.add(listener);
      run(memory);
      return () => void listeners.delete(listener);
    },
    export: async () => {
      note('export');
      return { v: 1, site: 'test', at: NOW, entries: [] };
    },
    import: () => Promise.reject(new Error('not faked')),
    count: async () => {
      note('count');
      return {
        facts: Object.keys(state.facts ?? {}).length,
        conversations: state.heads?.length ?? 0,
        messages: 0,
      };
    },
    close: async () => {
      state = { ...state, status: { ...state.status, state: 'closed' } };
      await changed();
    },
    tell: async (part: FakeState) => {
      state = { ...state, ...part };
      await changed();
    },
    asked,
    get listeners() {
      return listeners.size;
    },
  };
  return memory as unknown as FakeMemory;
}
