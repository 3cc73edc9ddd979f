// A task that goes from one session to another while it is held.

import { EventType } from '../../gen/holdfast/journal/v1/journal';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import { formatAgent } from './agent-names';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { endHold, renewOften } from '../work/hold';
import { RUN_TIMEOUT_MAX_MS } from '../limits';
import { effectivePolicy } from '../work/policy';
import type { ActingSession } from './acting-session';
import { timestampOf } from '../timestamp';

/** Gives a held task to another session, under a token of this command: progress, questions and directives stay, and the attempt goes on as
 *  a new one. The task itself does not change. */
export function handOver(draft: Draft, project: string, id: string, to: ActingSession): void {
  const { sequence, nowMs } = draft.context;
  const work = draft.works.work(project, id);
  const { directive, directiveState, runDeadlineMs } = work;
  const lease = work.lease!;
  endHold(draft, project, id, { outcome: AttemptOutcome.HANDED_OVER });
  work.attempts++;
  work.directive = directive;
  work.directiveState = directiveState;
  work.renewedMs = nowMs;
  work.runDeadlineMs = runDeadlineMs > 0 ? nowMs + runMsOf(draft, project, id) : 0;
  work.lease = {
    ...lease,
    session: to.name,
    agent: formatAgent(project, to.agent),
    fencingToken: sequence,
    acquireTime: draft.now,
    runDeadline: work.runDeadlineMs > 0 ? timestampOf(work.runDeadlineMs) : undefined,
  };
  work.sessionChunk = draft.sessions.hold(project, to.id, id, sequence);
  if (lease.ttl) renewOften(draft, to, millisecondsIn(lease.ttl));
  draft.works.tell(project, id, EventType.TASK_HANDED_OVER);
}

/** How long an attempt at this task may take, in milliseconds. A task without that bound is not looked at: a thousand may be handed over at once. */
function runMsOf(draft: Draft, project: string, id: string): number {
  const task = draft.task(project, id)!;
  return effectivePolicy(draft, project, task.queue, task).runMs ?? RUN_TIMEOUT_MAX_MS;
}
