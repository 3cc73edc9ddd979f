// How a task's work ends: CompleteTask and FailTask, by its holder, or by anyone while nobody holds it; RejectTask.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { DependencyKind } from '../../gen/holdfast/v1/task';
import type { Dependency } from '../../gen/holdfast/v1/task';
import type {
  CompleteTaskRequest,
  CreateTaskRequest,
  FailTaskRequest,
  RejectTaskRequest,
} from '../../gen/holdfast/v1/task_service';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import type { Artifact, TaskError } from '../../gen/holdfast/v1/work';
import { checkArtifacts, putArtifacts } from './artifact';
import { checkPart } from '../batch-create-tasks';
import { createChecked } from '../create-task';
import type { Draft } from '../draft';
import { endHold } from './hold';
import { checkHolder } from './holder';
import { checkStruct } from '../json-struct';
import { FOLLOW_UPS_MAX } from '../limits';
import { taskNameOf } from '../names';
import { inPart } from '../placed';
import { Refs } from '../refs';
import { failAttempt } from './retry';
import { refuseLiveChildren } from '../task-access';
import type { FoundTask } from '../task-access';
import { checkTaskError } from '../task-content';
import { findForVerb, move } from '../task-verbs';
import { Violations } from '../violations';

/** CompleteTask. `stored` are the request's artifacts as they are kept: their bytes may have gone to files. Gives the indices of the task's change, of
 *  its follow-ups' and what names its TASK_WORK row. */
export function completeTask(
  draft: Draft,
  request: CompleteTaskRequest,
  stored: readonly Artifact[] = request.artifacts,
): number[] {
  const found = findForVerb(draft, 'completeTask', request, (violations) => {
    checkStruct(request.result, 'result', violations.report);
    checkArtifacts(request.artifacts, 'artifacts', violations.report);
    if (request.followUps.length > FOLLOW_UPS_MAX)
      violations.report('follow_ups', `has ${request.followUps.length} entries, at most ${FOLLOW_UPS_MAX} are allowed`);
  });
  checkToken(draft, found, request.fencingToken);
  refuseLiveChildren(draft, found, 'CompleteTask', 'they must end first');
  const { project, id } = found;
  const work = draft.works.work(project, id);
  // A holder that shows its token alone, without its session, is that session all the same.
  const session = draft.acting?.name ?? (request.fencingToken === 0 ? '' : (work.lease?.session ?? ''));
  endHold(draft, project, id, { outcome: AttemptOutcome.SUCCEEDED, byToken: request.fencingToken !== 0 });
  putArtifacts(draft, project, id, stored, session);
  const completed = move(draft, found, 'CompleteTask', request, { result: request.result, endTime: draft.now });
  const created = createFollowUps(draft, found, request.followUps);
  return [completed, ...created, draft.named(EntityKind.TASK_WORK, project, id)];
}

/** FailTask. Of a task that is held: it is tried again as its policy says. Gives the index of its change, and what names its TASK_WORK row. */
export function failTask(draft: Draft, request: FailTaskRequest): number[] {
  const found = findForVerb(draft, 'failTask', request, (violations) =>
    checkTaskError(request.error, violations.report),
  );
  const { project, id, task } = found;
  const work = checkToken(draft, found, request.fencingToken);
  const error = request.error && { ...request.error, _unknownFields: undefined };
  const named = draft.named(EntityKind.TASK_WORK, project, id);
  const held = work.lease !== undefined && !work.lease.lapsed;
  if (held) {
    const failure = {
      outcome: AttemptOutcome.FAILED,
      error: error ?? noError(request.reason),
      reason: request.reason,
      final: request.final,
      event: EventType.TASK_ATTEMPT_FAILED,
    };
    return [failAttempt(draft, found, failure), named];
  }
  const late = request.fencingToken !== 0;
  endHold(draft, project, id, { outcome: AttemptOutcome.FAILED });
  // The attempt of a late holder counts as failed already: what it says of it is kept, and the task waits on.
  if (late && !request.final) {
    const after = { ...task, error, stateReason: request.reason };
    return [draft.putTask(project, id, task, after, EventType.TASK_ATTEMPT_FAILED), named];
  }
  return [move(draft, found, 'FailTask', request, { error, endTime: draft.now }), named];
}

/** RejectTask: what a task made is turned down, and the attempt counts as failed. Gives the index of its change, and what names its TASK_WORK row. */
export function rejectTask(draft: Draft, request: RejectTaskRequest): number[] {
  const found = findForVerb(draft, 'rejectTask', request);
  const error: TaskError = {
    code: 'rejected',
    message: request.reason || 'what it made was turned down',
    details: undefined,
  };
  const failure = {
    outcome: AttemptOutcome.REJECTED,
    error,
    reason: request.reason,
    event: EventType.TASK_REJECTED,
  };
  return [failAttempt(draft, found, failure), draft.named(EntityKind.TASK_WORK, found.project, found.id)];
}

/** A task that is held is ended by its holder alone; one that is not, by anyone without a token, or by its late holder. Refuses with FENCED. */
function checkToken(draft: Draft, found: FoundTask, token: number) {
  const work = draft.works.work(found.project, found.id);
  const unheld = work.lease === undefined || work.lease.lapsed;
  if (!unheld || token !== 0) checkHolder(draft, found, work, token, true);
  return work;
}

function createFollowUps(draft: Draft, found: FoundTask, requests: readonly CreateTaskRequest[]): number[] {
  const { project } = found;
  const refs = new Refs(project, 'follow-up');
  const violations = new Violations();
  const checked = requests.map((request, i) =>
    checkPart(draft, withOrigin(request, found), `follow_ups[${i}]`, refs, violations),
  );
  violations.throwIfAny();
  return checked.map((request, i) => inPart(`follow_ups[${i}]`, () => createChecked(draft, project, request)));
}

/** A follow-up was found while working on the task, unless it says otherwise. */
function withOrigin(request: CreateTaskRequest, { project, id, task }: FoundTask): CreateTaskRequest {
  if (!request.task) return request;
  const { dependencies } = request.task;
  const isOrigin = ({ task: name }: Dependency) => {
    const named = taskNameOf(name);
    return (
      named?.project === project &&
      (named.id === id || (task.externalId !== '' && named.externalId === task.externalId))
    );
  };
  if (dependencies.some(isOrigin)) return request;
  const origin = { task: task.name, kind: DependencyKind.DISCOVERED_FROM };
  return { ...request, task: { ...request.task, dependencies: [...dependencies, origin] } };
}

function noError(reason: string): TaskError {
  return { code: 'failed', message: reason, details: undefined };
}
