// How a task goes back before it is done: ReleaseTask, the end of a lease, the end of a session.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { SessionState } from '../../gen/holdfast/v1/session';
import { DependencyKind, TaskState } from '../../gen/holdfast/v1/task';
import type { Task } from '../../gen/holdfast/v1/task';
import type { ReleaseTaskRequest } from '../../gen/holdfast/v1/task_service';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import { idIn, recipientOf } from '../sessions/agent-names';
import { named } from './claim-task';
import { addEdges } from '../dependency';
import { stop } from './directive';
import type { Draft } from '../draft';
import { checkBytes } from '../field-checks';
import { beginHold, endHold } from './hold';
import { findHeld } from './holder';
import { BLOCKED_BY_MAX, LOST_TASKS_MAX, REASON_BYTES_MAX } from '../limits';
import { formatProject, formatTask } from '../names';
import { quote } from '../quote';
import { fieldInvalid, Refusal } from '../refusal';
import { failAttempt } from './retry';
import { findSession } from '../sessions/session-access';
import type { ActingSession } from '../sessions/acting-session';
import type { FoundTask } from '../task-access';
import { Violations } from '../violations';

/** Who gets a task that somebody gives back. */
export type Heir =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'agent'; readonly agent: string }
  | { readonly kind: 'session'; readonly session: ActingSession };

const NO_EXCEPTIONS = { allowUnresolved: false, relateCycles: false };

/** ReleaseTask. Gives what names the task and its TASK_WORK row. */
export function releaseTask(draft: Draft, request: ReleaseTaskRequest): number[] {
  const { reason, blockedBy } = request;
  const violations = new Violations();
  checkBytes(reason, REASON_BYTES_MAX, 'reason', violations.report);
  if (blockedBy.length > BLOCKED_BY_MAX)
    violations.report('blocked_by', `has ${blockedBy.length} entries, at most ${BLOCKED_BY_MAX} are allowed`);
  violations.throwIfAny();
  const held = findHeld(draft, 'releaseTask', request, 'taken');
  const heir = heirOf(draft, held.project, request.handOverTo, 'hand_over_to');
  if (heir.kind === 'session' && blockedBy.length > 0)
    throw fieldInvalid('blocked_by', 'is not for a session that goes on with the task at once');
  handBack(draft, held, heir, reason);
  const edges = blockedBy.map((task) => ({ task, kind: DependencyKind.BLOCKS }));
  addEdges(draft, held.project, held.id, edges, NO_EXCEPTIONS);
  return named(draft, held);
}

/** Gives a task that is held back: to anyone, to an agent, or at once to another session. It does not count as failed. What somebody wanted of the
 *  holder comes to pass instead. */
export function handBack(draft: Draft, { project, id, task }: FoundTask, heir: Heir, reason: string): void {
  const { directive } = draft.works.work(project, id);
  if (directive) return void stop(draft, { project, id, task }, directive.kind, directive.reason);
  if (heir.kind === 'session') {
    endHold(draft, project, id, { outcome: AttemptOutcome.HANDED_OVER });
    const after = beginHold(draft, { project, id, task }, heir.session);
    draft.putTask(project, id, task, { ...after, stateReason: reason }, EventType.TASK_HANDED_OVER);
    return;
  }
  endHold(draft, project, id, { outcome: AttemptOutcome.RELEASED });
  const assignee = heir.kind === 'agent' ? heir.agent : task.assignee;
  // One that waits for an answer goes on waiting.
  const waits = task.state === TaskState.INPUT_REQUIRED;
  const after: Task = waits
    ? { ...task, assignee }
    : { ...task, state: TaskState.PENDING, stateReason: reason, assignee };
  draft.putTask(project, id, task, after, EventType.TASK_RELEASED);
}

/** A lease has run out, or the session that held the task was lost for good: the attempt has failed, the token stays good while nobody else claims.
 *  A task that waits for an answer goes on waiting, without a holder. Gives the index of the task's change, if the task itself changes. */
export function lapseTask(draft: Draft, found: FoundTask): number | undefined {
  const { project, id, task } = found;
  const work = draft.works.work(project, id);
  const { lease } = work;
  if (!lease || lease.lapsed) return undefined;
  if (work.directive) return stop(draft, found, work.directive.kind, work.directive.reason);
  const { work: session } = findSession(draft, lease.session, 'lease.session');
  if (session.endedMs === 0 && session.lostTasks.length < LOST_TASKS_MAX) session.lostTasks.push(task.name);
  const over = session.endedMs > 0;
  const chunk = work.sessionChunk;
  if (task.state !== TaskState.RUNNING) {
    // A session that is over has left it, and whoever resumes it is told.
    endHold(draft, project, id, { outcome: AttemptOutcome.LEASE_EXPIRED, lapse: over });
    return undefined;
  }
  const index = failAttempt(draft, found, {
    outcome: AttemptOutcome.LEASE_EXPIRED,
    error: { code: 'lease_expired', message: `the lease of ${lease.session} ran out`, details: undefined },
    reason: '',
    lapse: true,
    event: EventType.TASK_LEASE_EXPIRED,
  });
  // A session that goes on has lost it, and is told; one that is over has left it, for a successor to take up again.
  if (!over) draft.sessions.drop(project, idIn(lease.session), chunk, id, false);
  return index;
}

/** Who a name stands for: an ACTIVE session, an agent, or anyone if it is empty. Refuses with FIELD_INVALID, NOT_FOUND, SESSION_LOST and SESSION_ENDED. */
export function heirOf(draft: Draft, project: string, name: string, field: string): Heir {
  if (name === '') return { kind: 'anyone' };
  const named = recipientOf(name);
  if (!named) {
    const form = 'projects/{project}/sessions/{session} or projects/{project}/agents/{agent}';
    throw fieldInvalid(field, `${quote(name)} is the name of neither a session nor an agent: ${form}`);
  }
  if (named.project !== project)
    throw fieldInvalid(field, `${quote(name)} is of another project than ${formatProject(project)}`);
  if (named.kind === 'agents') return { kind: 'agent', agent: named.id };
  const session = findSession(draft, name, field);
  if (session.session.state !== SessionState.ACTIVE) {
    const ended = session.session.state === SessionState.ENDED;
    const message = `${name} is over: hand the task over to an ACTIVE session, or to an agent`;
    throw new Refusal(ended ? 'SESSION_ENDED' : 'SESSION_LOST', message, {
      metadata: { name },
      resource: { type: 'session', name },
    });
  }
  return { kind: 'session', session };
}

/** The task of this id, for what a session holds: undefined if it is gone. */
export function taskAt(draft: Draft, project: string, id: string): FoundTask | undefined {
  const image = draft.image(EntityKind.TASK, project, id);
  const task = image && draft.task(project, id);
  return task && { project, id, task: { ...task, name: task.name || formatTask(project, id) } };
}
