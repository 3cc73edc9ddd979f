// The ceiling of this stack: a bare grpc-js server of the same messages. It decodes each request, encodes each reply, and
// keeps nothing. GetTask answers one canned task. Both put the number of creates so far where Holdfast puts its sequence,
// so that a load can be counted on both sides the same way.
//
// Prints its address as one line when it serves.

import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { UntypedServiceImplementation, handleUnaryCall } from '@grpc/grpc-js';
import {
  BatchCreateTasksResponse,
  CreateTaskResponse,
  GetTaskResponse,
  TaskServiceService,
} from '../../src/gen/holdfast/v1/task_service';
import type {
  BatchCreateTasksRequest,
  CreateTaskRequest,
  GetTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { Task } from '../../src/gen/holdfast/v1/task';
import { referenceTask } from './reference';

const history = '0123456789abcdef';
let creates = 0;

const position = () => ({ history, sequence: creates });

/** As full as a stored task, so that both servers send as many bytes. */
const canned = Task.create({
  ...referenceTask(),
  name: 'projects/default/tasks/t1',
  uid: '01936f5e-8a1c-7c4e-b1d2-3f4a5b6c7d8e',
  etag: '1234567',
  revision: 1,
  state: 1,
  queue: 'default',
  createTime: { seconds: 1_800_000_000, nanos: 123_000_000 },
  updateTime: { seconds: 1_800_000_000, nanos: 123_000_000 },
  creator: 'local',
});

const createTask: handleUnaryCall<CreateTaskRequest, CreateTaskResponse> = (call, callback) => {
  creates++;
  callback(null, CreateTaskResponse.create({ task: call.request.task, position: position() }));
};

const batchCreateTasks: handleUnaryCall<BatchCreateTasksRequest, BatchCreateTasksResponse> = (call, callback) => {
  creates++;
  const tasks = call.request.requests.flatMap(({ task }) => task ?? []);
  callback(null, BatchCreateTasksResponse.create({ tasks, position: position() }));
};

const getTask: handleUnaryCall<GetTaskRequest, GetTaskResponse> = (_call, callback) => {
  callback(null, GetTaskResponse.create({ task: canned, position: position() }));
};

// What src/services/server.ts sets, so that both pay for the same timers and bounds.
const server = new Server({
  'grpc.enable_channelz': 0,
  'grpc.max_receive_message_length': 8 << 20,
  'grpc.max_send_message_length': -1,
  'grpc.max_concurrent_streams': 4096,
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.max_connection_idle_ms': 30 * 60_000,
  'grpc-node.max_session_memory': 128,
});
const handlers: UntypedServiceImplementation = { createTask, batchCreateTasks, getTask };
server.addService(TaskServiceService, handlers);
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(`127.0.0.1:${port}`);
});
process.on('SIGTERM', () => server.forceShutdown());
