import { status } from '@grpc/grpc-js';
import { View } from '../../gen/holdfast/v1/common';
import { Task } from '../../gen/holdfast/v1/task';
import { BatchCreateTasksRequest, TaskServiceService } from '../../gen/holdfast/v1/task_service';
import { CallFailure, Failure } from '../failure';
import { uuidOf } from '../uuid';
import { inFlight } from './in-flight';
import type { ImportTarget, Placed } from './report';
import type { SourceTask } from './source-task';

/** One commit each: large enough to share its flush, small enough for a smooth bar. */
const chunkTasksMax = 100;
/** The service takes requests up to 4 MiB and records up to 3 MiB; a larger task goes alone. */
const chunkBytesMax = 1024 * 1024;
/** While others create the same tasks, a chunk meets them; each time it gets smaller. */
const triesMax = 5;

/** Parts tasks into chunks that go in one call each. */
export function* chunksOf(tasks: readonly SourceTask[]): Generator<readonly SourceTask[]> {
  let chunk: SourceTask[] = [];
  let chunkBytes = 0;
  for (const source of tasks) {
    const bytes = Task.encode(source.task).finish().length;
    if (chunk.length === chunkTasksMax || (chunk.length > 0 && chunkBytes + bytes > chunkBytesMax)) {
      yield chunk;
      chunk = [];
      chunkBytes = 0;
    }
    chunk.push(source);
    chunkBytes += bytes;
  }
  if (chunk.length > 0) yield chunk;
}

/**
 * Creates the tasks of a chunk that are not there yet, and finds the others: all of them, in no particular order.
 * `headBefore` is the sequence at which the import began.
 */
export async function createChunk(
  target: ImportTarget,
  chunk: readonly SourceTask[],
  headBefore: number,
): Promise<Placed[]> {
  const placed: Placed[] = [];
  let left = chunk;
  for (let tries = 1; left.length > 0; tries++) {
    try {
      const tasks = await createAll(target, left);
      return [...placed, ...left.map((source, index) => place(source, tasks[index]!, headBefore))];
    } catch (error) {
      if (!(error instanceof CallFailure)) throw error;
      if (error.code !== status.ALREADY_EXISTS || tries === triesMax) throw naming(error, left);
      const found = await findAll(target, left);
      if (found.size === 0) throw naming(error, left);
      for (const [source, task] of found) placed.push({ source, task, fresh: false });
      left = left.filter((source) => !found.has(source));
    }
  }
  return placed;
}

function place(source: SourceTask, task: Task, headBefore: number): Placed {
  // A repeated request id brings back the task as it was first created, with the etag that it had then.
  return { source, task, fresh: Number(task.etag) > headBefore };
}

async function createAll({ connection, parent }: ImportTarget, chunk: readonly SourceTask[]): Promise<Task[]> {
  const request = BatchCreateTasksRequest.fromPartial({ parent });
  request.requests = chunk.map(({ task, taskId }) => ({
    parent: '',
    task,
    taskId,
    requestId: '',
    validateOnly: false,
    ref: '',
    allowUnresolved: false,
  }));
  const content = BatchCreateTasksRequest.encode(request).finish();
  request.requestId = uuidOf('holdfast import 1', 'create', parent, content);
  const { message } = await connection.call(TaskServiceService.batchCreateTasks, request);
  return message.tasks;
}

/** Those tasks of the chunk that are there, deleted ones too. */
async function findAll(target: ImportTarget, chunk: readonly SourceTask[]): Promise<Map<SourceTask, Task>> {
  const found = new Map<SourceTask, Task>();
  await inFlight(chunk, async (source) => {
    const ids = [source.taskId, source.task.externalId && `external:${source.task.externalId}`].filter(Boolean);
    for (const id of ids) {
      const task = await find(target, `${target.parent}/tasks/${id}`);
      if (task) return void found.set(source, task);
    }
  });
  return found;
}

async function find({ connection }: ImportTarget, name: string): Promise<Task | undefined> {
  const request = { name, revision: 0, view: View.BASIC, atLeast: undefined };
  try {
    return (await connection.call(TaskServiceService.getTask, request)).message.task;
  } catch (error) {
    if (error instanceof CallFailure && error.code === status.NOT_FOUND) return undefined;
    throw error;
  }
}

/** The failure with the file's lines instead of the request's indexes. */
function naming(error: CallFailure, chunk: readonly SourceTask[]): Failure {
  const lines = error.fields.map(({ field, description }) => {
    const index = /^requests\[(\d+)\]\.?/.exec(field);
    const source = index && chunk[Number(index[1])];
    return source ? `line ${source.line}: ${field.slice(index[0].length)}: ${description}` : `${field}: ${description}`;
  });
  return lines.length === 0 ? error : new Failure(error.exitCode, error.message, lines);
}
