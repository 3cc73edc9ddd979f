// The client of the crash tests: one call, one outcome. It repeats nothing by itself, so that a test decides what a retry is.

import { Client, credentials, Metadata, status } from '@grpc/grpc-js';
import type { MethodDefinition, ServiceError } from '@grpc/grpc-js';
import { ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import type { Position } from '../../src/gen/holdfast/v1/common';
import { EventServiceService } from '../../src/gen/holdfast/v1/event_service';
import type { ReadEventsRequest, ReadEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { TaskServiceService } from '../../src/gen/holdfast/v1/task_service';
import type * as tasks from '../../src/gen/holdfast/v1/task_service';
import type { Task } from '../../src/gen/holdfast/v1/task';

/** The mutations that a load makes. */
export interface Requests {
  createTask: tasks.CreateTaskRequest;
  batchCreateTasks: tasks.BatchCreateTasksRequest;
  updateTask: tasks.UpdateTaskRequest;
  deleteTask: tasks.DeleteTaskRequest;
  undeleteTask: tasks.UndeleteTaskRequest;
  completeTask: tasks.CompleteTaskRequest;
  failTask: tasks.FailTaskRequest;
  cancelTask: tasks.CancelTaskRequest;
  pauseTask: tasks.PauseTaskRequest;
  resumeTask: tasks.ResumeTaskRequest;
  retryTask: tasks.RetryTaskRequest;
  reopenTask: tasks.ReopenTaskRequest;
}

export type Method = keyof Requests;

/** A mutation, ready to be sent as often as needed. */
export type Mutation = { [M in Method]: { readonly method: M; readonly request: Requests[M] } }[Method];

/** What an acknowledgement says. */
export interface Reply {
  readonly sequence: number;
  readonly tasks: readonly Task[];
}

/** What the load and the checks need of a server. Errors are `CallFailed`. */
export interface Service {
  mutate(mutation: Mutation): Promise<Reply>;
  getTask(name: string): Promise<Task>;
  /** All tasks of all projects, deleted ones too, in full. */
  listTasks(): Promise<Task[]>;
}

/** A call that did not answer OK. */
export class CallFailed extends Error {
  constructor(
    readonly code: number,
    /** The reason of its `ErrorInfo`; empty if the server did not say one. */
    readonly reason: string,
    message: string,
  ) {
    super(`${status[code] ?? code} ${reason}: ${message}`);
  }

  /** Whether the mutation may have been applied, or may yet be. */
  get outcomeUnknown(): boolean {
    const unsaid = this.reason === '' && this.code !== Number(status.UNIMPLEMENTED);
    return unsaid || ['OUTCOME_UNKNOWN', 'DEADLINE_EXCEEDED', 'CANCELLED'].includes(this.reason);
  }

  /** Whether the server turned it away before looking at it: another try is due, later. */
  get turnedAway(): boolean {
    return ['OVERLOADED', 'DRAINING', 'RECOVERING', 'HALTED'].includes(this.reason);
  }
}

/** No call of these tests takes a thousandth of it. */
const DEADLINE_MS = 120_000;
/** Small enough for a page of tasks with the largest descriptions of the load. */
const PAGE_SIZE = 50;

/** The real server behind an address. Close it. */
export class ServiceClient implements Service {
  readonly channel: Client;

  constructor(address: string) {
    this.channel = new Client(address, credentials.createInsecure(), {
      'grpc.enable_retries': 0,
      'grpc.max_receive_message_length': -1,
      'grpc.use_local_subchannel_pool': 1,
    });
  }

  async mutate(mutation: Mutation): Promise<Reply> {
    const reply = await this.unary<AnyReply>(TaskServiceService[mutation.method], mutation.request);
    const named = reply.tasks ?? [reply.task!, ...(reply.canceledChildren ?? [])];
    return { sequence: reply.position!.sequence, tasks: named };
  }

  async getTask(name: string): Promise<Task> {
    const request = { name, revision: 0, view: 2, atLeast: undefined };
    return (await this.unary<tasks.GetTaskResponse>(TaskServiceService.getTask, request)).task!;
  }

  async listTasks(): Promise<Task[]> {
    const found: Task[] = [];
    let pageToken = '';
    do {
      const request = { ...ALL_TASKS, pageToken };
      const page = await this.unary<tasks.ListTasksResponse>(TaskServiceService.listTasks, request);
      found.push(...page.tasks);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    return found;
  }

  async readEvents(request: ReadEventsRequest): Promise<ReadEventsResponse> {
    return this.unary<ReadEventsResponse>(EventServiceService.readEvents, request);
  }

  close(): void {
    this.channel.close();
  }

  private unary<Response>(method: object, request: object): Promise<Response> {
    const { path, requestSerialize, responseDeserialize } = method as MethodDefinition<object, Response>;
    return new Promise((resolve, reject) => {
      const options = { deadline: Date.now() + DEADLINE_MS };
      this.channel.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        new Metadata(),
        options,
        (error, response) => {
          if (error) reject(callFailed(error));
          else resolve(response!);
        },
      );
    });
  }
}

const ALL_TASKS: tasks.ListTasksRequest = {
  parent: 'projects/-',
  pageSize: PAGE_SIZE,
  pageToken: '',
  states: [],
  assignee: '',
  queue: '',
  parentTask: '',
  labels: new Map(),
  showDeleted: true,
  view: 2,
  atLeast: undefined,
  filter: '',
  orderBy: '',
  explain: false,
};

interface AnyReply {
  readonly task?: Task;
  readonly tasks?: Task[];
  readonly canceledChildren?: Task[];
  readonly position: Position | undefined;
}

/** What a gRPC error says, with the reason from its details. */
export function callFailed(error: ServiceError): CallFailed {
  const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? [];
  if (!Buffer.isBuffer(bytes)) return new CallFailed(error.code, '', error.details);
  const info = Status.decode(bytes).details.find(({ typeUrl }) => typeUrl.endsWith('/google.rpc.ErrorInfo'));
  return new CallFailed(error.code, info ? ErrorInfo.decode(info.value).reason : '', error.details);
}
