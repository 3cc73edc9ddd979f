// What a bulk change asks for, and the command that it means for one task.

import type { BulkChangeTasksRequest, BulkUpdate } from '../gen/holdfast/v1/task_service';
import type { Task } from '../gen/holdfast/v1/task';
import type { Action } from './command';
import { checkBytes } from './field-checks';
import { REASON_BYTES_MAX } from './limits';
import { parseProject, taskNameOf } from './names';
import { parseFilter } from './query/filter';
import { quote } from './quote';
import { Refusal, fieldInvalid } from './refusal';
import { contentFields } from './task-content';
import { readMask } from './update-mask';
import { taskFields } from './update-task';
import { Violations } from './violations';

/** A change of BulkChangeTasksRequest. */
export type BulkChange = NonNullable<BulkChangeTasksRequest['change']>;

/** Fields that UpdateTask never changes: a mask that names one would be refused for every task. */
const FIXED: ReadonlySet<string> = new Set(['external_id', 'dependencies']);
const content = new Map(contentFields.map((field) => [field.path, field]));

/**
 * Refuses a malformed bulk change: FIELD_INVALID, FILTER_INVALID. What can be known without a task is checked here, once, and
 * not found out task by task.
 */
export function checkBulkChange({ parent, filter, change }: BulkChangeTasksRequest): void {
  const project = parseProject(parent, 'parent');
  const violations = new Violations();
  // An empty filter selects everything, which nobody means by leaving it out.
  if (filter.trim() === '') violations.report('filter', 'is required');
  if (!change) violations.report('change', `is required: one of ${CHANGES.join(', ')}`);
  else if (change.$case === 'update') checkUpdate(change.value, project, violations);
  else if (change.$case !== 'delete') {
    checkBytes(change.value.reason, REASON_BYTES_MAX, `${change.$case}.reason`, violations.report);
  }
  violations.throwIfAny();
  parseFilter(filter, 'filter');
}

/** The verb that a change means for one task, by the task's name. */
export function changeOf(change: BulkChange, name: string): Action {
  const head = { name, etag: '', requestId: '', validateOnly: false };
  switch (change.$case) {
    case 'cancel':
      return {
        kind: 'cancelTask',
        request: { ...head, reason: change.value.reason, cascade: false, grace: undefined },
      };
    case 'pause':
      return { kind: 'pauseTask', request: { ...head, reason: change.value.reason, grace: undefined } };
    case 'resume':
      return { kind: 'resumeTask', request: { ...head, reason: change.value.reason } };
    case 'retry':
      return { kind: 'retryTask', request: { ...head, reason: change.value.reason } };
    case 'complete':
      return { kind: 'completeTask', request: { ...head, ...UNHELD, reason: change.value.reason, result: undefined } };
    case 'delete':
      return { kind: 'deleteTask', request: head };
    case 'update': {
      const { task, updateMask } = change.value;
      return { kind: 'updateTask', request: { ...head, task: { ...task!, name }, updateMask } };
    }
  }
}

/** A completion of a task that nobody holds. */
const UNHELD = { fencingToken: 0, artifacts: [], followUps: [], claimNext: undefined };

const CHANGES = ['cancel', 'pause', 'resume', 'retry', 'complete', 'delete', 'update'];

function checkUpdate({ task, updateMask = [] }: BulkUpdate, project: string, violations: Violations): void {
  if (updateMask.length === 0) violations.report('update.update_mask', 'is required: name the fields to change');
  if (!task) violations.report('update.task', 'is required');
  if (!task || updateMask.length === 0) return;
  if (task.name !== '') violations.report('update.task.name', 'is left empty: the filter selects the tasks');
  const { list } = editsOf(task, updateMask);
  if (list.length === 0) violations.report('update.update_mask', 'names no field that can be changed');
  const paths = new Set(list.map(({ path }) => path));
  for (const path of paths) {
    if (FIXED.has(path) && !updateMask.includes('*')) {
      violations.report('update.update_mask', `${quote(path)} is not changed by updates`);
    }
    violations.prefix = 'update.task.';
    content.get(path)?.check(task, violations.report);
    if (path === 'parent' && task.parent !== '' && taskNameOf(task.parent)?.project !== project) {
      violations.report('parent', `${quote(task.parent)} is not the name of a task of projects/${project}`);
    }
    violations.prefix = '';
  }
}

/** The edits of a mask, whose own refusals name it as it stands in this request. */
function editsOf(task: Task, updateMask: readonly string[]): ReturnType<typeof readMask> {
  try {
    return readMask(taskFields, task, updateMask);
  } catch (error) {
    const [problem] = error instanceof Refusal ? (error.details.fields ?? []) : [];
    throw problem ? fieldInvalid('update.update_mask', problem.description) : error;
  }
}
