// What becomes of the tasks of a session that is over.

import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import { TaskState } from '../../gen/holdfast/v1/task';
import { AttemptOutcome } from '../../gen/holdfast/v1/work';
import type { NamedIn } from './agent-names';
import { stop } from '../work/directive';
import type { Draft } from '../draft';
import { endHold } from '../work/hold';
import { GIVE_BACK_BYTES_MAX, GIVE_BACK_TASKS_MAX } from '../limits';
import { taskAt } from '../work/release-task';
import type { FoundTask } from '../task-access';

/** The tasks that a session holds, in the order of its rows. */
export function heldTasks(draft: Draft, { project, id }: NamedIn): readonly FoundTask[] {
  return draft.sessions
    .tasks(project, id)
    .flatMap(({ task, left }) => (left ? [] : (taskAt(draft, project, task) ?? [])));
}

/** Whether a session holds any task. */
export function holdsAny(draft: Draft, { project, id }: NamedIn): boolean {
  return draft.sessions.tasks(project, id).some(({ left }) => !left);
}

/** Gives tasks back that a session holds, as many as one commit may: `giveOne` does it for each. */
export function giveBackSome(draft: Draft, { project, id }: NamedIn, giveOne: (found: FoundTask) => void): void {
  const held = draft.sessions.tasks(project, id).filter(({ left }) => !left);
  let bytes = 0;
  for (const [i, { task, chunk }] of held.entries()) {
    bytes += draft.image(EntityKind.TASK, project, task)?.length ?? 0;
    if (i === GIVE_BACK_TASKS_MAX || (i > 0 && bytes > GIVE_BACK_BYTES_MAX)) return;
    const found = taskAt(draft, project, task);
    if (found) giveOne(found);
    // Whatever became of the task: what the session does not hold must not be looked at again and again.
    draft.sessions.drop(project, id, chunk, task, found !== undefined);
  }
}

/** Ends the hold on a task of a session that has ended, without a failure: it is PENDING again, and a resume of the session may claim it again. One
 *  that waits for an answer goes on waiting. */
export function giveBack(draft: Draft, { project, id, task }: FoundTask): void {
  const { directive } = draft.works.work(project, id);
  if (directive) return void stop(draft, { project, id, task }, directive.kind, directive.reason);
  endHold(draft, project, id, { outcome: AttemptOutcome.RELEASED, lapse: true });
  if (task.state !== TaskState.RUNNING) return;
  draft.putTask(project, id, task, { ...task, state: TaskState.PENDING, stateReason: '' }, EventType.TASK_RELEASED);
}
