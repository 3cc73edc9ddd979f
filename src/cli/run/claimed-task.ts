// The task that a program was run for: what becomes of it when the program has ended.

import { View } from '../../gen/holdfast/v1/common';
import type { Task } from '../../gen/holdfast/v1/task';
import {
  AcknowledgeDirectiveRequest,
  CompleteTaskRequest,
  FailTaskRequest,
  TaskServiceService,
} from '../../gen/holdfast/v1/task_service';
import type { Run } from '../command-run';
import { CallFailure } from '../failure';
import { shortId } from '../resource-name';
import { uuidV7 } from '../uuid';
import type { Ended } from './child';

/**
 * Completes the task if the program ended with 0, and fails it if it did not; a program that was stopped leaves it to be given
 * back. Whatever the program did about its task by itself stays. Gives an exit code if the server refused.
 */
export async function settleTask(run: Run, claimed: Task, ended: Ended): Promise<number | undefined> {
  const { connection, output } = run;
  const { name } = claimed;
  const id = shortId(name);
  try {
    const read = { name, revision: 0, view: View.BASIC, atLeast: undefined };
    const task = (await connection.call(TaskServiceService.getTask, read)).message.task;
    const fencingToken = claimed.lease?.fencingToken ?? 0;
    // A token that is another one by now belongs to a later claim: of the program itself, or of somebody else.
    if (task?.lease?.fencingToken !== fencingToken) return undefined;
    const known = { name, fencingToken, requestId: uuidV7() };
    if (ended.exitCode === 0) {
      const request = CompleteTaskRequest.fromPartial({ ...known, reason: ended.said });
      await connection.call(TaskServiceService.completeTask, request);
      output.remark(`holdfast: ${id} is done`);
    } else if (task.directive) {
      const request = AcknowledgeDirectiveRequest.fromPartial({ ...known });
      await connection.call(TaskServiceService.acknowledgeDirective, request);
      output.remark(`holdfast: ${id} was stopped, as wanted`);
    } else if (!ended.stopped) {
      const code = ended.signal === undefined ? 'exit_code' : 'killed';
      const details = { exit_code: ended.exitCode };
      const request = FailTaskRequest.fromPartial({ ...known, error: { code, message: ended.said, details } });
      await connection.call(TaskServiceService.failTask, request);
      output.remark(`holdfast: ${id} has failed: ${ended.said}`);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    output.failure(error);
    return error.exitCode;
  }
}
