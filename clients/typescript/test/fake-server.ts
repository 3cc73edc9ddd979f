// A server that answers what a test tells it: for faults that the real one does not show when asked.

import { Metadata, Server, ServerCredentials } from '@grpc/grpc-js';
import type { ServerUnaryCall, ServerWritableStream, ServiceError, sendUnaryData, status as Code } from '@grpc/grpc-js';
import { ErrorInfo, RetryInfo } from '../src/gen/google/rpc/error_details';
import { Status } from '../src/gen/google/rpc/status';
import { EventServiceService } from '../src/gen/holdfast/v1/event_service';
import type { WatchEventsRequest, WatchEventsResponse } from '../src/gen/holdfast/v1/event_service';
import { CreateTaskResponse, TaskServiceService } from '../src/gen/holdfast/v1/task_service';
import type { CreateTaskRequest } from '../src/gen/holdfast/v1/task_service';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) server.forceShutdown();
});

/** What the fake does with its calls. An unset method never answers. */
export interface Script {
  readonly createTask?: (request: CreateTaskRequest, metadata: Metadata) => CreateTaskResponse;
  readonly watchEvents?: (stream: ServerWritableStream<WatchEventsRequest, WatchEventsResponse>) => void;
}

/** Starts a fake on a free port, and gives its address. Throw a `failure` to refuse a call. */
export async function fakeServer(script: Script, credentials = ServerCredentials.createInsecure()): Promise<string> {
  const server = new Server();
  open.push(server);
  server.addService(
    { createTask: TaskServiceService.createTask },
    {
      createTask: (
        { request, metadata }: ServerUnaryCall<CreateTaskRequest, CreateTaskResponse>,
        reply: sendUnaryData<CreateTaskResponse>,
      ) => {
        if (!script.createTask) return;
        try {
          reply(null, script.createTask(request, metadata));
        } catch (error) {
          reply(error as ServiceError);
        }
      },
    },
  );
  server.addService(
    { watchEvents: EventServiceService.watchEvents },
    {
      watchEvents: (stream: ServerWritableStream<WatchEventsRequest, WatchEventsResponse>) =>
        script.watchEvents?.(stream),
    },
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return `127.0.0.1:${port}`;
}

/** A refusal as the real server sends it. */
export function failure(
  code: Code,
  reason: string,
  facts: Record<string, string> = {},
  retryAfterMs = 0,
): Partial<ServiceError> {
  const info = ErrorInfo.fromPartial({ reason, domain: 'holdfast', metadata: new Map(Object.entries(facts)) });
  const retryDelay = { seconds: Math.floor(retryAfterMs / 1000), nanos: (retryAfterMs % 1000) * 1e6 };
  const details = [
    { typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo', value: Buffer.from(ErrorInfo.encode(info).finish()) },
    ...(retryAfterMs > 0
      ? [
          {
            typeUrl: 'type.googleapis.com/google.rpc.RetryInfo',
            value: Buffer.from(RetryInfo.encode({ retryDelay }).finish()),
          },
        ]
      : []),
  ];
  const metadata = new Metadata();
  const message = `told to say ${reason}`;
  metadata.set('grpc-status-details-bin', Buffer.from(Status.encode({ code, message, details }).finish()));
  return { code, details: message, metadata };
}

/** The answer to a CreateTask. */
export function created(title: string): CreateTaskResponse {
  return CreateTaskResponse.fromPartial({ task: { name: 'projects/default/tasks/t1', title } });
}
