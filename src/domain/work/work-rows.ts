import { EntityKind, EventType, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { millisecondsIn } from '../duration';
import type { ChangedRow, StoredImage } from '../graph-rows';
import { imageOf } from '../row-image';
import { endMs } from '../sessions/session-rows';
import { millisecondsOf } from '../timestamp';

interface WorkCopy {
  readonly project: string;
  readonly id: string;
  readonly stored: Uint8Array | undefined;
  readonly work: TaskWork;
  event: EventType;
}

/** States in which the clock of the total timeout stands still. */
const STANDING: ReadonlySet<number> = new Set([TaskState.PAUSED, TaskState.INPUT_REQUIRED, TaskState.VERIFYING]);
/** States in which it has nothing to end any more. */
const ENDED: ReadonlySet<number> = new Set([TaskState.SUCCEEDED, TaskState.FAILED, TaskState.CANCELED]);

/** Whether somebody holds the task now. */
export function isHeldWork({ lease }: TaskWork): boolean {
  return lease !== undefined && !lease.lapsed;
}

/** When a lease with a ttl of its own ends, as far as its own renewals say; 0 for never. */
export function leaseEndMs({ lease, renewedMs }: TaskWork, othersMs = 0): number {
  if (!lease || lease.lapsed) return 0;
  return endMs(Math.max(renewedMs, othersMs), millisecondsIn(lease.ttl));
}

/** What a timer must look at next in a task that is in this state: the least of its times, 0 for none. */
export function taskDueMs(work: TaskWork, state: TaskState): number {
  const times = [
    leaseEndMs(work),
    isHeldWork(work) ? work.runDeadlineMs : 0,
    isHeldWork(work) ? millisecondsOf(work.directive?.deadline) : 0,
    work.totalDeadlineMs,
    state === TaskState.INPUT_REQUIRED ? work.inputDeadlineMs : 0,
    ENDED.has(state) ? 0 : work.offerEndMs,
    ENDED.has(state) ? 0 : work.retryMs,
  ];
  return times.reduce((least, time) => (time > 0 && (least === 0 || time < least) ? time : least), 0);
}

/**
 * The TASK_WORK rows that one command touches, as working copies that are written once, at its end.
 *
 * W1. A task has a lease that has not lapsed exactly while it is RUNNING, or INPUT_REQUIRED with its lease kept.
 * W2. `due_ms` is the least of the row's times: whatever comes to pass by time is found by the timer index.
 */
export class WorkRows {
  private readonly copies = new Map<string, WorkCopy>();

  constructor(private readonly stored: StoredImage) {}

  /** What goes on at a task, to be changed in place; nothing if there is no row. */
  work(project: string, id: string): TaskWork {
    return this.copy(project, id).work;
  }

  /** What subscribers are told of the row's change. */
  tell(project: string, id: string, event: EventType): void {
    this.copy(project, id).event = event;
  }

  /** The task goes for good, and its row with it. */
  remove(project: string, id: string): void {
    Object.assign(this.copy(project, id).work, TaskWork.fromPartial({}));
  }

  /** The clock of the total timeout runs or stands still with the task's state. */
  restate(project: string, id: string, after: TaskState, nowMs: number): void {
    const { work } = this.copy(project, id);
    if (work.totalDeadlineMs > 0 && ENDED.has(after)) work.totalDeadlineMs = 0;
    else if (work.totalLeftMs > 0 && ENDED.has(after)) work.totalLeftMs = 0;
    else if (work.totalDeadlineMs > 0 && STANDING.has(after)) {
      // A clock that stands still needs something left, or it would look like none.
      work.totalLeftMs = Math.max(work.totalDeadlineMs - nowMs, 1);
      work.totalDeadlineMs = 0;
    } else if (work.totalLeftMs > 0 && !STANDING.has(after)) {
      work.totalDeadlineMs = nowMs + work.totalLeftMs;
      work.totalLeftMs = 0;
    }
  }

  /** The rows that changed. `stateOf` gives the state of a task as the command leaves it; 0 for one that is gone or deleted. */
  *changed(stateOf: (project: string, id: string) => number): Iterable<ChangedRow & { readonly event: EventType }> {
    for (const { project, id, stored, work, event } of this.copies.values()) {
      const state = stateOf(project, id);
      work.dueMs = state === 0 ? 0 : taskDueMs(work, state as TaskState);
      const image = imageOf(TaskWork, work);
      if (image.equals(stored ?? EMPTY)) continue;
      yield { kind: EntityKind.TASK_WORK, project, id, image: image.length > 0 ? image : undefined, event };
    }
  }

  private copy(project: string, id: string): WorkCopy {
    const key = `${project}/${id}`;
    let copy = this.copies.get(key);
    if (!copy) {
      const stored = this.stored(EntityKind.TASK_WORK, project, id);
      const work = stored ? TaskWork.decode(stored) : TaskWork.fromPartial({});
      copy = { project, id, stored, work, event: EventType.UNSPECIFIED };
      this.copies.set(key, copy);
    }
    return copy;
  }
}

const EMPTY = Buffer.alloc(0);
