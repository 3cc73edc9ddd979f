import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { Task } from '../gen/holdfast/v1/task';
import { Priority, TaskState } from '../gen/holdfast/v1/task';
import type { CreateTaskRequest } from '../gen/holdfast/v1/task_service';
import { addEdges, checkEdges, resolveAwaiting } from './dependency';
import type { Draft } from './draft';
import { chosenTaskIdProblem, formatTask, isExternalId, isGivenTaskId, parseProject, parseTask } from './names';
import { Refusal, fieldInvalid } from './refusal';
import { enterProject } from './task-access';
import { contentFields } from './task-content';
import { findParent, parseParent, placeBelow } from './task-parent';
import { startTotalClock } from './work/total-clock';
import { Violations } from './violations';

/** CreateTask. Gives the index of the task's change. */
export function createTask(draft: Draft, request: CreateTaskRequest): number {
  const project = parseProject(request.parent, 'parent');
  enterProject(draft, 'createTask', project);
  const { task, taskId } = request;
  if (!task) throw fieldInvalid('task', 'is required');
  const violations = new Violations();
  if (request.ref !== '') violations.report('ref', 'is for batches only');
  checkTaskId(taskId, violations);
  checkNewTask(task, project, 'task.', violations);
  violations.throwIfAny();
  return createChecked(draft, project, request);
}

/** Creates a task whose fields, parent and edges are of a checked form. Gives the index of its change. */
export function createChecked(draft: Draft, project: string, request: CreateTaskRequest): number {
  const { taskId, allowUnresolved } = request;
  const task = request.task!;
  const parent = task.parent === '' ? '' : findParent(draft, parseTask(task.parent, 'task.parent'), task.parent);
  const index = putNewTask(draft, project, taskId, task, parent);
  addEdges(draft, project, draft.idAt(index), task.dependencies, { allowUnresolved, relateCycles: false });
  return index;
}

export function checkTaskId(taskId: string, violations: Violations): void {
  const problem = taskId === '' ? undefined : chosenTaskIdProblem(taskId);
  if (problem) violations.report('task_id', problem);
}

/** Reports what is wrong with the fields of a new task: their form alone. */
export function checkNewTask(task: Task, project: string, prefix: string, violations: Violations): void {
  const outer = violations.prefix;
  violations.prefix = outer + prefix;
  for (const field of contentFields) field.check(task, violations.report);
  if (task.externalId !== '' && !isExternalId(task.externalId)) {
    violations.report('external_id', 'is 1 to 256 printable characters');
  }
  checkEdges(task.dependencies, project, violations.report);
  if (task.parent !== '') parseParent(task.parent, project, violations.report);
  violations.prefix = outer;
}

/** Puts a new task with checked content below the parent with this id (empty: none), without edges of its own; those that await it
 *  are resolved. Gives the index of its change. */
function putNewTask(draft: Draft, project: string, taskId: string, content: Task, parent: string): number {
  const { externalId } = content;
  if (externalId !== '') refuseTakenExternalId(draft, project, externalId);
  const task = newTask(draft, project, takeTaskId(draft, project, taskId));
  for (const field of contentFields) field.copy(content, task.task);
  task.task.externalId = externalId;
  if (parent !== '') {
    placeBelow(draft, project, task.id, parent);
    task.task.parent = formatTask(project, parent);
  }
  const index = draft.putTask(project, task.id, undefined, task.task, EventType.TASK_CREATED);
  startTotalClock(draft, project, task.id, task.task);
  resolveAwaiting(draft, project, task.id, externalId);
  return index;
}

/** The id that was chosen, if it is free, or the next that the service gives. Refuses with ALREADY_EXISTS. */
export function takeTaskId(draft: Draft, project: string, chosen: string): string {
  if (chosen === '') return draft.giveTaskId(project);
  // A batch has its ids given before: nobody else can have one of this form, nor can anything be known about it.
  if (isGivenTaskId(chosen)) return chosen;
  const image = draft.image(EntityKind.TASK, project, chosen);
  if (image) throw alreadyExists(formatTask(project, chosen), 'exists');
  if (draft.graphs.graph(project, chosen).goneSuccessor !== '') {
    throw alreadyExists(formatTask(project, chosen), 'was purged, but stands for its successor');
  }
  return chosen;
}

/** A pending task with everything but its content. */
export function newTask(draft: Draft, project: string, id: string): { readonly id: string; readonly task: Task } {
  const task: Task = {
    name: formatTask(project, id),
    uid: draft.context.uid(),
    etag: '',
    revision: 0,
    state: TaskState.PENDING,
    title: '',
    description: '',
    priority: Priority.P2,
    createTime: draft.now,
    updateTime: draft.now,
    queue: '',
    parent: '',
    labels: NO_ENTRIES,
    assignee: '',
    creator: draft.caller.principal,
    annotations: NO_ENTRIES,
    externalId: '',
    acceptanceCriteria: [],
    kind: '',
    payload: undefined,
    dependencies: [],
    notBefore: undefined,
    dueTime: undefined,
    requiredCapabilities: [],
    stateReason: '',
    endTime: undefined,
    result: undefined,
    error: undefined,
    deleteTime: undefined,
    purgeTime: undefined,
    pausedFrom: TaskState.UNSPECIFIED,
    originSession: draft.caller.session,
    successor: '',
    unresolvedDependencies: [],
    importId: '',
    readiness: undefined,
    lease: undefined,
    progress: undefined,
    retryPolicy: undefined,
    timeouts: undefined,
    startTime: undefined,
    directive: undefined,
    inputs: [],
    attemptCount: 0,
    latestCheckpoint: '',
    attempts: [],
    artifacts: [],
    failureCount: 0,
    totalDeadline: undefined,
    offerEndTime: undefined,
  };
  return { id, task };
}

const NO_ENTRIES = new Map<string, string>();

function refuseTakenExternalId(draft: Draft, project: string, externalId: string): void {
  const taken = draft.taskIdByExternalId(project, externalId);
  if (taken !== undefined) throw alreadyExists(formatTask(project, taken), 'has this external id');
}

function alreadyExists(name: string, why: string): Refusal {
  return new Refusal('ALREADY_EXISTS', `${name} ${why} already`, {
    metadata: { name },
    resource: { type: 'task', name },
  });
}
