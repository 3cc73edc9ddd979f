// A task that goes from one session to another while it is held.

import { EventType } from '../gen/holdfast/journal/v1/journal';
import { AttemptOutcome } from '../gen/holdfast/v1/work';
import { formatAgent } from './agent-names';
import type { Draft } from './draft';
import { millisecondsIn } from './duration';
import { endHold, renewOften } from './hold';
import { effectivePolicy } from './policy';
import type { ActingSession } from './acting-session';
import type { FoundTask } from './task-access';
import { timestampOf } from './timestamp';

/** Gives a held task to another session, under a token of this command: progress, questions and directives stay, and the attempt goes on as
 *  a new one. The task itself does not change. */
export function handOver(draft: Draft, { project, id, task }: FoundTask, to: ActingSession): void {
  const { sequence, nowMs } = draft.context;
  const work = draft.works.work(project, id);
  const { directive, directiveState } = work;
  const lease = work.lease!;
  endHold(draft, project, id, { outcome: AttemptOutcome.HANDED_OVER });
  const { runMs } = effectivePolicy(draft, project, task.queue, task);
  work.attempts++;
  work.directive = directive;
  work.directiveState = directiveState;
  work.renewedMs = nowMs;
  work.runDeadlineMs = runMs === undefined ? 0 : nowMs + runMs;
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
