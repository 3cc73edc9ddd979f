// The task that every figure speaks of, and requests around it as bytes.

import { BatchCreateTasksRequest, CreateTaskRequest, GetTaskRequest } from '../../src/gen/holdfast/v1/task_service';
import { Task } from '../../src/gen/holdfast/v1/task';

/** What a client sends for the reference task: 300 bytes when encoded (docs/performance.md). */
export const referenceTaskBytes = 300;

export const parent = 'projects/default';

const fixed = {
  title: 'Keep the session of a paused agent until its lease has passed',
  kind: 'bug',
  priority: 2,
  labels: new Map([
    ['area', 'sessions'],
    ['component', 'leases'],
  ]),
} as const;

const words =
  'A paused process loses its claims although its lease is still good: the timer looks at the wall clock, which jumped. ' +
  'Use journal time, and show with a test that a claim outlives the jump. ';

/** The reference task: title, description, kind, priority, two labels. */
export function referenceTask(): Task {
  const bare = Task.encode(Task.create({ ...fixed, labels: new Map(fixed.labels) })).finish().length;
  // The description's own tag and length take three bytes.
  const description = words.repeat(2).slice(0, referenceTaskBytes - bare - 3);
  return Task.create({ ...fixed, labels: new Map(fixed.labels), description });
}

/** CreateTask of the reference task, the id given by the service. */
export function createRequest(requestId = ''): Uint8Array {
  return CreateTaskRequest.encode(CreateTaskRequest.create({ parent, task: referenceTask(), requestId })).finish();
}

/** BatchCreateTasks of `count` reference tasks. */
export function batchRequest(count: number): Uint8Array {
  const one = CreateTaskRequest.create({ task: referenceTask() });
  const requests = Array.from({ length: count }, () => one);
  return BatchCreateTasksRequest.encode(BatchCreateTasksRequest.create({ parent, requests })).finish();
}

export function getRequest(name: string): Uint8Array {
  return GetTaskRequest.encode(GetTaskRequest.create({ name })).finish();
}

/** A gRPC message on the wire: not compressed, its length, its bytes. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.alloc(5 + message.length);
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, 5);
  return frame;
}
