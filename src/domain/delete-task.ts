import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import type { DeleteTaskRequest, UndeleteTaskRequest } from '../gen/holdfast/v1/task_service';
import { TaskState } from '../gen/holdfast/v1/task';
import { AttemptOutcome } from '../gen/holdfast/v1/work';
import { unlinkAll } from './dependency';
import type { Draft } from './draft';
import { endHold } from './work/hold';
import { indexedOf } from './indexed';
import { PURGE_DELAY_MS } from './limits';
import { parseTask } from './names';
import { removeNotes } from './note';
import { removeWork } from './work/work-removal';
import { authorize } from './permission';
import { notFound } from './refusal';
import { findLiveTask, findTask, refuseLiveChildren, taskIdOf } from './task-access';
import { findParent } from './task-parent';
import { illegalTransition, legalVerbs, stateName, transition } from './task-state';
import { millisecondsOf, timestampOf } from './timestamp';

/** DeleteTask: it can be undeleted for 30 days. Gives the index of the task's change. */
export function deleteTask(draft: Draft, { name, etag }: DeleteTaskRequest): number {
  const found = findLiveTask(draft, 'deleteTask', name, etag);
  const { event } = transition('DeleteTask', found.task);
  refuseLiveChildren(draft, found, 'DeleteTask', 'end them or move them to another parent first');
  const purgeTime = timestampOf(draft.context.nowMs + PURGE_DELAY_MS);
  const held = found.task.state === TaskState.RUNNING;
  endHold(draft, found.project, found.id, { outcome: AttemptOutcome.CANCELED });
  // Nobody holds a deleted task: brought back, it waits like any other.
  const state = held ? TaskState.PENDING : found.task.state;
  const after = { ...found.task, state, deleteTime: draft.now, purgeTime };
  return draft.putTask(found.project, found.id, found.task, after, event);
}

/** UndeleteTask. Refuses with NOT_FOUND while the task's parent is deleted or gone. */
export function undeleteTask(draft: Draft, { name, etag }: UndeleteTaskRequest): number {
  const { project, id, task } = findTask(draft, 'undeleteTask', name, etag);
  if (!task.deleteTime) {
    const legal = legalVerbs(task.state);
    throw illegalTransition(task.name, stateName(task.state), 'UndeleteTask', legal, `${task.name} is not deleted`);
  }
  if (task.parent !== '') findParent(draft, parseTask(task.parent, 'parent'), task.parent);
  const after = { ...task, deleteTime: undefined, purgeTime: undefined };
  // Its clocks run again: of a deleted task no time was due.
  draft.works.work(project, id);
  return draft.putTask(project, id, task, after, EventType.TASK_UNDELETED);
}

/** Removes a task for good: a deleted one whose purge time has come, or any of a project whose purge time has come. Its
 *  external id is free again. For the server's own use. */
export function purgeTask(draft: Draft, { name }: { readonly name: string }): number {
  const parsed = parseTask(name, 'name');
  const { project } = parsed;
  authorize(draft.caller, 'purgeTask', project);
  const id = taskIdOf(draft, parsed);
  const task = id === undefined ? undefined : draft.task(project, id);
  if (id === undefined || !task) throw notFound('task', name);
  const { nowMs } = draft.context;
  const due = task.deleteTime !== undefined && millisecondsOf(task.purgeTime) <= nowMs;
  if (!due && !isProjectDue(draft, project)) {
    const state = stateName(task.state);
    throw illegalTransition(
      task.name,
      state,
      'PurgeTask',
      legalVerbs(task.state),
      `the purge of ${task.name} is not due`,
    );
  }
  removeNotes(draft, project, id);
  removeWork(draft, project, id);
  unlinkAll(draft, project, id, task);
  return draft.removeTask(project, id, task);
}

/** Whether the purge time of a deleted project has come. */
export function isProjectDue(draft: Draft, project: string): boolean {
  const image = draft.image(EntityKind.PROJECT, project, '');
  if (!image) return false;
  const { deleted, dueMs } = indexedOf(image, EntityKind.PROJECT);
  return deleted && dueMs <= draft.context.nowMs;
}
