import { status } from '@grpc/grpc-js';
import { View } from '../../gen/holdfast/v1/common';
import type { Task } from '../../gen/holdfast/v1/task';
import { TaskState } from '../../gen/holdfast/v1/task';
import { TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { CallFailure } from '../failure';
import { stateWord } from '../task-words';
import { uuidOf } from '../uuid';
import type { ImportReport, ImportTarget, Placed } from './report';
import type { Ending } from './source-task';

const endStates: Readonly<Record<Ending['verb'], TaskState>> = {
  none: TaskState.PENDING,
  complete: TaskState.SUCCEEDED,
  fail: TaskState.FAILED,
  cancel: TaskState.CANCELED,
  pause: TaskState.PAUSED,
};

/** Brings a task into the state that it had in the source, and counts it. A task that has moved on since is left alone. */
export async function endTask(target: ImportTarget, { source, task }: Placed, report: ImportReport): Promise<void> {
  const wanted = endStates[source.ending.verb];
  let state = task.state;
  const warn = (text: string) => report.warnings.push(`line ${source.line}: ${source.key}: ${text}`);
  if (task.deleteTime) return void warn('it is deleted here, and stays so');
  if (wanted !== state && source.ending.verb !== 'none') {
    try {
      state = await apply(target, source.ending, task);
    } catch (error) {
      if (!(error instanceof CallFailure) || error.code !== status.FAILED_PRECONDITION) throw error;
      state = await stateNow(target, task);
      if (state !== wanted && error.reason !== 'ILLEGAL_TRANSITION') warn(error.said);
    }
  }
  if (state !== wanted) warn(`it is ${stateWord(state)} here, and ${stateWord(wanted)} in the file; it was left so`);
  report.states.set(stateWord(state), (report.states.get(stateWord(state)) ?? 0) + 1);
}

async function apply({ connection }: ImportTarget, ending: Ending, task: Task): Promise<TaskState> {
  const verb = async () => {
    // The uid makes the id another one for a task that was purged and imported again.
    const requestId = uuidOf('holdfast import 1', ending.verb, task.name, task.uid, JSON.stringify(ending));
    const common = { name: task.name, etag: '', requestId, validateOnly: false };
    switch (ending.verb) {
      case 'complete':
        return connection.call(TaskServiceService.completeTask, { ...common, ...ending });
      case 'fail':
        return connection.call(TaskServiceService.failTask, { ...common, ...ending });
      case 'cancel':
        return connection.call(TaskServiceService.cancelTask, { ...common, ...ending, cascade: false });
      case 'pause':
        return connection.call(TaskServiceService.pauseTask, { ...common, ...ending });
      case 'none':
        return undefined;
    }
  };
  return (await verb())?.message.task?.state ?? task.state;
}

async function stateNow({ connection }: ImportTarget, task: Task): Promise<TaskState> {
  const request = { name: task.name, revision: 0, view: View.BASIC, atLeast: undefined };
  return (await connection.call(TaskServiceService.getTask, request)).message.task?.state ?? task.state;
}
