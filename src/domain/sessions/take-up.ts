// What a successor session gets of the one before it: what that holds, what it left and nobody has claimed since, its locks.

import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { queueReasons } from '../work/claim-task';
import type { Draft } from '../draft';
import { handOver } from './hand-over';
import { beginHold } from '../work/hold';
import { isHeld } from '../indexed';
import { TAKE_UP_BYTES_MAX } from '../limits';
import { adoptLocks } from '../locks/lock-row';
import type { ActingSession } from './acting-session';
import type { FoundTask } from '../task-access';
import { transition } from '../task-state';
import { isUnfinished, standpointOf } from './unfinished';

/** What one adoption writes beside the rows that it rewrites, in bytes, about: an attempt, a place among the session's tasks. */
const ADOPTION_BYTES = 768;

type Entry = SessionTask & { readonly chunk: number };

/**
 * Gives a successor what a session has not finished. What it holds goes over under new tokens. What it left is claimed again where it can be: PENDING,
 * held back by nothing, assigned to nobody else, its queue not paused or full; else it stays unheld, among what the successor has left. What
 * others claimed, ended or deleted stays with the session, which remembers it so. What does not fit one record is not taken up: it
 * is given back by the timer, or stays unheld.
 */
export function takeUp(draft: Draft, old: ActingSession, successor: ActingSession): void {
  const { project } = old;
  const look = (kind: EntityKind, at: string, id: string): Uint8Array | undefined => draft.image(kind, at, id);
  let bytes = 0;
  const fits = (size: number): boolean => bytes + size <= TAKE_UP_BYTES_MAX && (bytes += size) > 0;
  const entries = draft.sessions.tasks(project, old.id);
  for (const entry of [...entries.filter(({ left }) => !left), ...entries.filter(({ left }) => left)]) {
    const standpoint = standpointOf(look, project, entry);
    if (!isUnfinished(standpoint)) continue;
    const id = entry.task;
    const workBytes = (look(EntityKind.TASK_WORK, project, id)?.length ?? 0) + ADOPTION_BYTES;
    if (standpoint === 'held') {
      if (fits(workBytes)) handOver(draft, project, id, successor);
      continue;
    }
    const found: FoundTask = { project, id, task: draft.task(project, id)! };
    if (isTheirs(found, successor)) {
      const again = isClaimable(draft, found) && fits(workBytes + (look(EntityKind.TASK, project, id)?.length ?? 0));
      moveLeft(draft, old, entry, successor, again ? found : undefined);
    }
  }
  adoptLocks(draft, project, old.id, successor.id, successor.agent);
}

/** Takes a task that was left out of the old session's hands, and claims it for the successor or leaves it with it, unheld. */
function moveLeft(
  draft: Draft,
  { project, id }: ActingSession,
  { task, token, chunk }: Entry,
  successor: ActingSession,
  claim: FoundTask | undefined,
): void {
  draft.sessions.drop(project, id, chunk, task, false);
  if (claim) {
    const after = beginHold(draft, claim, successor);
    draft.putTask(project, task, claim.task, after, transition('ClaimTask', claim.task).event);
    return;
  }
  const place = draft.sessions.hold(project, successor.id, task, token);
  draft.sessions.drop(project, successor.id, place, task, true);
}

/** Nobody has assigned it to another agent meanwhile. */
function isTheirs({ task }: FoundTask, { agent }: ActingSession): boolean {
  return task.assignee === '' || task.assignee === agent;
}

/** Whether it can be claimed: a wait after a failure does not count, for whoever failed comes back to it. */
function isClaimable(draft: Draft, { project, id, task }: FoundTask): boolean {
  if (task.state !== TaskState.PENDING || isHeld(draft.image(EntityKind.TASK_GRAPH, project, id))) return false;
  return queueReasons(draft, project, task.queue).length === 0;
}
