// Which tasks may be parents. Walks go upward only, by point reads that look at a few fields of each row.

import { EntityKind } from '../gen/holdfast/journal/v1/journal';
import { cycleRefusal, waitingPath } from './cycle';
import type { Draft } from './draft';
import { indexedOf } from './indexed';
import { PARENT_DEPTH_MAX } from './limits';
import type { TaskName } from './names';
import { formatTask, isGivenTaskId, taskNameOf } from './names';
import { quote } from './quote';
import { Refusal, notFound } from './refusal';
import { taskIdOf } from './task-access';
import type { Report } from './violations';

/** What a parent's name says, reported under `parent` if it is malformed or of another project. */
export function parseParent(name: string, project: string, report: Report): TaskName | undefined {
  const parsed = taskNameOf(name);
  if (parsed?.project === project) return parsed;
  const why = parsed ? 'is of another project' : 'is not the name of a task';
  report('parent', `${quote(name)} ${why}: ${formatTask(project, '{task}')}`);
  return undefined;
}

/** The id of a parent that exists and is not deleted. Refuses with NOT_FOUND. */
export function findParent(draft: Draft, parsed: TaskName, name: string): string {
  const id = taskIdOf(draft, parsed);
  const image = id === undefined ? undefined : draft.image(EntityKind.TASK, parsed.project, id);
  if (id === undefined || !image) throw notFound('task', name, 'does not exist and cannot be a parent');
  if (!indexedOf(image).deleted) return id;
  throw notFound(
    'task',
    formatTask(parsed.project, id),
    'is deleted and cannot be a parent; UndeleteTask brings it back',
  );
}

/** Whether the parent that a task names is there and not deleted. */
export function hasParent(draft: Draft, name: string): boolean {
  const parsed = taskNameOf(name);
  const image = parsed?.id === undefined ? undefined : draft.image(EntityKind.TASK, parsed.project, parsed.id);
  return image !== undefined && !indexedOf(image).deleted;
}

/** Refuses to create `child` below `parent` if that is deeper than 64 levels, with GRAPH_TOO_LARGE. */
export function placeBelow(draft: Draft, project: string, child: string, parent: string): void {
  if (!isGivenTaskId(child)) {
    // A purged task may have left children that still name it. One of them as its own parent would close a cycle.
    checkChain(draft, project, child, parent);
    return;
  }
  const depth = depthOf(draft, project, parent, 1) + 1;
  if (depth > PARENT_DEPTH_MAX) throw tooDeep(formatTask(project, child));
  draft.depths.set(`${project}/${child}`, depth);
}

/** Refuses to make `parent` the parent of `child` with DEPENDENCY_CYCLE if it is below it or if `child` waits for it, and with
 *  GRAPH_TOO_LARGE if that is deeper than 64 levels. */
export function checkMove(draft: Draft, project: string, child: string, parent: string): void {
  checkChain(draft, project, child, parent);
  const path = waitingPath(draft, project, parent, child);
  if (!path) return;
  const why = `${formatTask(project, child)} cannot become a part of ${formatTask(project, parent)}, for which it waits`;
  throw cycleRefusal(project, [...path, child], why);
}

function checkChain(draft: Draft, project: string, child: string, parent: string): void {
  const path = [child];
  for (let id = parent; id !== ''; id = parentOf(draft, project, id)) {
    path.push(id);
    if (id === child)
      throw cycleRefusal(project, path, `${formatTask(project, child)} cannot become a part of its own part`);
    if (path.length > PARENT_DEPTH_MAX) throw tooDeep(formatTask(project, child));
  }
}

/** The id of the parent of a task; empty for none, or if the task is gone. */
export function parentOf(draft: Draft, project: string, id: string): string {
  const image = draft.image(EntityKind.TASK, project, id);
  return image ? indexedOf(image).parent : '';
}

/** Levels from the top down to a task: 1 without a parent. Gives up above 64: the caller refuses. */
function depthOf(draft: Draft, project: string, id: string, below: number): number {
  if (below > PARENT_DEPTH_MAX) return 1;
  const key = `${project}/${id}`;
  const known = draft.depths.get(key);
  if (known !== undefined) return known;
  const parent = parentOf(draft, project, id);
  const depth = parent === '' ? 1 : depthOf(draft, project, parent, below + 1) + 1;
  // A walk that gave up is remembered wrong, but its command is refused whole.
  draft.depths.set(key, depth);
  return depth;
}

function tooDeep(name: string): Refusal {
  return new Refusal('GRAPH_TOO_LARGE', `${name} would be deeper than ${PARENT_DEPTH_MAX} levels of parents`, {
    metadata: { limit: String(PARENT_DEPTH_MAX) },
  });
}
