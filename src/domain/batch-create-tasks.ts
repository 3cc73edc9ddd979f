import type { BatchCreateTasksRequest, CreateTaskRequest } from '../gen/holdfast/v1/task_service';
import { checkNewTask, checkTaskId, createChecked } from './create-task';
import type { Draft } from './draft';
import { BATCH_TASKS_MAX } from './limits';
import { parseProject } from './names';
import { inPart } from './placed';
import { Refs } from './refs';
import { fieldInvalid } from './refusal';
import { enterProject } from './task-access';
import { Violations } from './violations';

/** BatchCreateTasks: all or none. Gives the indices of the tasks' changes in the order of the requests. First the shape of
 *  all is checked, so that a caller learns of everything that is malformed at once; then they are created in order. */
export function batchCreateTasks(draft: Draft, { parent, requests }: BatchCreateTasksRequest): number[] {
  const project = parseProject(parent, 'parent');
  enterProject(draft, 'batchCreateTasks', project);
  if (requests.length === 0 || requests.length > BATCH_TASKS_MAX) {
    throw fieldInvalid('requests', `has ${requests.length} entries, 1 to ${BATCH_TASKS_MAX} are allowed`);
  }
  const refs = new Refs(project, 'request');
  const violations = new Violations();
  const checked = requests.map((request, i) => checkPart(draft, request, `requests[${i}]`, refs, violations));
  violations.throwIfAny();
  return checked.map((request, i) => inPart(`requests[${i}]`, () => createChecked(draft, project, request)));
}

/** A creation that is part of a larger call as if it stood alone. Ids are given here, so that a ref is a name like any other from then on. */
export function checkPart(
  draft: Draft,
  request: CreateTaskRequest,
  part: string,
  refs: Refs,
  violations: Violations,
): CreateTaskRequest {
  const { report } = violations;
  violations.prefix = `${part}.`;
  if (request.requestId !== '') report('request_id', 'is set for the whole batch only');
  if (request.validateOnly) report('validate_only', 'is set for the whole batch only');
  checkTaskId(request.taskId, violations);
  const alone = refs.standAlone(request, report);
  if (!alone.task) report('task', 'is required');
  else checkNewTask(alone.task, refs.project, 'task.', violations);
  const taskId = request.taskId === '' ? draft.giveTaskId(refs.project) : request.taskId;
  refs.add(request.ref, taskId, part, report);
  return { ...alone, taskId };
}
