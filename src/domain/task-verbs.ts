// The verbs that move one task from state to state. Each gives the index of the task's change.

import { EventType } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind, TaskState } from '../gen/holdfast/v1/task';
import type { Task } from '../gen/holdfast/v1/task';
import { DirectiveKind } from '../gen/holdfast/v1/work';
import type {
  PauseTaskRequest,
  ReopenTaskRequest,
  ResumeTaskRequest,
  RetryTaskRequest,
} from '../gen/holdfast/v1/task_service';
import { newTask, takeTaskId } from './create-task';
import { addEdges } from './dependency';
import { checkGrace, setAside } from './work/directive';
import type { Draft } from './draft';
import { checkBytes } from './field-checks';
import { REASON_BYTES_MAX } from './limits';
import { chosenTaskIdProblem, taskIdIn } from './names';
import { findLiveTask } from './task-access';
import type { FoundTask } from './task-access';
import { contentFields } from './task-content';
import { hasParent, placeBelow } from './task-parent';
import { illegalTransition, stateName, transition } from './task-state';
import type { TaskVerb, Transition } from './task-state';
import { startTotalClock } from './work/total-clock';
import { rpcName } from './verb';
import { Violations } from './violations';

const NO_EXCEPTIONS = { allowUnresolved: false, relateCycles: false };

type Moves =
  | 'completeTask'
  | 'failTask'
  | 'rejectTask'
  | 'pauseTask'
  | 'resumeTask'
  | 'retryTask'
  | 'reopenTask'
  | 'cancelTask'
  | 'provideInput';

/** What the requests of all these verbs have. */
interface VerbRequest {
  readonly name: string;
  readonly etag: string;
  readonly reason: string;
}

/** PauseTask. The holder of a task that is held gets a directive first. Gives the index of the task's change, and what names its TASK_WORK row. */
export function pauseTask(draft: Draft, request: PauseTaskRequest): number[] {
  const found = findForVerb(draft, 'pauseTask', request, checkGrace(request.grace));
  return setAside(draft, found, request, { kind: DirectiveKind.PAUSE, grace: request.grace });
}

export function resumeTask(draft: Draft, request: ResumeTaskRequest): number {
  const found = findForVerb(draft, 'resumeTask', request);
  refuseDuringImport(found.task);
  const state = found.task.pausedFrom || TaskState.PENDING;
  return move(draft, found, 'ResumeTask', request, { state, pausedFrom: TaskState.UNSPECIFIED });
}

/** RetryTask: fresh attempts, and a fresh total timeout. */
export function retryTask(draft: Draft, request: RetryTaskRequest): number {
  const found = findForVerb(draft, 'retryTask', request);
  const { project, id, task } = found;
  const work = draft.works.work(project, id);
  work.failures = 0;
  startTotalClock(draft, project, id, { ...task, state: TaskState.PENDING });
  return move(draft, found, 'RetryTask', request, { error: undefined, endTime: undefined, startTime: undefined });
}

/** ReopenTask: a successor with the same content, whose criteria are open again and which has no external id (the old task
 *  keeps it). A parent that is gone is not taken over. Gives the indices of the successor's change. */
export function reopenTask(draft: Draft, request: ReopenTaskRequest): number {
  const { taskId } = request;
  const found = findForVerb(draft, 'reopenTask', request, ({ report }) => {
    const problem = taskId === '' ? undefined : chosenTaskIdProblem(taskId);
    if (problem) report('task_id', problem);
  });
  const { project, task: old } = found;
  const { offerEndMs, offerPreviousAssignee } = draft.works.work(project, found.id);
  refuseSecondSuccessor(draft, found);
  const { id, task } = newTask(draft, project, takeTaskId(draft, project, taskId));
  for (const field of contentFields) field.copy(old, task);
  task.acceptanceCriteria = old.acceptanceCriteria.map((criterion) => ({ ...criterion, met: false, evidence: '' }));
  // An offer is of the task that was offered, not of its successor.
  if (offerEndMs > 0) task.assignee = offerPreviousAssignee;
  task.stateReason = request.reason;
  if (hasParent(draft, old.parent)) {
    placeBelow(draft, project, id, taskIdIn(old.parent));
    task.parent = old.parent;
  }
  const created = draft.putTask(project, id, undefined, task, EventType.TASK_CREATED);
  startTotalClock(draft, project, id, task);
  addEdges(draft, project, id, [{ task: old.name, kind: DependencyKind.SUPERSEDES }], NO_EXCEPTIONS);
  // Whoever waited for the old task waits for its successor from now on.
  draft.graphs.moveDependents(project, found.id, id, old.state, task.state);
  draft.putTask(project, found.id, old, { ...old, successor: task.name }, EventType.TASK_REOPENED);
  return created;
}

/** The task that a verb is about, in a state in which the verb is legal. Order: shape, existence, etag, state. */
export function findForVerb(
  draft: Draft,
  kind: Moves,
  { name, etag, reason }: VerbRequest,
  check?: (violations: Violations) => void,
): FoundTask {
  const violations = new Violations();
  checkBytes(reason, REASON_BYTES_MAX, 'reason', violations.report);
  check?.(violations);
  violations.throwIfAny();
  const found = findLiveTask(draft, kind, name, etag);
  transition(rpcName(kind) as TaskVerb, found.task);
  return found;
}

/** Puts the task in the verb's next state, with the reason given. */
export function move(
  draft: Draft,
  { project, id, task }: FoundTask,
  verb: TaskVerb,
  { reason }: Pick<VerbRequest, 'reason'>,
  fields: Partial<Task>,
): number {
  const { to, event }: Transition = transition(verb, task);
  // A task that is given up during its import is not released at the end of it.
  const after: Task = { ...task, state: to ?? task.state, stateReason: reason, importId: '', ...fields };
  return draft.putTask(project, id, task, after, event);
}

function refuseDuringImport({ name, importId, state }: Task): void {
  if (importId === '') return;
  const why = `${name} is part of the import ${importId}, which is not finished: sending the import again finishes it`;
  throw illegalTransition(name, stateName(state), 'ResumeTask', ['CancelTask', 'DeleteTask'], why);
}

function refuseSecondSuccessor(draft: Draft, { project, task }: FoundTask): void {
  if (task.successor === '' || !draft.task(project, taskIdIn(task.successor))) return;
  const why = `${task.name} was reopened already: ${task.successor} is its successor`;
  throw illegalTransition(task.name, stateName(task.state), 'ReopenTask', ['DeleteTask'], why);
}
