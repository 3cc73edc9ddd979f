import { View } from '../../gen/holdfast/v1/common';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { parseCount } from '../whole-number';

/**
 * The token to show with a verb of a task's holder: the one that was given, else that of the lease that the acting session has
 * on it, else 0: then the server says who holds it.
 */
export async function heldToken(run: Run, task: string, given: string | undefined): Promise<number> {
  if (given !== undefined) return parseCount('--token', given);
  const { actor } = run.settings;
  if (!actor) return 0;
  const request = { name: task, revision: 0, view: View.BASIC, atLeast: undefined };
  const { message } = await run.connection.call(TaskServiceService.getTask, request);
  const lease = message.task?.lease;
  return lease && lease.session === actor.name ? lease.fencingToken : 0;
}
