import type { Task } from '../../gen/holdfast/v1/task';
import type { Draft } from '../draft';
import { effectivePolicy } from './policy';

/** Sets the clock of a task's total timeout to its start: it was created or retried, or the timeout was changed. */
export function startTotalClock(draft: Draft, project: string, id: string, task: Task): void {
  // Most tasks have no such timeout, and no row of theirs has to be read.
  const isNew = task.revision <= 1;
  if (isNew && !task.timeouts && !draft.hasQueueSettings(project, task.queue)) return;
  const { totalMs } = effectivePolicy(draft, project, task.queue, task);
  if (isNew && totalMs === undefined) return;
  const work = draft.works.work(project, id);
  work.totalLeftMs = 0;
  work.totalDeadlineMs = totalMs === undefined ? 0 : draft.context.nowMs + totalMs;
  draft.works.restate(project, id, task.state, draft.context.nowMs);
}
