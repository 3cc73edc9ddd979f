import type { CancelTaskRequest } from '../gen/holdfast/v1/task_service';
import { DirectiveKind } from '../gen/holdfast/v1/work';
import { isLive } from './derive';
import { checkGrace, setAside } from './work/directive';
import type { Draft } from './draft';
import { isHeldTask } from './work/holder';
import { CASCADE_TASKS_MAX } from './limits';
import { formatTask, taskIdIn, taskNameOf } from './names';
import { Refusal } from './refusal';
import type { FoundTask } from './task-access';
import { refuseLiveChildren } from './task-access';
import { findForVerb } from './task-verbs';

/** The live descendants that the command carries are not all that there are: whoever listed them lists again. */
export class CascadeChanged extends Error {
  override readonly name = 'CascadeChanged';

  constructor(readonly task: string) {
    super(`${task} has live children that the listing did not see`);
  }
}

/**
 * CancelTask. Without `cascade` live children refuse it with HAS_CHILDREN: a canceled parent would orphan them. With it,
 * the live tasks below it are canceled too, as far as live tasks lead: `descendants` names them as a listing saw them. The
 * listing may be old; what counts is that no canceled task has a live child at the end, else CascadeChanged. More than 1000
 * in all are refused with GRAPH_TOO_LARGE.
 *
 * Gives the indices of the changes: the task, then its descendants in the order in which they were listed.
 */
export function cancelTask(draft: Draft, request: CancelTaskRequest, descendants: readonly string[] = []): number[] {
  const root = findForVerb(draft, 'cancelTask', request, checkGrace(request.grace));
  if (!request.cascade)
    refuseLiveChildren(draft, root, 'CancelTask', 'end them first, or set cascade to cancel them too');
  const canceled = request.cascade ? [root, ...liveDescendants(draft, root, descendants)] : [root];
  if (canceled.length > CASCADE_TASKS_MAX) throw tooLarge(root);
  const wanted = { kind: DirectiveKind.CANCEL, grace: request.grace };
  const indices = canceled.flatMap((found) => setAside(draft, found, request, wanted));
  const directed = heldByParent(draft, canceled);
  for (const { project, id } of canceled) {
    // Those whose holders were only told are live until they obey, or the deadline comes.
    if (draft.liveChildren(project, id) > (directed.get(id) ?? 0)) throw new CascadeChanged(formatTask(project, id));
  }
  return indices;
}

/** How many of these tasks somebody still holds, by their parents. */
function heldByParent(draft: Draft, tasks: readonly FoundTask[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const found of tasks) {
    if (!isHeldTask(draft, found)) continue;
    const parent = taskIdIn(found.task.parent);
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
}

/** Those of the named tasks that are live and below the root by live tasks alone, in the order of the names. */
function liveDescendants(draft: Draft, root: FoundTask, names: readonly string[]): FoundTask[] {
  const { project } = root;
  const listed = new Map<string, FoundTask>();
  for (const name of names) {
    const parsed = taskNameOf(name);
    const id = parsed?.project === project ? parsed.id : undefined;
    const task = id === undefined || id === root.id ? undefined : draft.task(project, id);
    if (id !== undefined && task && !task.deleteTime && isLive(task.state)) listed.set(id, { project, id, task });
  }
  const below = new Set([root.id]);
  return [...listed.values()].filter(({ id }) => isBelow(id, listed, below));
}

/** Whether a chain of listed parents leads into `below`; if so, the chain joins it. */
function isBelow(start: string, listed: ReadonlyMap<string, FoundTask>, below: Set<string>): boolean {
  const chain: string[] = [];
  let id = start;
  while (!below.has(id)) {
    const found = listed.get(id);
    // Parents have no cycles; should damage make one, a walk that never ends would stop the server.
    if (!found?.task.parent || chain.length > listed.size) return false;
    chain.push(id);
    id = taskIdIn(found.task.parent);
  }
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
