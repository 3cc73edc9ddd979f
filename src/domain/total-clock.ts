import type { Task } from '../gen/holdfast/v1/task';
import type { Draft } from './draft';
import { effectivePolicy } from './policy';

/** Sets the clock of a task's total timeout to its start, if it has one: it was created or retried. */
export function startTotalClock(draft: Draft, project: string, id: string, task: Task): void {
  const { totalMs } = effectivePolicy(draft, project, task.queue, task);
  // Most tasks have none, and no row that would have to be read.
  if (totalMs === undefined && task.revision === 0) return;
  const work = draft.works.work(project, id);
  work.totalLeftMs = 0;
  work.totalDeadlineMs = totalMs === undefined ? 0 : draft.context.nowMs + totalMs;
}
