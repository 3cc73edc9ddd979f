import type { Task } from '../gen/holdfast/v1/task';
import type { UpdateTaskRequest } from '../gen/holdfast/v1/task_service';
import { same } from './changed-paths';
import type { Draft } from './draft';
import { endOffer } from './work/hold';
import { formatTask } from './names';
import type { TaskName } from './names';
import { fieldInvalid } from './refusal';
import { findLiveTask } from './task-access';
import type { FoundTask } from './task-access';
import { contentFields } from './task-content';
import { checkMove, findParent, parseParent } from './task-parent';
import { transition } from './task-state';
import { startTotalClock } from './work/total-clock';
import { readMask, withEntry } from './update-mask';
import type { Edit } from './update-mask';
import { Violations } from './violations';

const content = new Map(contentFields.map((field) => [field.path, field]));

/** The fields of a task as an update's mask may name them. */
export const taskFields = {
  settable: [
    ...contentFields,
    { path: 'parent', isSet: (task: Task) => task.parent !== '' },
    { path: 'external_id', isSet: (task: Task) => task.externalId !== '' },
    { path: 'dependencies', isSet: (task: Task) => task.dependencies.length > 0 },
  ],
  outputOnly: new Set([
    ...[
      'name',
      'uid',
      'etag',
      'revision',
      'state',
      'create_time',
      'update_time',
      'creator',
      'state_reason',
      'end_time',
    ],
    ...['result', 'error', 'delete_time', 'purge_time', 'paused_from', 'origin_session', 'successor'],
    ...['unresolved_dependencies', 'import_id', 'readiness', 'lease', 'progress', 'start_time', 'directive', 'inputs'],
    ...[
      'attempt_count',
      'latest_checkpoint',
      'attempts',
      'artifacts',
      'failure_count',
      'total_deadline',
      'offer_end_time',
    ],
  ]),
};

/** UpdateTask. Gives the index of the task's change: an update always makes a revision, so that its request id is kept. */
export function updateTask(draft: Draft, { task: given, updateMask, etag }: UpdateTaskRequest): number {
  if (!given) throw fieldInvalid('task', 'is required');
  const found = findLiveTask(draft, 'updateTask', given.name, etag, 'task.name');
  const { event } = transition('UpdateTask', found.task);
  const edits = readMask(taskFields, given, updateMask);
  const after = { ...found.task };
  const violations = new Violations();
  violations.prefix = 'task.';
  let parent: TaskName | undefined;
  for (const edit of edits.list) {
    if (edit.path === 'parent') parent = newParent(given, found, after, violations);
    else if (content.has(edit.path)) copy(edit, given, after);
    else checkFixed(edit.path, given, found.task, edits.all, violations);
  }
  for (const path of new Set(edits.list.map((edit) => edit.path))) content.get(path)?.check(after, violations.report);
  violations.throwIfAny();
  // Whoever says whose it is means it beyond the end of an offer.
  if (after.assignee !== found.task.assignee) endOffer(draft.works.work(found.project, found.id));
  if (!same(found.task.timeouts?.total, after.timeouts?.total)) startTotalClock(draft, found.project, found.id, after);
  if (parent) after.parent = move(draft, found, parent, given.parent);
  return draft.putTask(found.project, found.id, found.task, after, event);
}

function copy({ path, key }: Edit, given: Task, after: Task): void {
  if (key === undefined) content.get(path)!.copy(given, after);
  else if (path === 'labels') after.labels = withEntry(after.labels, key, given.labels);
  else after.annotations = withEntry(after.annotations, key, given.annotations);
}

/** What the new parent's name says; undefined if there is none, or no other than before. */
function newParent(given: Task, found: FoundTask, after: Task, violations: Violations): TaskName | undefined {
  if (given.parent === found.task.parent) return undefined;
  after.parent = '';
  return given.parent === '' ? undefined : parseParent(given.parent, found.project, violations.report);
}

/** Fields that are given on create, or never. A client that sends back what it read is not refused. */
function checkFixed(path: string, given: Task, before: Task, all: boolean, { report }: Violations): void {
  const isExternalId = path === 'external_id';
  const value = isExternalId ? given.externalId : given.dependencies;
  if (same(value, isExternalId ? before.externalId : before.dependencies) || (all && value.length === 0)) return;
  report(path, isExternalId ? 'is given on create and never changes' : 'are set by the service');
}

/** The name of the new parent. Refuses NOT_FOUND, DEPENDENCY_CYCLE and GRAPH_TOO_LARGE. */
function move(draft: Draft, { project, id, task }: FoundTask, parsed: TaskName, name: string): string {
  const parent = findParent(draft, parsed, name);
  const parentName = formatTask(project, parent);
  if (parentName !== task.parent) checkMove(draft, project, id, parent);
  return parentName;
}
