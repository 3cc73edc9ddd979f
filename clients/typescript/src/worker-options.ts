// What a worker is told, and what it tells.

import type { Task } from './gen/holdfast/v1/task';
import type { JsonObject } from './fields';
import type { ClaimOptions } from './task-options';
import type { TaskContext } from './task-context';

/** Does a task, and gives its result. */
export type TaskHandler = (task: Task, context: TaskContext) => Promise<JsonObject | void>;

export interface WorkerOptions extends Pick<ClaimOptions, 'queue' | 'capabilities' | 'filter' | 'leaseTtlMs'> {
  /** How many tasks at once. Default 1, at most 100. */
  readonly concurrency?: number;
  /** How long one claim waits for a task, in milliseconds. Default 30,000; at most 10 minutes. */
  readonly waitMs?: number;
  /** Hears what came of each task. */
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** What came of the worker's hold on a task. */
export interface Outcome {
  readonly task: Task;
  /**
   * `completed`, `failed` (and tried again, or not), `released` (given back), `directed` (paused or canceled as somebody wanted),
   * `asked` (waits for an answer), `dropped`: the hold was lost, and the work counts for nothing.
   */
  readonly kind: 'completed' | 'failed' | 'released' | 'directed' | 'asked' | 'dropped';
  /** What the handler threw, or what the server refused with. */
  readonly error?: unknown;
}
