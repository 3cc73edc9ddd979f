// The hold of a session on a task: how it begins and ends. Attempts are numbered from 1; the newest hundred are kept.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskState } from '../../gen/holdfast/v1/task';
import { Attempt, AttemptOutcome } from '../../gen/holdfast/v1/work';
import type { Lease, TaskError } from '../../gen/holdfast/v1/work';
import { formatAgent, idIn } from '../sessions/agent-names';
import type { Draft } from '../draft';
import { durationOf } from '../duration';
import { ATTEMPTS_KEPT, LOST_TASKS_MAX } from '../limits';
import { formatTask } from '../names';
import { effectivePolicy } from './policy';
import { endWait } from './retry-wait';
import { imageOf } from '../row-image';
import type { ActingSession } from '../sessions/acting-session';
import { renewEveryMs, sessionDueMs } from '../sessions/session-rows';
import type { FoundTask } from '../task-access';
import { timestampOf } from '../timestamp';
import { isHeldWork } from './work-rows';

/** How a hold ends. */
export interface HoldEnd {
  readonly outcome: AttemptOutcome;
  readonly error?: TaskError | undefined;
  /** When the task may be claimed again, if it failed and is tried again; milliseconds since 1970. */
  readonly retryAtMs?: number | undefined;
  /** The token stays good while nobody else has claimed the task. */
  readonly lapse?: boolean | undefined;
  /** Its token ends it. Of a lease that has run out, too: then what came of the attempt is this, and not that the lease ran out. */
  readonly byToken?: boolean | undefined;
}

/** Gives a task to a session: a new lease under a token of this command, a new attempt. `task` is left to be put by the caller as RUNNING: what
 *  this gives back. `leaseTtlMs` undefined: as the task's policy says. */
export function beginHold(
  draft: Draft,
  { project, id, task }: FoundTask,
  session: ActingSession,
  leaseTtlMs?: number,
): Task {
  const { sequence, nowMs } = draft.context;
  const work = draft.works.work(project, id);
  const policy = effectivePolicy(draft, project, task.queue, task);
  const ttlMs = leaseTtlMs ?? policy.leaseMs;
  const assignee = work.offerEndMs > 0 ? work.offerPreviousAssignee : task.assignee;
  forgetLapsed(draft, project, id);
  endOffer(work);
  work.attempts++;
  draft.countRunning(project, task.queue);
  work.runDeadlineMs = policy.runMs === undefined ? 0 : nowMs + policy.runMs;
  work.renewedMs = nowMs;
  work.lease = {
    session: session.name,
    agent: formatAgent(project, session.agent),
    fencingToken: sequence,
    acquireTime: draft.now,
    expireTime: undefined,
    ttl: ttlMs === undefined ? undefined : durationOf(ttlMs),
    runDeadline: work.runDeadlineMs > 0 ? timestampOf(work.runDeadlineMs) : undefined,
    lapsed: false,
  };
  work.sessionChunk = draft.sessions.hold(project, session.id, id, sequence);
  if (ttlMs !== undefined) renewOften(draft, session, ttlMs);
  return {
    ...endWait(work, task),
    assignee,
    state: TaskState.RUNNING,
    stateReason: '',
    startTime: task.startTime ?? draft.now,
  };
}

/** A session whose holds have a shorter ttl than itself must write its renewals down more often: they are renewals of these too. */
export function renewOften(draft: Draft, { session, work }: ActingSession, ttlMs: number): void {
  const every = renewEveryMs(ttlMs);
  if (work.renewEveryMs > 0 && work.renewEveryMs <= every) return;
  work.renewEveryMs = every;
  work.renewedMs = draft.context.nowMs;
  work.dueMs = sessionDueMs(session, work, draft.context.bootMs);
}

/** Ends the hold on a task, if there is one: its attempt is written down, the session has it no more. The task itself is the caller's to put. */
export function endHold(draft: Draft, project: string, id: string, end: HoldEnd): void {
  const work = draft.works.work(project, id);
  const { lease } = work;
  if (!lease) return;
  const held = isHeldWork(work);
  if (held || end.byToken) putAttempt(draft, project, id, attemptOf(draft, work, lease, end));
  if (!held) {
    if (!end.lapse) forgetLapsed(draft, project, id);
    return;
  }
  const left = end.lapse === true || takenFrom(draft, project, id, lease, end);
  draft.sessions.drop(project, idIn(lease.session), work.sessionChunk, id, left);
  work.runDeadlineMs = 0;
  work.renewedMs = 0;
  work.directive = undefined;
  work.directiveState = TaskState.UNSPECIFIED;
  if (end.lapse) work.lease = { ...lease, lapsed: true, runDeadline: undefined };
  else clearLease(work);
}

/** Outcomes that others bring about, or time, unless it is the holder who acts. */
const FROM_OUTSIDE: ReadonlySet<AttemptOutcome> = new Set<AttemptOutcome>([
  AttemptOutcome.PAUSED,
  AttemptOutcome.CANCELED,
  AttemptOutcome.RUN_TIMEOUT,
]);

/** A session whose task others end is told of it by its next heartbeat. True for one that is over: what resumes it finds the task among those
 *  that it left, and says what became of it. */
function takenFrom(draft: Draft, project: string, id: string, lease: Lease, { outcome }: HoldEnd): boolean {
  if (!FROM_OUTSIDE.has(outcome) || draft.acting?.name === lease.session) return false;
  const { endedMs, lostTasks } = draft.sessions.work(project, idIn(lease.session));
  if (endedMs > 0) return true;
  if (lostTasks.length < LOST_TASKS_MAX) lostTasks.push(formatTask(project, id));
  return false;
}

function attemptOf(draft: Draft, work: TaskWork, lease: Lease, end: HoldEnd): Attempt {
  return {
    number: work.attempts,
    session: lease.session,
    agent: lease.agent,
    fencingToken: lease.fencingToken,
    startTime: lease.acquireTime,
    endTime: draft.now,
    outcome: end.outcome,
    error: end.error && { ...end.error, details: undefined },
    retryTime: end.retryAtMs === undefined ? undefined : timestampOf(end.retryAtMs),
  };
}

/** Ends the offer of a task to its assignee; whose it is again is the caller's to write. */
export function endOffer(work: TaskWork): void {
  work.offerEndMs = 0;
  work.offerPreviousAssignee = '';
}

/** A lease that has lapsed is worth nothing any more: somebody else has the task, or it is done. */
function forgetLapsed(draft: Draft, project: string, id: string): void {
  const work = draft.works.work(project, id);
  if (!work.lease?.lapsed) return;
  // A later resume of that session finds the task among those that it left, and says what became of it.
  clearLease(work);
}

function clearLease(work: TaskWork): void {
  work.lease = undefined;
  work.sessionChunk = 0;
}

function putAttempt(draft: Draft, project: string, task: string, attempt: Attempt): void {
  const kind = EntityKind.TASK_ATTEMPT;
  const { number } = attempt;
  draft.put(kind, project, `${task}/${number}`, imageOf(Attempt, attempt), EventType.UNSPECIFIED, []);
  const old = `${task}/${number - ATTEMPTS_KEPT}`;
  if (number > ATTEMPTS_KEPT && draft.image(kind, project, old)) {
    draft.put(kind, project, old, undefined, EventType.UNSPECIFIED, []);
  }
}
