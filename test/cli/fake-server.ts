// A gRPC server that holds tasks and events in memory, with the service's answers as far as the command line relies on them.
// The rules themselves are tested elsewhere; here it matters what a client does with an answer.

import type {
  sendUnaryData,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { Any } from '../../src/gen/google/protobuf/any';
import { BadRequest, ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { HealthService } from '../../src/gen/grpc/health/v1/health';
import { AgentServiceService } from '../../src/gen/holdfast/v1/agent_service';
import { Event } from '../../src/gen/holdfast/v1/event';
import type { WatchEventsRequest, WatchEventsResponse } from '../../src/gen/holdfast/v1/event_service';
import { EventServiceService } from '../../src/gen/holdfast/v1/event_service';
import { LockServiceService } from '../../src/gen/holdfast/v1/lock_service';
import { MemoryServiceService } from '../../src/gen/holdfast/v1/memory_service';
import { MessageServiceService } from '../../src/gen/holdfast/v1/message_service';
import type { WatchOperationRequest, WatchOperationResponse } from '../../src/gen/holdfast/v1/operation_service';
import { OperationServiceService } from '../../src/gen/holdfast/v1/operation_service';
import { ProjectServiceService } from '../../src/gen/holdfast/v1/project_service';
import { QueueServiceService } from '../../src/gen/holdfast/v1/queue_service';
import { SessionServiceService } from '../../src/gen/holdfast/v1/session_service';
import { SystemServiceService } from '../../src/gen/holdfast/v1/system_service';
import type { Task } from '../../src/gen/holdfast/v1/task';
import { Priority, TaskState } from '../../src/gen/holdfast/v1/task';
import type {
  BatchCreateTasksRequest,
  CreateTaskRequest,
  ListTasksRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { TaskServiceService } from '../../src/gen/holdfast/v1/task_service';

/** Services that answer what a test put into `answers`, and nothing else. */
const agentServices: readonly ServiceDefinition[] = [
  SessionServiceService,
  AgentServiceService,
  QueueServiceService,
  LockServiceService,
  MemoryServiceService,
  MessageServiceService,
  SystemServiceService,
];

const history = '00000000000000aa';

/** A refusal as the service sends it. */
export function refusal(
  code: status,
  reason: string,
  message: string,
  metadata: Record<string, string> = {},
  fields: { field: string; description: string }[] = [],
): Error {
  const info = ErrorInfo.fromPartial({ reason, domain: 'holdfast', metadata: new Map(Object.entries(metadata)) });
  const details: Any[] = [
    { typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo', value: Buffer.from(ErrorInfo.encode(info).finish()) },
  ];
  if (fields.length > 0) {
    const value = Buffer.from(BadRequest.encode(BadRequest.fromPartial({ fieldViolations: fields })).finish());
    details.push({ typeUrl: 'type.googleapis.com/google.rpc.BadRequest', value });
  }
  const trailers = new Metadata();
  trailers.set('grpc-status-details-bin', Buffer.from(Status.encode({ code, message, details }).finish()));
  return Object.assign(new Error(message), { code, details: message, metadata: trailers });
}

export class FakeServer {
  readonly tasks = new Map<string, Task>();
  readonly events: Event[] = [];
  readonly requestIds: string[] = [];
  readonly sessions: string[] = [];
  /** What to answer the next calls with, before they are looked at; undefined lets one through. */
  readonly failNext: (Error | undefined)[] = [];
  /** From so many calls on each is answered with the error. */
  refuseAfter: { calls: number; readonly error: Error } | undefined;
  /** A watch ends after so many events, as if the connection broke; 0: never. */
  breakWatchAfter = 0;
  /** What each watch ends with at once. */
  failWatch: Error | undefined;
  readonly watches: WatchEventsRequest[] = [];
  private readonly open: ServerWritableStream<WatchEventsRequest, WatchEventsResponse>[] = [];
  lastUpdateMask: readonly string[] = [];
  /** What methods that this server has no answer of its own for answer, by their names: `getTaskGraph`. Errors are thrown. */
  readonly answers = new Map<string, (request: never) => object>();
  /** The requests of these methods, in order. */
  readonly asked: { readonly method: string; readonly request: Record<string, unknown> }[] = [];
  private readonly replies = new Map<string, unknown>();
  private readonly server = new Server();
  private given = 0;

  async start(port = 0): Promise<string> {
    const { server } = this;
    server.addService(HealthService, { check: this.unary(() => ({ status: 1 })) });
    server.addService(ProjectServiceService, {
      listProjects: this.unary(() => ({ projects: [], nextPageToken: '', position: this.position() })),
    });
    server.addService(TaskServiceService, this.taskMethods());
    server.addService(EventServiceService, {
      watchEvents: (call: ServerWritableStream<WatchEventsRequest, WatchEventsResponse>) => this.watch(call),
      ...this.answered(EventServiceService, ['readEvents']),
    });
    for (const service of agentServices) server.addService(service, this.answered(service, Object.keys(service)));
    server.addService(OperationServiceService, {
      ...this.answered(OperationServiceService, Object.keys(OperationServiceService)),
      watchOperation: (call: ServerWritableStream<WatchOperationRequest, WatchOperationResponse>) =>
        this.watchOperation(call),
    });
    return new Promise((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(`127.0.0.1:${bound}`),
      ),
    );
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private position() {
    return { history, sequence: this.events.length };
  }

  /** Methods that answer what a test put into `answers`. */
  private answered(service: object, methods: readonly string[]): UntypedServiceImplementation {
    const answer = (method: string) =>
      this.unary((request: Record<string, unknown>) => {
        this.asked.push({ method, request });
        const given = this.answers.get(method) as ((request: Record<string, unknown>) => object) | undefined;
        if (!given) throw refusal(status.UNIMPLEMENTED, 'UNIMPLEMENTED', `${method} has no answer in this test`);
        return given(request);
      });
    return Object.fromEntries(methods.filter((name) => name in service).map((name) => [name, answer(name)]));
  }

  /** Sends the operation as each answer of `watchOperation` gives it, until one has ended. */
  private watchOperation(call: ServerWritableStream<WatchOperationRequest, WatchOperationResponse>): void {
    this.asked.push({ method: 'watchOperation', request: { ...call.request } });
    const answer = this.answers.get('watchOperation') as unknown as () => WatchOperationResponse[];
    for (const message of answer()) call.write(message);
    call.end();
  }

  private taskMethods(): UntypedServiceImplementation {
    const changed = (method: string, type: string, state: TaskState) =>
      this.unary((request: { name: string; reason?: string }) => {
        const given = this.answers.get(method) as ((request: object) => object) | undefined;
        this.asked.push({ method, request: { ...request } });
        if (given) return given(request);
        const task = this.find(request.name);
        if (task.state !== TaskState.PENDING) {
          const metadata = { state: 'SUCCEEDED', legal_verbs: 'ReopenTask' };
          throw refusal(status.FAILED_PRECONDITION, 'ILLEGAL_TRANSITION', `${task.name} is not PENDING`, metadata);
        }
        const children = [...this.tasks.values()].filter(({ parent }) => parent === task.name);
        if (type !== 'task.paused' && children.some((child) => child.state === TaskState.PENDING)) {
          throw refusal(status.FAILED_PRECONDITION, 'HAS_CHILDREN', `${task.name} has live children`);
        }
        return {
          task: this.put({ ...task, state, stateReason: request.reason ?? '' }, type),
          canceledChildren: [],
          followUps: [],
          nextRefusal: '',
        };
      });
    return {
      ...this.answered(TaskServiceService, [
        'listTaskRevisions',
        'addDependency',
        'removeDependency',
        'getTaskGraph',
        'applyMutations',
        'bulkChangeTasks',
        'addNote',
        'listNotes',
        'claimTask',
        'heartbeatTask',
        'releaseTask',
        'requestInput',
        'provideInput',
        'acknowledgeDirective',
        'rejectTask',
        'putStep',
        'getSteps',
        'getArtifact',
      ]),
      createTask: this.unary((request: CreateTaskRequest) => ({ task: this.create(request, request.parent) })),
      batchCreateTasks: this.unary((request: BatchCreateTasksRequest) => {
        for (const one of request.requests) this.refuseTaken(one, request.parent);
        return { tasks: request.requests.map((one) => this.create(one, request.parent)) };
      }),
      getTask: this.unary(({ name }: { name: string }) => ({ task: this.find(name) })),
      listTasks: this.unary((request: ListTasksRequest) => {
        this.asked.push({ method: 'listTasks', request: { ...request } });
        return this.answers.has('listTasks') ? this.answers.get('listTasks')!(request as never) : this.list(request);
      }),
      completeTask: changed('completeTask', 'task.completed', TaskState.SUCCEEDED),
      failTask: changed('failTask', 'task.failed', TaskState.FAILED),
      cancelTask: changed('cancelTask', 'task.canceled', TaskState.CANCELED),
      pauseTask: changed('pauseTask', 'task.paused', TaskState.PAUSED),
      updateTask: this.unary(({ task, updateMask }: { task: Task; updateMask: string[] }) => {
        this.lastUpdateMask = updateMask;
        return { task: this.put(task, 'task.updated') };
      }),
    };
  }

  private unary<Q, S extends object>(answer: (request: Q) => S) {
    return (call: ServerUnaryCall<Q, S>, reply: sendUnaryData<S>) => {
      const id = (call.request as { requestId?: string }).requestId ?? '';
      this.requestIds.push(id);
      this.sessions.push(call.metadata.get('holdfast-session').join());
      try {
        const failure = this.failNext.shift();
        if (failure) throw failure;
        if (this.refuseAfter && this.refuseAfter.calls-- <= 0) throw this.refuseAfter.error;
        const made = (id && this.replies.get(id)) || { position: undefined, ...answer(call.request) };
        if (id) this.replies.set(id, made);
        reply(null, { ...made, position: this.position() } as unknown as S);
      } catch (error) {
        reply(error as Error);
      }
    };
  }

  /** Ends all watches as a server that stops does. They never get an event that is younger than they are. */
  breakWatches(): void {
    for (const call of this.open.splice(0)) call.emit('error', refusal(status.UNAVAILABLE, 'DRAINING', 'stopping'));
  }

  forgetRequestIds(): void {
    this.replies.clear();
  }

  private refuseTaken({ taskId, task }: CreateTaskRequest, parent: string): void {
    const external = task?.externalId;
    const taken = [...this.tasks.values()].some(
      ({ name, externalId }) =>
        name.startsWith(`${parent}/`) && (name.endsWith(`/tasks/${taskId}`) || (external && externalId === external)),
    );
    if (taken) throw refusal(status.ALREADY_EXISTS, 'ALREADY_EXISTS', `${taskId} is taken`, { name: taskId });
  }

  private create(request: CreateTaskRequest, parent: string): Task {
    this.refuseTaken(request, parent);
    const id = request.taskId || `t${++this.given}`;
    const name = `${parent}/tasks/${id}`;
    const uid = `uid-${this.events.length}`;
    const priority = request.task!.priority || Priority.P2;
    return this.put({ ...request.task!, name, uid, priority, state: TaskState.PENDING }, 'task.created');
  }

  private put(task: Task, type: string): Task {
    const sequence = this.events.length + 1;
    const stored = { ...task, etag: String(sequence), revision: task.revision + 1 };
    this.tasks.set(task.name, stored);
    const after = { resource: { $case: 'task' as const, value: stored } };
    this.events.push(Event.fromPartial({ position: { history, sequence }, type, name: task.name, after }));
    return stored;
  }

  private find(name: string): Task {
    const external = /\/tasks\/external:(.*)$/.exec(name)?.[1];
    const all = [...this.tasks.values()];
    const task = external === undefined ? this.tasks.get(name) : all.find(({ externalId }) => externalId === external);
    if (!task) throw refusal(status.NOT_FOUND, 'NOT_FOUND', `${name} does not exist`, { name });
    return task;
  }

  private list({ parent, pageSize, pageToken, states }: ListTasksRequest) {
    const all = [...this.tasks.values()]
      .filter(({ name }) => name.startsWith(`${parent}/`) || parent === 'projects/-')
      .filter(({ state }) => states.length === 0 || states.includes(state));
    const from = Number(pageToken || 0);
    const to = from + (pageSize || 50);
    return { tasks: all.slice(from, to), nextPageToken: to < all.length ? String(to) : '', scanLimited: false };
  }

  private watch(call: ServerWritableStream<WatchEventsRequest, WatchEventsResponse>): void {
    const { start } = call.request;
    this.watches.push(call.request);
    if (this.failWatch) return void call.emit('error', this.failWatch);
    this.open.push(call);
    const after =
      start?.$case === 'after' ? start.value.sequence : start?.$case === 'earliest' ? 0 : this.events.length;
    for (const [index, event] of this.events.slice(after).entries()) {
      if (this.breakWatchAfter > 0 && index === this.breakWatchAfter) {
        // Half a record, then a break: what a crash in the middle of a large record looks like.
        const half = { $case: 'events' as const, value: { events: [event], more: true } };
        call.write({ position: { history, sequence: after + index }, payload: half });
        this.breakWatchAfter = 0;
        call.emit('error', refusal(status.UNAVAILABLE, 'DRAINING', 'the server stops'));
        return;
      }
      const payload = { $case: 'events' as const, value: { events: [event], more: false } };
      call.write({ position: { history, sequence: after + index + 1 }, payload });
    }
    call.write({ position: this.position(), payload: { $case: 'caughtUp', value: {} } });
  }
}
