// What becomes of a task whose attempt failed: it waits and is tried again, or it has FAILED. The wait is fixed when it is decided.

import { EventType } from '../../gen/holdfast/journal/v1/journal';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { AttemptOutcome, TaskError } from '../../gen/holdfast/v1/work';
import { stop } from './directive';
import type { Draft } from '../draft';
import { endHold } from './hold';
import { effectivePolicy } from './policy';
import type { EffectivePolicy } from './policy';
import { beginWait } from './retry-wait';
import type { FoundTask } from '../task-access';

/** How an attempt failed. */
export interface Failure {
  readonly outcome: AttemptOutcome;
  readonly error: TaskError;
  /** Why, for people; empty for the error's message. */
  readonly reason: string;
  /** It is not tried again, whatever the policy says. */
  readonly final?: boolean | undefined;
  /** The holder's token stays good while nobody else has claimed the task. */
  readonly lapse?: boolean | undefined;
  /** What subscribers are told if it is tried again. */
  readonly event: EventType;
}

/** Ends an attempt that failed. The task is PENDING again after a wait, or FAILED when its attempts are used up. Gives the index of its change. */
export function failAttempt(draft: Draft, { project, id, task }: FoundTask, failure: Failure): number {
  const work = draft.works.work(project, id);
  work.failures++;
  const policy = effectivePolicy(draft, project, task.queue, task);
  const again = !failure.final && !policy.nonRetryable.has(failure.error.code) && work.failures < policy.maxAttempts;
  // Whoever wanted it stopped does not want it tried again.
  const { directive } = work;
  if (again && directive) return stop(draft, { project, id, task }, directive.kind, directive.reason);
  const stateReason = failure.reason === '' ? failure.error.message : failure.reason;
  const { outcome, error } = failure;
  if (!again) {
    endHold(draft, project, id, { outcome, error });
    const after: Task = { ...task, state: TaskState.FAILED, stateReason, error, endTime: draft.now };
    return draft.putTask(project, id, task, after, EventType.TASK_FAILED);
  }
  const waitMs = backoffMs(policy, work.failures, chance(draft));
  const retryAtMs = draft.context.nowMs + waitMs;
  endHold(draft, project, id, { outcome, error, retryAtMs, lapse: failure.lapse });
  const own = waitMs > 0 ? beginWait(work, task, retryAtMs) : task;
  const after: Task = { ...own, state: TaskState.PENDING, stateReason, error };
  return draft.putTask(project, id, task, after, failure.event);
}

/** The wait after this many failures, in milliseconds: it grows by the multiplier up to the longest, and is drawn between half of that and all of it
 *  (equal jitter: many tasks that failed together do not come back together). `draw` is from 0 up to 1. */
export function backoffMs(policy: EffectivePolicy, failures: number, draw: number): number {
  const grown = policy.initialBackoffMs * policy.multiplier ** (failures - 1);
  const longest = Math.min(grown, policy.maxBackoffMs);
  return Math.round(longest / 2 + (longest / 2) * draw);
}

/** A number from 0 up to 1 that comes with the command as data: the random part of a fresh UUID. */
function chance(draft: Draft): number {
  const digits = draft.context
    .uid()
    .replace(/[^0-9a-f]/g, '')
    .slice(-8);
  return digits === '' ? 0 : parseInt(digits, 16) / 16 ** digits.length;
}
