// A time of a task has come: its lease, a timeout, a directive's deadline, a question's, an offer's end. The timer only says that it is time to look.

import { EventType } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { Task } from '../../gen/holdfast/v1/task';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import { idIn } from '../sessions/agent-names';
import { isLive } from '../derive';
import type { Draft } from '../draft';
import { stop } from './directive';
import { endHold, endOffer } from './hold';
import { expireInput } from './input';
import type { OwnRow } from '../own-requests';
import { authorize } from '../permission';
import { notFound } from '../refusal';
import { lapseTask, taskAt } from './release-task';
import { failAttempt } from './retry';
import { endWait } from './retry-wait';
import type { FoundTask } from '../task-access';
import { formatTask } from '../names';
import { millisecondsOf } from '../timestamp';
import { isHeldWork, leaseEndMs } from './work-rows';

/** Acts on what is due at a task, one thing at a time in the order of what ends most; if nothing is due after all, the row gets its next time. */
export function expireTask(draft: Draft, { project, id }: OwnRow): number[] {
  authorize(draft.caller, 'expireTask', project);
  const found = taskAt(draft, project, id);
  if (!found || found.task.deleteTime) throw notFound('task', formatTask(project, id));
  act(draft, found);
  return [];
}

function act(draft: Draft, found: FoundTask): void {
  const { project, id, task } = found;
  const { nowMs, bootMs } = draft.context;
  const work = draft.works.work(project, id);
  const due = (time: number): boolean => time > 0 && time <= nowMs;
  if (due(work.totalDeadlineMs)) return endTotal(draft, found);
  if (isHeldWork(work)) {
    if (due(work.runDeadlineMs)) return void endRun(draft, found);
    if (due(millisecondsOf(work.directive?.deadline))) {
      return void stop(draft, found, work.directive!.kind, work.directive!.reason);
    }
    if (due(leaseEndMs(work))) {
      // Renewals of its session, and the start of the server, count as well.
      const session = draft.sessions.work(project, idIn(work.lease!.session));
      const renewedMs = Math.max(session.endedMs > 0 ? 0 : session.renewedMs, bootMs);
      if (due(leaseEndMs(work, renewedMs))) return void lapseTask(draft, found);
      work.renewedMs = Math.max(work.renewedMs, renewedMs);
    }
  }
  if (task.state === TaskState.INPUT_REQUIRED && due(work.inputDeadlineMs)) return expireInput(draft, found);
  if (due(work.offerEndMs)) {
    const assignee = work.offerPreviousAssignee;
    endOffer(work);
    return void draft.putTask(project, id, task, { ...task, assignee }, EventType.TASK_OFFER_ENDED);
  }
  if (due(work.retryMs)) {
    const after = endWait(work, task);
    if (after !== task) draft.putTask(project, id, task, after, EventType.TASK_UPDATED);
  }
}

function endRun(draft: Draft, found: FoundTask): number {
  const message = 'the attempt took longer than its run timeout';
  return failAttempt(draft, found, {
    outcome: AttemptOutcome.RUN_TIMEOUT,
    error: { code: 'run_timeout', message, details: undefined },
    reason: '',
    event: EventType.TASK_ATTEMPT_FAILED,
  });
}

function endTotal(draft: Draft, { project, id, task }: FoundTask): void {
  const work = draft.works.work(project, id);
  work.totalDeadlineMs = 0;
  if (!isLive(task.state)) return;
  const message = 'the task took longer than its total timeout';
  const error = { code: 'total_timeout', message, details: undefined };
  endHold(draft, project, id, { outcome: AttemptOutcome.CANCELED, error });
  const after: Task = { ...task, state: TaskState.FAILED, stateReason: message, error, endTime: draft.now };
  draft.putTask(project, id, task, after, EventType.TASK_FAILED);
}
