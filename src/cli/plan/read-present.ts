// What the server has of a plan: the tasks that earlier applications made, and those outside that the plan waits for.

import { View } from '../../gen/holdfast/v1/common';
import type { Task } from '../../gen/holdfast/v1/task';
import { GetTaskRequest, ListTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import type { Connection } from '../connection';
import { CallFailure } from '../failure';
import { pages } from '../pages';
import type { PlanMistake } from './plan';
import { badPlan } from './plan';
import type { PlannedTask } from './planned-task';
import { planPrefix } from './planned-task';

/** A full task has at most 256 KiB; a page of so many is at most 25 MiB. */
const tasksPerPage = 100;

/** All tasks of a plan, deleted ones too: their external ids are taken until they are purged. */
export async function readPresent(connection: Connection, parent: string, name: string): Promise<Task[]> {
  const filter = `external_id = "${planPrefix(name)}*"`;
  const request = ListTasksRequest.fromPartial({ parent, filter, showDeleted: true, view: View.FULL });
  const tasks: Task[] = [];
  for await (const { message } of pages(
    connection,
    TaskServiceService.listTasks,
    request,
    0,
    (page) => page.tasks,
    tasksPerPage,
  )) {
    tasks.push(...message.tasks);
  }
  return tasks;
}

/** The plan with the tasks outside of it named as the server names them. Throws a Failure if one is not there. */
export async function resolveOutside(
  connection: Connection,
  planned: readonly PlannedTask[],
  fileName: string,
): Promise<PlannedTask[]> {
  const names = new Map<string, string | undefined>();
  const mistakes: PlanMistake[] = [];
  for (const { item, needsOutside } of planned) {
    for (const name of needsOutside) {
      if (!names.has(name)) names.set(name, await nameOf(connection, name));
      if (names.get(name) === undefined) mistakes.push({ line: item.line, message: `${name} does not exist` });
    }
  }
  if (mistakes.length > 0) throw badPlan(fileName, mistakes);
  return planned.map((one) => ({ ...one, needsOutside: one.needsOutside.map((name) => names.get(name)!) }));
}

async function nameOf(connection: Connection, name: string): Promise<string | undefined> {
  try {
    const request = GetTaskRequest.fromPartial({ name, view: View.BASIC });
    return (await connection.call(TaskServiceService.getTask, request)).message.task?.name;
  } catch (error) {
    if (error instanceof CallFailure && error.reason === 'NOT_FOUND') return undefined;
    throw error;
  }
}
