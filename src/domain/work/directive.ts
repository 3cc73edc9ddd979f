// What somebody wants of a task's holder: to pause, or to stop for good. The holder obeys by AcknowledgeDirective, or completes first; at the deadline
// the server acts and fences.

import type { Duration } from '../../gen/google/protobuf/duration';
import { EventType } from '../../gen/holdfast/journal/v1/journal';
import type { TaskWork } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import type { Task } from '../../gen/holdfast/v1/task';
import type { AcknowledgeDirectiveRequest } from '../../gen/holdfast/v1/task_service';
import { AttemptOutcome, DirectiveKind } from '../../gen/holdfast/v1/work';
import { idIn } from '../sessions/agent-names';
import { named } from './claim-task';
import type { Draft } from '../draft';
import { checkDuration, millisecondsIn } from '../duration';
import { checkBytes } from '../field-checks';
import { endHold } from './hold';
import { findHeld } from './holder';
import { DIRECTIVE_GRACE_MAX_MS, REASON_BYTES_MAX } from '../limits';

import type { FoundTask } from '../task-access';
import { illegalTransition, legalVerbs, stateName } from '../task-state';
import { millisecondsOf, timestampOf } from '../timestamp';
import { Violations } from '../violations';
import { isHeldWork } from './work-rows';

/** What is wanted. */
interface Wanted {
  readonly kind: DirectiveKind;
  /** Undefined: the ttl of the lease. */
  readonly grace: Duration | undefined;
}

/** How long a directive leaves a holder whose lease has no bound at all: a session that lasts until it is ended. */
const GRACE_DEFAULT_MS = 15 * 60 * 1000;

/** The check of a request's grace. */
export function checkGrace(grace: Duration | undefined): (violations: Violations) => void {
  return ({ report }) => checkDuration(grace, 0, DIRECTIVE_GRACE_MAX_MS, 'grace', report);
}

/** Sets a task aside or gives it up; of one that is held, its holder is told first. Gives what names the task and its TASK_WORK row. */
export function setAside(
  draft: Draft,
  found: FoundTask,
  { reason }: { readonly reason: string },
  wanted: Wanted,
): number[] {
  const { project, id } = found;
  const work = draft.works.work(project, id);
  const graceMs = graceOf(draft, project, work, wanted.grace);
  const { directive } = work;
  // Whoever wanted it given up is not content with a pause, and nobody makes a deadline later by asking again.
  const kind = directive?.kind === DirectiveKind.CANCEL ? DirectiveKind.CANCEL : wanted.kind;
  if (!isHeldWork(work) || graceMs === 0) stop(draft, found, kind, reason);
  else {
    const by = draft.acting?.name ?? draft.caller.principal;
    const laterMs = draft.context.nowMs + graceMs;
    const deadlineMs = directive?.kind === kind ? Math.min(millisecondsOf(directive.deadline), laterMs) : laterMs;
    work.directive = { kind, by, reason, deadline: timestampOf(deadlineMs), createTime: draft.now };
    draft.works.tell(project, id, EventType.TASK_DIRECTED);
  }
  return named(draft, found);
}

/** AcknowledgeDirective. Gives what names the task and its TASK_WORK row. */
export function acknowledgeDirective(draft: Draft, request: AcknowledgeDirectiveRequest): number[] {
  const violations = new Violations();
  checkBytes(request.reason, REASON_BYTES_MAX, 'reason', violations.report);
  violations.throwIfAny();
  const held = findHeld(draft, 'acknowledgeDirective', request, 'fenced');
  const { directive } = held.work;
  if (!directive) {
    const { name, state } = held.task;
    const why = `${name} has no directive: nobody asked its holder to stop`;
    const legal = legalVerbs(state).filter((verb) => verb !== 'AcknowledgeDirective');
    throw illegalTransition(name, stateName(state), 'AcknowledgeDirective', legal, why);
  }
  stop(draft, held, directive.kind, request.reason || directive.reason);
  return named(draft, held);
}

/** Does what a directive wants. Gives the index of the task's change. */
export function stop(draft: Draft, { project, id, task }: FoundTask, kind: DirectiveKind, reason: string): number {
  const paused = kind === DirectiveKind.PAUSE;
  const wasRunning = task.state === TaskState.RUNNING;
  endHold(draft, project, id, { outcome: paused ? AttemptOutcome.PAUSED : AttemptOutcome.CANCELED });
  const after: Task = { ...task, stateReason: reason, importId: '' };
  if (paused) {
    after.state = TaskState.PAUSED;
    // Nobody holds it any more: it goes on as one that waits.
    after.pausedFrom = wasRunning ? TaskState.PENDING : task.state;
    return draft.putTask(project, id, task, after, EventType.TASK_PAUSED);
  }
  after.state = TaskState.CANCELED;
  after.pausedFrom = TaskState.UNSPECIFIED;
  after.endTime = draft.now;
  return draft.putTask(project, id, task, after, EventType.TASK_CANCELED);
}

function graceOf(draft: Draft, project: string, { lease }: TaskWork, grace: Duration | undefined): number {
  if (grace) return millisecondsIn(grace);
  if (!lease) return 0;
  if (lease.ttl) return millisecondsIn(lease.ttl);
  return millisecondsIn(draft.session(project, idIn(lease.session))?.ttl) || GRACE_DEFAULT_MS;
}
