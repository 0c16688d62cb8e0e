import type { FirstVisit } from '../first-visit.js';
import type { Memory, MemoryExport } from '../../src/memory/types.js';

const DAY = 86_400_000;
/** How long ago the first visit was. */
const AGO = 9 * DAY;

/** Gives this browser a first visit nine days ago: said as a visitor would, then dated back on its way into the device. */
export async function becomeReturning(memory: Memory, source: string): Promise<void> {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  const visit = (await answer.json()) as FirstVisit;
  await memory.ready;
  await memory.forget('everything');
  await live(memory, visit);
  const lived = await memory.export();
  await memory.forget('everything');
  await memory.consent.grant({ device: true });
  await memory.import(datedBack(lived, AGO, visit.pages));
}

async function live(memory: Memory, visit: FirstVisit): Promise<void> {
  await memory.remember('identity.name', visit.name);
  await memory.remember('identity.email', visit.email);
  await memory.remember('identity.phone', visit.phone);
  await memory.remember('identity.addresses.home', visit.address);
  for (const [name, value] of Object.entries(visit.preferences))
    await memory.remember(`preferences.${name}`, value);
  const { topic, helper, messages, outcome, summary } = visit.conversation;
  const talk = await memory.conversations.start({
    channel: 'chat',
    topic,
    with: { name: helper, kind: 'person' },
    messages: messages.map(({ by, text }) => ({
      by: by === 'mike' ? { who: 'agent', name: helper } : 'visitor',
      text,
    })),
  });
  await talk.end({ outcome, summary });
}

/** The same memory, said `by` milliseconds earlier, on the pages where a visitor says such things. */
function datedBack(lived: MemoryExport, by: number, pages: FirstVisit['pages']): MemoryExport {
  return {
    ...lived,
    entries: lived.entries.map((entry) => {
      const wall = Number.parseInt(entry.at.slice(0, 12), 16) - by;
      const at = wall.toString(16).padStart(12, '0') + entry.at.slice(12);
      if (entry.kind === 'forget') return { ...entry, at };
      const page = pages[entry.key.split('.')[0] ?? ''];
      const moved = { ...entry, at, by: { ...entry.by, ...(page !== undefined && { page }) } };
      return moved.kind === 'fact' ? { ...moved, value: started(moved.value, by) } : moved;
    }),
  };
}

/** A conversation's head says itself when it began. */
function started<V>(value: V, by: number): V {
  if (
    typeof value !== 'object' ||
    value === null ||
    !('started' in value) ||
    typeof value.started !== 'number'
  )
    return value;
  return { ...value, started: value.started - by };
}
