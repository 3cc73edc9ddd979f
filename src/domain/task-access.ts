// How a decision comes to the project and the task that it is about.

import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import type { Task } from '../gen/holdfast/v1/task';
import type { Action } from './command';
import type { Draft } from './draft';
import { indexedOf } from './indexed';
import type { TaskName } from './names';
import { formatProject, formatTask, parseTask } from './names';
import { authorize } from './permission';
import { quote } from './quote';
import { Refusal, notFound } from './refusal';

/** A task and where its row is. */
export interface FoundTask {
  readonly project: string;
  readonly id: string;
  readonly task: Task;
}

/** Asks for permission, and that the project exists and is not deleted. */
export function enterProject(draft: Draft, kind: Action['kind'], project: string): void {
  authorize(draft.caller, kind, project);
  const image = draft.image(EntityKind.PROJECT, project, '');
  const name = formatProject(project);
  if (!image) throw notFound('project', name);
  if (indexedOf(image, EntityKind.PROJECT).deleted) {
    throw notFound('project', name, 'is deleted; UndeleteProject brings it back');
  }
}

/** The task of this name, deleted or not, in a project that is not deleted. Refuses with NOT_FOUND, and with ETAG_MISMATCH
 *  unless `etag` is empty or the task's. */
export function findTask(draft: Draft, kind: Action['kind'], name: string, etag: string): FoundTask {
  const found = lookUp(draft, kind, name, 'name');
  checkEtag(found.task.name, found.task.etag, etag);
  return found;
}

/** As `findTask`, but refuses a deleted task with NOT_FOUND too. `field` is the name's path in the request. */
export function findLiveTask(
  draft: Draft,
  kind: Action['kind'],
  name: string,
  etag: string,
  field = 'name',
): FoundTask {
  const found = lookUp(draft, kind, name, field);
  const { task } = found;
  if (task.deleteTime) throw notFound('task', task.name, 'is deleted; UndeleteTask brings it back');
  checkEtag(task.name, task.etag, etag);
  return found;
}

function lookUp(draft: Draft, kind: Action['kind'], name: string, field: string): FoundTask {
  const parsed = parseTask(name, field);
  const { project } = parsed;
  enterProject(draft, kind, project);
  const id = taskIdOf(draft, parsed);
  const task = id === undefined ? undefined : draft.task(project, id);
  if (id === undefined || !task) throw notFound('task', name);
  return { project, id, task };
}

/** The id of the task that a parsed name names; undefined if its external id is unknown. */
export function taskIdOf(draft: Draft, { project, id, externalId }: TaskName): string | undefined {
  return id ?? draft.taskIdByExternalId(project, externalId);
}

/** Refuses with ETAG_MISMATCH unless `given` is empty or the present etag. */
export function checkEtag(name: string, present: string, given: string): void {
  if (given === '' || given === present) return;
  throw new Refusal(
    'ETAG_MISMATCH',
    `${name} has etag ${present}, not ${quote(given)}: read it again and decide anew`,
    {
      metadata: { name, etag: present },
    },
  );
}

/** Refuses with HAS_CHILDREN while live children hold the task back. `advice` says what to do. */
export function refuseLiveChildren(draft: Draft, { project, id }: FoundTask, verb: string, advice: string): void {
  const count = draft.liveChildren(project, id);
  if (count === 0) return;
  const name = formatTask(project, id);
  const children = count === 1 ? '1 live child' : `${count} live children`;
  throw new Refusal('HAS_CHILDREN', `${name} has ${children}: ${verb} is refused; ${advice}`, {
    metadata: { name, live_children: String(count) },
    resource: { type: 'task', name },
  });
}
