import type { BatchCreateTasksRequest, CreateTaskRequest } from '../gen/holdfast/v1/task_service';
import { checkNewTask, checkParentName, checkTaskId, putNewTask } from './create-task';
import type { Draft } from './draft';
import { BATCH_TASKS_MAX, REF_LENGTH_MAX } from './limits';
import type { TaskName } from './names';
import { formatProject, parseProject } from './names';
import { quote } from './quote';
import { Refusal, fieldInvalid } from './refusal';
import { enterProject } from './task-access';
import { findParent } from './task-parent';
import { Violations } from './violations';

const REF = /^[A-Za-z0-9._-]{1,64}$/;

/** Where a task of a batch gets its parent. */
type Parent = { readonly index: number } | { readonly parsed: TaskName } | undefined;

/** BatchCreateTasks: all or none. Gives the indices of the tasks' changes in the order of the requests. First the shape of
 *  all is checked, so that a caller learns of everything that is malformed at once; then they are created in order. */
export function batchCreateTasks(draft: Draft, { parent, requests }: BatchCreateTasksRequest): number[] {
  const project = parseProject(parent, 'parent');
  enterProject(draft, 'batchCreateTasks', project);
  if (requests.length === 0 || requests.length > BATCH_TASKS_MAX) {
    throw fieldInvalid('requests', `has ${requests.length} entries, 1 to ${BATCH_TASKS_MAX} are allowed`);
  }
  const parents = checkRequests(requests, project);
  const created: string[] = [];
  return requests.map(({ task, taskId }, i) => {
    try {
      const index = putNewTask(draft, project, taskId, task!, parentId(draft, parents[i], task!.parent, created));
      created.push(draft.idAt(index));
      return index;
    } catch (error) {
      throw error instanceof Refusal ? placed(error, i) : error;
    }
  });
}

function checkRequests(requests: readonly CreateTaskRequest[], project: string): Parent[] {
  const violations = new Violations();
  const refs = new Map<string, number>();
  const parents = requests.map((request, i): Parent => {
    violations.prefix = `requests[${i}].`;
    checkEnvelope(request, project, violations);
    checkTaskId(request.taskId, violations);
    const { task } = request;
    if (!task) violations.report('task', 'is required');
    else checkNewTask(task, project, 'task.', violations);
    const parent = task && checkParent(task.parent, project, refs, violations);
    checkRef(request.ref, i, refs, violations);
    return parent;
  });
  violations.throwIfAny();
  return parents;
}

function checkEnvelope(
  { parent, requestId, validateOnly }: CreateTaskRequest,
  project: string,
  { report }: Violations,
): void {
  if (parent !== '' && parent !== formatProject(project)) report('parent', 'is empty or the parent of the batch');
  if (requestId !== '') report('request_id', 'is set for the whole batch only');
  if (validateOnly) report('validate_only', 'is set for the whole batch only');
}

function checkRef(ref: string, index: number, refs: Map<string, number>, { report }: Violations): void {
  if (ref === '') return;
  if (!REF.test(ref)) report('ref', `${quote(ref)} is not 1 to ${REF_LENGTH_MAX} of A-Z, a-z, 0-9, ".", "_" and "-"`);
  else if (refs.has(ref)) report('ref', `${quote(ref)} is the ref of requests[${refs.get(ref)}] too`);
  else refs.set(ref, index);
}

function checkParent(name: string, project: string, refs: ReadonlyMap<string, number>, violations: Violations): Parent {
  const ref = refIn(name, project);
  if (ref === undefined) {
    const parsed = checkParentName(name, project, 'task.', violations);
    return parsed && { parsed };
  }
  const index = refs.get(ref);
  if (index === undefined) violations.report('task.parent', `${quote(ref)} is the ref of no earlier request`);
  return index === undefined ? undefined : { index };
}

/** REF of `tasks/$REF` or `projects/{project}/tasks/$REF`; undefined if it is neither. */
function refIn(name: string, project: string): string | undefined {
  const short = 'tasks/$';
  if (name.startsWith(short)) return name.slice(short.length);
  const long = `${formatProject(project)}/${short}`;
  return name.startsWith(long) ? name.slice(long.length) : undefined;
}

function parentId(draft: Draft, parent: Parent, name: string, created: readonly string[]): string {
  if (parent === undefined) return '';
  return 'index' in parent ? created[parent.index]! : findParent(draft, parent.parsed, name);
}

/** The same refusal, saying which request it is about. */
function placed({ reason, message, details }: Refusal, index: number): Refusal {
  return new Refusal(reason, `requests[${index}]: ${message}`, details);
}
