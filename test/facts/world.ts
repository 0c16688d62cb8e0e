/**
 * A small world for the laws: devices with clocks of their own and spells without a connection, one endpoint that gives
 * out `seq`, forgets, expiry, merges and their undoing. Whatever it does is causally closed: nobody knows an answer
 * before its question.
 *
 * A plan can be lived through in two ways. The world that *remembers* deletes nothing, ever; what it shows is computed
 * from everything that was ever said. The world that *tidies* deletes what is covered or expired, drops needless forgets
 * and compacts, as stores do. Cursors and `seen` differ between them; ids and stamps do not.
 */
import { covers } from '../../src/facts/cover.js';
import type {
  Authority,
  Entry,
  Fact,
  Forget,
  Held,
  Key,
  Message,
  Ms,
  Row,
  Selector,
  Stamp,
  Uuid,
} from '../../src/facts/entry.js';
import { compact } from '../../src/facts/history.js';
import { rootOf } from '../../src/facts/key.js';
import { messageKey } from '../../src/facts/message-key.js';
import { isExpired } from '../../src/facts/living.js';
import { copyForMerge, undoMerge } from '../../src/facts/merge.js';
import { metStamp, nextStamp, stamp } from '../../src/facts/stamp.js';
import { visible } from '../../src/facts/visible.js';
import { forgetsDroppedBy, seenAndAfter } from '../../src/facts/writing.js';
import { idOf, NOON } from './samples.js';

export const CID = idOf(900);
export const KEYS: readonly Key[] = ['preferences.size', 'preferences.colour', `conversations.${CID}.topic`];
export const SELECTORS: readonly Selector[] = [
  ...KEYS.map((key) => ({ key })),
  { under: 'preferences' },
  { under: 'conversations' },
  { under: `conversations.${CID}` },
  { purpose: 'preferences' },
  { purpose: 'shop' },
];

export interface Write {
  readonly key: Key;
  readonly value: number;
  readonly authority: Authority;
  /** What the site's declarations said at the time; they may say otherwise the next time. */
  readonly purpose: 'root' | 'shop';
  readonly lasts?: Ms | undefined;
}

export type Step = (
  | ({ readonly does: 'write'; readonly device: number } & Write)
  | { readonly does: 'say'; readonly device: number; readonly lasts?: Ms | undefined }
  | { readonly does: 'forget'; readonly device: number; readonly of: Selector }
  /** `upTo: 'half'` asks for no more than what the endpoint had in the first half of the plan so far. */
  | {
      readonly does: 'sync';
      readonly device: number;
      readonly upTo: 'all' | 'half';
      readonly replyIsLost: boolean;
    }
  | { readonly does: 'wait'; readonly ms: Ms }
  | { readonly does: 'merge' }
  | { readonly does: 'undo' }
) & {
  /** Whether a tidying world compacts afterwards, and how many of the newest it leaves. */ readonly tidy?:
    0 | 4 | undefined;
};

export interface Plan {
  /** How far each device's clock is off. */
  readonly clocks: readonly Ms[];
  /** What an anonymous subject had said before, for the merges. */
  readonly before: readonly (Write | { readonly of: Selector })[];
  readonly steps: readonly Step[];
}

export interface Device {
  readonly clock: Ms;
  held: Held[];
  cursor: number;
  greatest: Stamp | undefined;
  readonly sent: Set<Uuid>;
  /** Every forget it ever knew: what a tidying world may not remember, but a test must. */
  readonly knew: Set<Uuid>;
}

export interface World {
  readonly tidies: boolean;
  now: Ms;
  /** The number of the present step. */
  step: number;
  readonly devices: readonly Device[];
  rows: (Row & { readonly step: number })[];
  head: number;
  /** Everything ever stored, so that what comes twice is known although it has been deleted. */
  readonly known: Map<Uuid, number>;
  before: readonly Row[];
  merges: { readonly id: Uuid; readonly head: number; readonly undone: boolean }[];
  /** In which step an entry was written, by which clock, and which forgets its writer knew. */
  readonly born: Map<
    Uuid,
    {
      readonly step: number;
      readonly at: Stamp;
      readonly knew: ReadonlySet<Uuid>;
      readonly met: readonly Uuid[];
    }
  >;
}

/**
 * @param stamps those of a world that lived the same plan. A tidying world does not meet what others have deleted, so its
 * clocks may lag behind; both must speak of the same entries.
 */
export function createWorld(
  plan: Plan,
  tidies: boolean,
  stamps?: World['born'],
): World & { readonly stamps?: World['born'] } {
  return {
    tidies,
    now: NOON,
    step: 0,
    devices: plan.clocks.map((clock) => ({
      clock,
      held: [],
      cursor: 0,
      greatest: undefined,
      sent: new Set(),
      knew: new Set(),
    })),
    rows: [],
    head: 0,
    known: new Map(),
    before: beforeOf(plan),
    merges: [],
    born: new Map(),
    ...(stamps && { stamps }),
  };
}

