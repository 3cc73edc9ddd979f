// What a session has not finished: what it holds, and what it left and nobody has taken up since.

import { EntityKind, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import { isLive } from '../derive';
import { indexedOf } from '../indexed';
import type { Look } from '../standing';
import { isHeldWork } from '../work/work-rows';

/** How a task stands that a session holds or has left. */
export type Standpoint =
  /** The session holds it. */
  | 'held'
  /** It is live, and nobody holds it. */
  | 'open'
  /** Another session holds it. */
  | 'claimed'
  /** It succeeded, failed or was canceled. */
  | 'ended'
  /** It was deleted or purged. */
  | 'deleted';

/** How a task of a session stands. */
export function standpointOf(look: Look, project: string, { task, left }: SessionTask): Standpoint {
  const image = look(EntityKind.TASK, project, task);
  // A task is not deleted while it is held: of that one nothing needs to be read.
  if (image && !left) return 'held';
  const indexed = image && indexedOf(image);
  if (!indexed || indexed.deleted) return 'deleted';
  if (!isLive(indexed.state)) return 'ended';
  const work = look(EntityKind.TASK_WORK, project, task);
  return work && isHeldWork(TaskWork.decode(work)) ? 'claimed' : 'open';
}

/** Whether a session has not finished it. */
export function isUnfinished(standpoint: Standpoint): boolean {
  return standpoint === 'held' || standpoint === 'open';
}
