// The wait of a task after a failure. It is the task's `not_before` while it lasts; then the task has its own again, and by that its place: a task
// that was tried before is not passed over by all that are fresh.

import type { TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { Task } from '../../gen/holdfast/v1/task';
import { millisecondsOf, timestampOf } from '../timestamp';

/** The task waits until `retryAtMs`: its `not_before` says so meanwhile, if its own is not later. */
export function beginWait(work: TaskWork, given: Task, retryAtMs: number): Task {
  const task = endWait(work, given);
  work.retryMs = retryAtMs;
  // One before 1970 is none: it orders no task, and holds none back.
  work.retryNotBeforeMs = Math.max(millisecondsOf(task.notBefore), 0);
  return { ...task, notBefore: timestampOf(Math.max(retryAtMs, work.retryNotBeforeMs)) };
}

/** Ends the wait after a failure, if there is one: the task has the `not_before` of its own again, and with it its place among others. One that
 *  somebody has set meanwhile stays. What this gives is the caller's to put. */
export function endWait(work: TaskWork, task: Task): Task {
  const { retryMs, retryNotBeforeMs } = work;
  if (retryMs === 0) return task;
  work.retryMs = 0;
  work.retryNotBeforeMs = 0;
  if (millisecondsOf(task.notBefore) !== retryMs) return task;
  return { ...task, notBefore: retryNotBeforeMs === 0 ? undefined : timestampOf(retryNotBeforeMs) };
}
