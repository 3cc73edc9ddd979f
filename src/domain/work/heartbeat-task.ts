import { EventType } from '../../gen/holdfast/journal/v1/journal';
import type { HeartbeatTaskRequest } from '../../gen/holdfast/v1/task_service';
import type { TaskProgress } from '../../gen/holdfast/v1/work';
import { named } from './claim-task';
import type { Draft } from '../draft';
import { millisecondsIn } from '../duration';
import { checkBytes } from '../field-checks';
import { findHeld } from './holder';
import { checkStruct } from '../json-struct';
import { PROGRESS_DETAILS_BYTES_MAX, PROGRESS_MESSAGE_BYTES_MAX } from '../limits';
import { findSession, renew } from '../sessions/session-access';
import { renewEveryMs } from '../sessions/session-rows';
import type { Report } from '../violations';
import { Violations } from '../violations';

/** HeartbeatTask: renews the lease, and the session behind it; one that was written down a moment ago is not written again. Gives what names the
 *  task and its TASK_WORK row. Refuses with FENCED when the lease has run out. */
export function heartbeatTask(draft: Draft, request: HeartbeatTaskRequest): number[] {
  const violations = new Violations();
  checkProgress(request.progress, violations.report);
  violations.throwIfAny();
  const held = findHeld(draft, 'heartbeatTask', request, 'fenced');
  const { project, id, work } = held;
  const { nowMs } = draft.context;
  const ttlMs = millisecondsIn(work.lease!.ttl);
  if (ttlMs > 0 && nowMs - work.renewedMs >= renewEveryMs(ttlMs)) work.renewedMs = nowMs;
  // A holder that shows its token alone, without its session, is a sign of life of the session all the same.
  const session = findSession(draft, work.lease!.session, 'lease.session');
  if (session.work.endedMs === 0) renew(draft, session, session.work.renewEveryMs);
  if (request.progress) {
    work.progress = { ...request.progress, updateTime: draft.now, _unknownFields: undefined };
    draft.works.tell(project, id, EventType.TASK_PROGRESSED);
  }
  return named(draft, held);
}

function checkProgress(progress: TaskProgress | undefined, report: Report): void {
  if (!progress) return;
  const { percent, message, details } = progress;
  if (!(percent >= 0 && percent <= 100)) report('progress.percent', `is ${percent}; 0 to 100 are allowed`);
  checkBytes(message, PROGRESS_MESSAGE_BYTES_MAX, 'progress.message', report);
  checkStruct(details, 'progress.details', report, PROGRESS_DETAILS_BYTES_MAX);
}
