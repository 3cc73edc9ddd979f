/**
 * Counts of the queues of one project, by the state of their tasks.
 *
 * L1. A task counts where its entry of the state index stands: both follow from the same change, and never differ.
 * L2. A queue is here while it has settings, or tasks that are live or FAILED.
 */
import type { IndexEntry } from '../../domain/derive';
import type { QueueTally } from '../../domain/view';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { KeyReader, KeyWriter } from './key-bytes';

type StateEntry = Extract<IndexEntry, { index: 'state' }>;
type Column = keyof QueueTally;

/** In the order of their encoding. */
const COLUMNS: readonly Column[] = [
  ...(['pending', 'blocked', 'running', 'verifying', 'inputRequired', 'paused', 'failed'] as const),
];
const BY_STATE: { readonly [state in TaskState]?: Column } = {
  [TaskState.PENDING]: 'pending',
  [TaskState.RUNNING]: 'running',
  [TaskState.VERIFYING]: 'verifying',
  [TaskState.INPUT_REQUIRED]: 'inputRequired',
  [TaskState.PAUSED]: 'paused',
  [TaskState.FAILED]: 'failed',
};
const EMPTY: QueueTally = {
  ...{ pending: 0, blocked: 0, running: 0, verifying: 0, inputRequired: 0, paused: 0, failed: 0 },
};

interface Counts {
  readonly by: { -readonly [column in Column]: number };
  /** The sum of all columns. */
  tasks: number;
  hasSettings: boolean;
}

export class QueueTallies {
  private readonly counts = new Map<string, Counts>();

  get size(): number {
    return this.counts.size;
  }

  has(queue: string): boolean {
    return this.counts.has(queue);
  }

  hasSettings(queue: string): boolean {
    return this.counts.get(queue)?.hasSettings === true;
  }

  /** In no order. */
  names(): string[] {
    return [...this.counts.keys()];
  }

  of(queue: string): QueueTally {
    const counts = this.counts.get(queue);
    return counts ? { ...counts.by } : EMPTY;
  }

  /** An index entry was put (1) or removed (-1). */
  move(entry: StateEntry, by: 1 | -1): void {
    const counts = this.countsOf(entry.queue);
    counts.by[entry.held ? 'blocked' : BY_STATE[entry.state as TaskState]!] += by;
    counts.tasks += by;
    if (counts.tasks === 0 && !counts.hasSettings) this.counts.delete(entry.queue);
  }

  /** The row of the queue's settings was written, or removed. */
  set(queue: string, hasSettings: boolean): void {
    const counts = this.countsOf(queue);
    counts.hasSettings = hasSettings;
    if (counts.tasks === 0 && !hasSettings) this.counts.delete(queue);
  }

  clone(): QueueTallies {
    const copy = new QueueTallies();
    for (const [queue, counts] of this.counts) copy.counts.set(queue, { ...counts, by: { ...counts.by } });
    return copy;
  }

  /** Queues in order of their id: equal tallies give equal bytes. */
  encode(writer: KeyWriter): void {
    writer.u32(this.counts.size);
    for (const queue of this.names().sort()) {
      const counts = this.counts.get(queue)!;
      writer.text(queue).u8(counts.hasSettings ? 1 : 0);
      for (const column of COLUMNS) writer.u48(counts.by[column]);
    }
  }

  /** Throws RangeError unless the bytes are what `encode` gave. */
  static decode(reader: KeyReader): QueueTallies {
    const tallies = new QueueTallies();
    for (let left = reader.number(4); left > 0; left--) {
      const counts = tallies.countsOf(reader.text());
      counts.hasSettings = reader.u8() === 1;
      for (const column of COLUMNS) counts.tasks += counts.by[column] = reader.number(6);
    }
    return tallies;
  }

  private countsOf(queue: string): Counts {
    let counts = this.counts.get(queue);
    if (!counts) {
      counts = { by: { ...EMPTY }, tasks: 0, hasSettings: false };
      this.counts.set(queue, counts);
    }
    return counts;
  }
}