export function live(
  world: World,
  steps: readonly Step[],
  afterEach?: (world: World, step: Step) => void,
): void {
  for (const step of steps) {
    take(world, step);
    if (world.tidies && step.tidy !== undefined) tidy(world, step.tidy);
    afterEach?.(world, step);
    world.step++;
    world.now++;
  }
}

/** Steps after which every device has heard everything. */
export function reunion(plan: Plan): Step[] {
  const all = plan.clocks.map((_, device): Step => ({
    does: 'sync',
    device,
    upTo: 'all',
    replyIsLost: false,
  }));
  return [...all, ...all];
}

/** What is shown, as text: values, whether they are asked again, messages in order. */
export function shown(held: readonly Held[], now: Ms): string {
  const { values, messages } = visible(held, now);
  const facts = [...values].map(
    ([key, { held, reconfirm }]) => `${key}=${held.entry.id}${reconfirm ? '?' : ''}`,
  );
  return [...facts.sort(), ...messages.map(({ entry }) => entry.key)].join('\n');
}

function take(world: World, step: Step): void {
  switch (step.does) {
    case 'wait':
      world.now += step.ms;
      return;
    case 'merge':
      return merge(world);
    case 'undo':
      return undo(world);
    case 'sync':
      return sync(
        world,
        deviceOf(world, step.device),
        step.upTo === 'all' ? Infinity : world.step / 2,
        step.replyIsLost,
      );
    default:
      return speak(world, deviceOf(world, step.device), step);
  }
}

function speak(
  world: World & { readonly stamps?: World['born'] },
  device: Device,
  step: Extract<Step, { does: 'write' | 'say' | 'forget' }>,
): void {
  const id = idOf(world.step);
  const at = world.stamps?.get(id)?.at ?? nextStamp(world.now + device.clock, device.greatest);
  device.greatest = at;
  world.born.set(id, {
    step: world.step,
    at,
    knew: new Set(device.knew),
    met: device.held.map(({ entry }) => entry.id),
  });
  const forgets = forgetsOf(device.held);
  if (step.does === 'forget') {
    const entry: Forget = {
      kind: 'forget',
      id,
      at,
      by: { who: 'visitor' },
      seen: device.cursor,
      of: step.of,
    };
    if (world.tidies) {
      const dropped = forgetsDroppedBy(
        entry,
        forgets.filter((forget) => !device.sent.has(forget.entry.id)),
      );
      device.held = device.held.filter((held) => !dropped.includes(held.entry.id));
    }
    device.knew.add(id);
    hold(world, device, { entry });
    return;
  }
  const until = step.lasts === undefined ? {} : { until: world.now + step.lasts };
  const common = { id, at, by: { who: 'visitor' } as const, ...until };
  if (step.does === 'say') {
    const target = { key: messageKey(CID, id), purpose: 'conversations' };
    hold(world, device, {
      entry: {
        ...common,
        ...target,
        ...seenAndAfter(target, device.cursor, forgets),
        kind: 'message',
        value: { text: 'Hm' },
      },
    });
    return;
  }
  const target = targetOf(step);
  const { value, authority } = step;
  hold(world, device, {
    entry: {
      ...common,
      ...target,
      ...seenAndAfter(target, device.cursor, forgets),
      kind: 'fact',
      value,
      authority,
    },
  });
}

/** Adds what was written or has come; a tidying device then has nothing left that it covers, or nothing of it. */
function hold(world: World, device: Device, held: Held): void {
  if (world.tidies) {
    if (isForget(held))
      device.held = device.held.filter((other) => isForget(other) || !covers(held, other as Held<Fact>));
    else if (isCoveredBy(device.held, held)) return;
  }
  device.held.push(held);
}

function sync(world: World, device: Device, upTo: number, replyIsLost: boolean): void {
  // What a device has forgotten before it was sent is not sent, whether or not it still has it.
  const push = device.held.filter((held) => held.seq === undefined && !isCoveredBy(device.held, held));
  for (const { entry } of push) device.sent.add(entry.id);
  const results = new Map(push.map(({ entry }) => [entry.id, accept(world, entry)]));
  const rows = world.rows.filter(({ seq, step }) => seq > device.cursor && step <= upTo);
  const isRest = rows.length === world.rows.filter(({ seq }) => seq > device.cursor).length;
  if (replyIsLost) return;

  device.held = device.held.flatMap((held): Held[] => {
    const result = results.get(held.entry.id);
    if (result === undefined) return [held];
    return result === 'gone' ? [] : [{ ...held, seq: result }];
  });
  for (const { entry, seq, received } of rows) {
    const place = device.held.findIndex((held) => held.entry.id === entry.id);
    if (place >= 0) device.held[place] = { entry, seq, received };
    else if (!(
      entry.kind !== 'forget' && world.merges.some(({ id, undone }) => undone && id === entry.merge)
    ))
      hold(world, device, { entry, seq, received });
    if (entry.kind === 'forget') device.knew.add(entry.id);
    const met = metStamp({ entry, received });
    if (device.greatest === undefined || met > device.greatest) device.greatest = met;
  }
  device.cursor = isRest ? world.head : (rows.at(-1)?.seq ?? device.cursor);
  // Acknowledged and passed by, but not among the rows: it has been deleted at the endpoint.
  device.held = device.held.filter(
    ({ seq, received }) => seq === undefined || seq > device.cursor || received !== undefined,
  );
  for (const { id, undone } of world.merges) {
    if (undone)
      device.held = device.held.filter(({ entry }) => entry.kind === 'forget' || entry.merge !== id);
  }
}

