/**
 * Virtual time: one task after another, and after each the microtasks that it left. Nothing here, or above it, waits
 * for real time. Knows pages only as owners: the tasks of a frozen one wait, those of a dead one never come.
 */
import v8 from 'node:v8';
import type { Chance } from './random.js';

v8.setFlagsFromString('--allow-natives-syntax');
/** Runs all microtasks that are due, now: a history is one synchronous run, which is what makes it quick. */
const drain = new Function('%PerformMicrotaskCheckpoint()') as () => void;

export interface Owner {
  state: 'live' | 'frozen' | 'dead';
  /** In the back/forward cache. */
  cached?: boolean;
  /** What came due while it was frozen. */
  readonly held: Task[];
}

/** What must happen in the order in which it was asked for. */
export interface Lane {
  last: number;
}

interface Task {
  due: number;
  seq: number;
  readonly owner: Owner | undefined;
  run: (() => void) | undefined;
}

export class Scheduler {
  /** Milliseconds since the history began. */
  now = 0;
  /** Whose task is running. */
  current: Owner | undefined;
  /** How many tasks have run. */
  ran = 0;
  /** How slow this browser is: latencies are multiplied by it. */
  slowness = 1;
  chance: Chance;
  readonly #heap: Task[] = [];
  #seq = 0;
  #ends: (() => void)[] = [];

  constructor(chance: Chance) {
    this.chance = chance;
  }

  /** Runs `run` as a task of `owner` after `ms`; returns what cancels it. */
  after(owner: Owner | undefined, ms: number, run: () => void): () => void {
    const task: Task = { due: this.now + Math.max(0, ms), seq: this.#seq++, owner, run };
    this.#push(task);
    return () => (task.run = undefined);
  }

  /** As soon as the browser comes to it, and after what was asked for earlier in the same lane. */
  soon(owner: Owner | undefined, lane: Lane, upTo: number, run: () => void): void {
    const wait = this.chance.next() * upTo * this.slowness;
    lane.last = Math.max(lane.last, this.now + wait);
    this.#push({ due: lane.last, seq: this.#seq++, owner, run });
  }

  /** At the end of the task that is running, microtasks included. */
  atEnd(run: () => void): void {
    this.#ends.push(run);
  }

  /** Runs something from outside as a task of `owner`, now. */
  do(owner: Owner | undefined, run: () => void): void {
    if (owner && owner.state !== 'live') return;
    this.ran += 1;
    this.current = owner;
    run();
    drain();
    while (this.#ends.length) {
      const ends = this.#ends;
      this.#ends = [];
      for (const end of ends) end();
      drain();
    }
    this.current = undefined;
  }

  /** Goes on for `ms`, or until `done`. */
  run(ms: number, done: () => boolean = () => false): void {
    const end = this.now + ms;
    while (!done()) {
      const task = this.#heap[0];
      if (!task || task.due > end) {
        this.now = end;
        return;
      }
      this.#pop();
      const { run, owner } = task;
      if (!run || owner?.state === 'dead') continue;
      this.now = Math.max(this.now, task.due);
      if (owner?.state === 'frozen') owner.held.push(task);
      else this.do(owner, run);
    }
  }

  /** What came due while the owner was frozen comes now, in order. */
  thaw(owner: Owner): void {
    if (owner.state !== 'frozen') return;
    owner.state = 'live';
    for (const task of owner.held.splice(0)) {
      task.due = Math.max(task.due, this.now);
      this.#push(task);
    }
  }

  /** How many tasks of this owner have still to come. */
  waiting(owner: Owner): number {
    return this.#heap.filter((task) => task.owner === owner && task.run).length + owner.held.length;
  }

  #push(task: Task): void {
    const heap = this.#heap;
    let at = heap.push(task) - 1;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!before(task, heap[up] as Task)) break;
      heap[at] = heap[up] as Task;
      at = up;
    }
    heap[at] = task;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Task;
    if (!heap.length) return;
    let at = 0;
    for (;;) {
      let down = 2 * at + 1;
      if (down >= heap.length) break;
      if (down + 1 < heap.length && before(heap[down + 1] as Task, heap[down] as Task)) down += 1;
      if (!before(heap[down] as Task, last)) break;
      heap[at] = heap[down] as Task;
      at = down;
    }
    heap[at] = last;
  }
}

function before(a: Task, b: Task): boolean {
  return a.due < b.due || (a.due === b.due && a.seq < b.seq);
}
