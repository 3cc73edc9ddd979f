import { TaskState } from '../gen/holdfast/v1/task';
import type { CancelTaskRequest } from '../gen/holdfast/v1/task_service';
import { isLive } from './derive';
import type { Draft } from './draft';
import { CASCADE_TASKS_MAX } from './limits';
import { formatTask, taskNameOf } from './names';
import { Refusal } from './refusal';
import type { FoundTask } from './task-access';
import { refuseLiveChildren } from './task-access';
import { parentOf } from './task-parent';
import { findForVerb, move } from './task-verbs';

/** The live descendants that the command carries are not all that there are: whoever listed them lists again. */
export class CascadeChanged extends Error {
  override readonly name = 'CascadeChanged';

  constructor(readonly task: string) {
    super(`${task} has live children that the listing did not see`);
  }
}

/**
 * CancelTask. Without `cascade` live children refuse it with HAS_CHILDREN: a canceled parent would orphan them. With it,
 * each of `descendants` that is live and below the task is canceled too. The listing may be old; what counts is that no
 * canceled task has a live child at the end, else CascadeChanged. More than 1000 in all: GRAPH_TOO_LARGE.
 *
 * Gives the indices of the changes: the task, then its descendants in the order in which they were listed.
 */
export function cancelTask(draft: Draft, request: CancelTaskRequest, descendants: readonly string[] = []): number[] {
  const root = findForVerb(draft, 'cancelTask', request);
  if (!request.cascade)
    refuseLiveChildren(draft, root, 'CancelTask', 'end them first, or set cascade to cancel them too');
  const canceled = request.cascade ? [root, ...liveDescendants(draft, root, descendants)] : [root];
  if (canceled.length > CASCADE_TASKS_MAX) throw tooLarge(root);
  const fields = { pausedFrom: TaskState.UNSPECIFIED, endTime: draft.now };
  const indices = canceled.map((found) => move(draft, found, 'CancelTask', request, fields));
  for (const { project, id } of canceled) {
    if (draft.liveChildren(project, id) > 0) throw new CascadeChanged(formatTask(project, id));
  }
  return indices;
}

function liveDescendants(draft: Draft, root: FoundTask, names: readonly string[]): FoundTask[] {
  const { project } = root;
  const below = new Set([root.id]);
  const found: FoundTask[] = [];
  for (const name of new Set(names)) {
    const id = taskNameOf(name)?.id;
    if (id === undefined || id === root.id || !name.startsWith(formatTask(project, ''))) continue;
    const task = draft.task(project, id);
    if (!task || task.deleteTime || !isLive(task.state) || !isBelow(draft, project, id, below)) continue;
    found.push({ project, id, task });
  }
  return found;
}

/** Whether a chain of parents leads into `below`; if so, the chain joins it. */
function isBelow(draft: Draft, project: string, start: string, below: Set<string>): boolean {
  const chain = new Set<string>();
  let id = start;
  while (id !== '' && !below.has(id)) {
    if (chain.has(id)) return false;
    chain.add(id);
    if (chain.size > CASCADE_TASKS_MAX) return false;
    id = parentOf(draft, project, id);
  }
  if (id === '') return false;
  for (const member of chain) below.add(member);
  return true;
}

function tooLarge({ task }: FoundTask): Refusal {
  const message = `${task.name} has more live descendants than one command may cancel (${CASCADE_TASKS_MAX} with itself)`;
  return new Refusal('GRAPH_TOO_LARGE', `${message}: cancel its children one by one first`, {
    metadata: { limit: String(CASCADE_TASKS_MAX) },
    resource: { type: 'task', name: task.name },
  });
}