/** Level 1 of the wire: the `seq` that an entry has or gets, or that it is gone. */
function accept(world: World, entry: Entry): number | 'gone' {
  const known = world.known.get(entry.id);
  if (known !== undefined) return known;
  if (isExpired(entry, world.now) || isCoveredBy(world.rows, { entry })) return 'gone';
  const row = { entry, seq: ++world.head, received: world.now, step: world.step };
  world.known.set(entry.id, row.seq);
  if (world.tidies && isForget(row))
    world.rows = world.rows.filter((other) => isForget(other) || !covers(row, other as Held<Fact>));
  world.rows.push(row);
  return row.seq;
}

function merge(world: World): void {
  if (world.merges.some(({ undone }) => !undone)) return;
  const id = idOf(world.step, 4);
  const { head, now } = world;
  world.merges.push({ id, head, undone: false });
  const knew = new Set(forgetsOf(world.rows).map(({ entry }) => entry.id));
  const { copies } = copyForMerge({
    merge: id,
    from: world.before,
    into: world.rows,
    head,
    now,
    policy: () => true,
    hash,
  });
  for (const { entry, received } of copies) {
    const row = { entry, received, seq: ++world.head, step: world.step };
    world.known.set(entry.id, row.seq);
    world.born.set(entry.id, { step: world.step, at: entry.at, knew, met: [] });
    world.rows.push(row);
  }
}

function undo(world: World): void {
  const last = world.merges.at(-1);
  if (!last || last.undone) return;
  const { from, into } = undoMerge({ merge: last.id, from: world.before, into: world.rows, head: last.head });
  world.before = from;
  world.rows = into as World['rows'];
  world.merges = [...world.merges.slice(0, -1), { ...last, undone: true }];
}

/** Compacts and drops what has expired, everywhere. */
function tidy(world: World, newest: number): void {
  world.rows = tidied(world.rows, world.now, newest);
  world.before = tidied(world.before, world.now, newest);
  for (const device of world.devices) device.held = tidied(device.held, world.now, newest);
}

function tidied<H extends Held>(rows: readonly H[], now: Ms, newest: number): H[] {
  const facts = rows.filter(({ entry }) => entry.kind === 'fact') as (H & Held<Fact>)[];
  const kept = new Set<Held>(
    KEYS.flatMap((key) =>
      compact(
        facts.filter(({ entry }) => entry.key === key),
        newest,
      ),
    ),
  );
  return rows.filter((row) => !isExpired(row.entry, now) && (row.entry.kind !== 'fact' || kept.has(row)));
}

function beforeOf({ before }: Plan): Row[] {
  return before.map((one, i) => {
    const received = NOON - 1000 + i;
    const common = { id: idOf(500 + i), at: stamp(received, 0), by: { who: 'visitor' } as const, seen: i };
    const entry: Entry =
      'of' in one
        ? { ...common, kind: 'forget', of: one.of }
        : {
            ...common,
            ...targetOf(one),
            kind: 'fact',
            value: one.value,
            authority: one.authority,
            ...(one.lasts !== undefined && { until: received + one.lasts }),
          };
    return { entry, seq: i + 1, received };
  });
}

function targetOf({ key, purpose }: Write): { key: Key; purpose: string } {
  return { key, purpose: purpose === 'root' ? rootOf(key) : purpose };
}

function deviceOf(world: World, device: number): Device {
  const found = world.devices[device % world.devices.length];
  if (!found) throw new Error('A plan needs at least one device.');
  return found;
}

export function forgetsOf(rows: readonly Held[]): Held<Forget>[] {
  return rows.filter(isForget);
}

function isForget(held: Held): held is Held<Forget> {
  return held.entry.kind === 'forget';
}

function isCoveredBy(rows: readonly Held[], held: Held): boolean {
  return !isForget(held) && forgetsOf(rows).some((forget) => covers(forget, held as Held<Fact | Message>));
}

/** Sixteen bytes that depend on every character; the laws need no better hash. */
function hash(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
    bytes[i % 16] = (bytes[i % 16] ?? 0) ^ (state >>> 11);
  }
  return bytes;
}
