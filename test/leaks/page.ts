/** The page whose leaks are counted: a site's own bundle, with what the tests do on it a hundred times over. */
import '../../src/define.js';
import { createMemory, type Memory } from '../../src/index.js';

export const ELEMENTS = {
  'memory-greeting': { site: 'known' },
  'memory-conversations': { site: 'known' },
  'memory-center': { site: 'known', open: '' },
  'memory-consent': { site: 'stranger', when: 'now' },
} as const;
export type ElementName = keyof typeof ELEMENTS;

interface Rendering extends HTMLElement {
  readonly updateComplete: Promise<boolean>;
}

/** Somebody who is remembered. */
export async function fill(): Promise<void> {
  const known = createMemory({ site: 'known' });
  await known.consent.grant({ device: true });
  await say(known);
  await known.close();
}

/** Theirs, and a stranger's, on a later page; they stay open. */
export async function open(): Promise<void> {
  await Promise.all(['known', 'stranger'].map((site) => createMemory({ site }).ready));
}

async function say(memory: Memory): Promise<void> {
  await memory.remember('identity.name', { given: 'Ana' });
  const chat = await memory.conversations.start({ channel: 'chat', topic: 'The gears' });
  await chat.say({ text: 'It rattles' });
}

/** A new element each time; resolves with how many have shown more than their slot. */
export async function comeAndGo(name: ElementName, times: number): Promise<number> {
  let shown = 0;
  for (let time = 0; time < times; time += 1) {
    const element = make(name);
    document.body.append(element);
    await element.updateComplete;
    shown += showsMore(element) ? 1 : 0;
    element.remove();
  }
  return shown;
}

/** One element, put on the page and taken off again. */
export async function moveAbout(name: ElementName, times: number): Promise<number> {
  const element = make(name);
  let shown = 0;
  for (let time = 0; time < times; time += 1) {
    document.body.append(element);
    await element.updateComplete;
    shown += showsMore(element) ? 1 : 0;
    element.remove();
  }
  return shown;
}

/** Taken off before it has rendered anything. */
export function passBy(name: ElementName, times: number): void {
  for (let time = 0; time < times; time += 1) {
    const element = make(name);
    document.body.append(element);
    element.remove();
  }
}

function make(name: ElementName): Rendering {
  const element = document.createElement(name) as Rendering;
  for (const [attribute, value] of Object.entries(ELEMENTS[name])) element.setAttribute(attribute, value);
  return element;
}

const showsMore = ({ shadowRoot }: Element): boolean =>
  [...(shadowRoot?.children ?? [])].some(({ localName }) => !/^(slot|style)$/.test(localName));

const memories: WeakRef<Memory>[] = [];

function made(site: string): Memory {
  const memory = createMemory({ site });
  memories.push(new WeakRef(memory));
  return memory;
}

/** Of the memories that were closed, how many something still holds. */
export const held = (): number => memories.filter((memory) => memory.deref() !== undefined).length;

/** A page that remembers, each time with something said; all of it in one person's database. */
export async function openAndClose(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const memory = made('opened');
    await memory.consent.grant({ device: true });
    await memory.remember('preferences.size', time);
    const unsubscribe = memory.subscribe('preferences.size', () => undefined);
    await memory.conversations.latest();
    unsubscribe();
    await memory.close();
  }
}

/** Closed before anything of it was there, subscribers and all. */
export async function closeAtOnce(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const memory = made('opened');
    memory.subscribe(() => undefined);
    await memory.close();
  }
}

/** Closed by a visitor who forgets everything each time, so that databases are made and removed. */
export async function forgetAndClose(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    const memory = made('forgotten');
    await memory.consent.grant({ device: true });
    await memory.remember('identity.name', { given: 'Ana' });
    await memory.forget('everything');
    await memory.close();
  }
}
