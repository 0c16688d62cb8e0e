import { bareError } from '../platform/bare-error.js';
import type { Memory } from '../memory/types.js';
import type { Platform } from '../platform/platform.js';

/** `customerMemory('remember', key, value)`: callable before load too, and once loaded it carries the whole API. */
export type CustomerMemory = Command & Memory;
export type Command = (name: string, ...given: unknown[]) => Promise<unknown>;

/** A call made before load: by a tag manager's stub, or by ours, which waits for the answer. */
type Queued = ArrayLike<unknown> & {
  readonly y?: (value: unknown) => void;
  readonly n?: (error: unknown) => void;
};
export type Stub = { q?: Queued[] };

/** @param extra commands that are not the memory's own, such as `define`. */
export function createCommand(
  memory: Memory,
  extra: Readonly<Record<string, (...given: never[]) => unknown>>,
): CustomerMemory {
  const command: Command = async (name, ...given) => {
    const path = String(name).split('.');
    const last = path.pop() as string;
    // A view has to be whole before it can be handed out.
    if (name === 'for') await memory.ready;
    const owner = path.reduce<unknown>(own, memory);
    const member = path.length === 0 && Object.hasOwn(extra, last) ? extra[last] : own(owner, last);
    if (member === undefined) {
      const names = Object.keys({ ...extra, ...Object.getOwnPropertyDescriptors(owner ?? memory) });
      throw bareError('misuse', 'customerMemory', `there is no "${name}" among ${names.join(', ')}`);
    }
    return typeof member === 'function'
      ? (member as (...given: unknown[]) => unknown).apply(owner, given)
      : member;
  };
  // A function has a name and a length of its own, which give way.
  return Object.defineProperties(command, Object.getOwnPropertyDescriptors(memory)) as CustomerMemory;
}

/** Does, in order, what was asked for before the script had loaded. */
export function drain(stub: Stub | undefined, command: Command, platform: Platform): void {
  for (const call of stub?.q ?? []) {
    if (!call) continue; // whatever else the page has put there
    const [name, ...given] = Array.from(call);
    command(String(name), ...given).then(call.y, call.n ?? platform.report);
  }
}

function own(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null && Object.hasOwn(object, name)
    ? (object as Record<string, unknown>)[name]
    : undefined;
}
