// A load of mutations whose every outcome is known in the end.
//
// D1. Each worker has tasks of its own, and asks only for what is legal: it must be granted. On the shared task, where
//     workers compete by etag, a refusal for a stale etag is right too.
// D2. A worker has one call in flight. When the outcome is unknown it stops; `settle` asks again with the same request id.
// D3. What it chooses depends on the seed and on the replies alone.

import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Task } from '../../src/gen/holdfast/v1/task';
import {
  BatchCreateTasksRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  FailTaskRequest,
  UpdateTaskRequest,
} from '../../src/gen/holdfast/v1/task_service';
import type { Random } from '../support/seed';
import { randomFrom } from '../support/seed';
import { CallFailed } from './service-client';
import type { Mutation, Reply, Service } from './service-client';

export const PARENT = 'projects/default';
/** The task that workers compete for. */
export const SHARED = `${PARENT}/tasks/shared`;

/** Large descriptions make the journal reach its checkpoints and segments in a short test. */
const LARGE_BYTES = 60 * 1024;
const LARGE_CHANCE = 0.08;
const REPEATS_IN_FLIGHT = 32;
/** After a refusal that another try may outlast, in milliseconds. */
const REFUSED_PAUSE_MS = 20;
/** How many tasks of its own a worker keeps in hand. */
const OWNED_MAX = 12;

/** One mutation and what became of it. */
export interface Operation {
  readonly mutation: Mutation;
  /** The highest sequence that anyone had been told when it was first sent: it must get a higher one. */
  readonly after: number;
  outcome: 'in flight' | 'unknown' | 'acknowledged' | 'refused';
  sequence: number;
  /** Hash of the tasks in the first acknowledgement. */
  digest: string;
  /** How often it was sent until it was answered. */
  tries: number;
}

/** What a read showed: it must be in the history. */
export interface Sighting {
  readonly name: string;
  readonly etag: string;
}

/** SHA-256 over encoded tasks. */
export function digestOf(tasks: readonly Task[]): string {
  const hash = createHash('sha256');
  for (const task of tasks) hash.update(Task.encode(task).finish());
  return hash.digest('base64');
}

export class Load {
  readonly operations: Operation[] = [];
  readonly sightings: Sighting[] = [];
  /** What went against D1, in words. */
  readonly violations: string[] = [];
  acknowledged = 0;
  /** Refusals for a reason that the run allows, and reads that failed for one. */
  turnedDown = 0;
  /** The highest sequence that a reply named. */
  head = 0;
  private readonly workers: Worker[];
  private stopping = false;
  private awaited: { readonly count: number; readonly turnedDown: number; readonly resolve: () => void } | undefined;

  /** `allowed`: reasons for which a disk that fails may turn callers down. */
  constructor(
    seed: number,
    workers: number,
    private readonly allowed: readonly string[] = [],
  ) {
    this.workers = Array.from({ length: workers }, (_, index) => new Worker(index, randomFrom(seed + index)));
  }

  /** Creates the shared task. Once, before the first run. */
  async prepare(service: Service): Promise<void> {
    const operation = this.begin(createTask(this.workers[0]!.random.uuid(), 'shared', 'wanted by all'));
    await this.send(service, operation);
  }

  /** Sends until `stop`, or until the server fails. Resolves when nothing is in flight. */
  async run(service: Service): Promise<void> {
    this.stopping = false;
    await Promise.all(this.workers.map((worker) => this.work(service, worker)));
  }

  stop(): void {
    this.stopping = true;
  }

  /** Resolves when this many more mutations were acknowledged, or this many more calls turned down. */
  async progress(more: number, refusals = Infinity): Promise<void> {
    const [count, turnedDown] = [this.acknowledged + more, this.turnedDown + refusals];
    await new Promise<void>((resolve) => (this.awaited = { count, turnedDown, resolve }));
  }

  private count(what: 'acknowledged' | 'turnedDown'): void {
    this[what]++;
    const { awaited } = this;
    if (awaited && (this.acknowledged >= awaited.count || this.turnedDown >= awaited.turnedDown)) awaited.resolve();
  }

  /** Asks again, with the same request ids, for all whose outcome is unknown. Resolves with how many are left. */
  async settle(service: Service): Promise<number> {
    const open = this.workers.filter((worker) => worker.open);
    await Promise.all(
      open.map(async (worker) => {
        const operation = worker.open!;
        await this.send(service, operation, worker);
        if (operation.outcome !== 'unknown') worker.open = undefined;
      }),
    );
    return this.workers.filter((worker) => worker.open).length;
  }

  /** Sends mutations that were acknowledged once more: each must give its first result. */
  async repeat(service: Service, operations: readonly Operation[]): Promise<void> {
    const queue = operations.filter(({ outcome }) => outcome === 'acknowledged').values();
    const resend = async (): Promise<void> => {
      for (const { mutation, sequence, digest } of queue) {
        const what = `${mutation.method} ${mutation.request.requestId}, repeated,`;
        try {
          const again = await service.mutate(mutation);
          if (again.sequence !== sequence || digestOf(again.tasks) !== digest) {
            this.violations.push(`${what} got another result, at ${again.sequence} after ${sequence}`);
          }
        } catch (error) {
          this.violations.push(`${what} got ${(error as Error).message}`);
        }
      }
    };
    await Promise.all(Array.from({ length: REPEATS_IN_FLIGHT }, resend));
  }

  private async work(service: Service, worker: Worker): Promise<void> {
    while (!this.stopping && !worker.open) {
      const operation = this.begin(worker.next());
      worker.open = operation;
      await this.send(service, operation, worker);
      if (operation.outcome === 'unknown') return;
      worker.open = undefined;
      if (worker.random.chance(0.2)) await this.look(service, worker);
    }
  }

  private begin(mutation: Mutation): Operation {
    const operation: Operation = {
      mutation,
      after: this.head,
      outcome: 'in flight',
      sequence: 0,
      digest: '',
      tries: 0,
    };
    this.operations.push(operation);
    return operation;
  }

  private async send(service: Service, operation: Operation, worker?: Worker): Promise<void> {
    const { mutation } = operation;
    operation.tries++;
    try {
      const reply = await service.mutate(mutation);
      operation.outcome = 'acknowledged';
      operation.sequence = reply.sequence;
      operation.digest = digestOf(reply.tasks);
      worker?.granted(mutation, reply);
      this.head = Math.max(this.head, reply.sequence);
      this.count('acknowledged');
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      operation.outcome = error.outcomeUnknown || error.turnedAway ? 'unknown' : 'refused';
      if (operation.outcome === 'unknown') return;
      if (this.allowed.includes(error.reason)) {
        this.count('turnedDown');
        await delay(REFUSED_PAUSE_MS);
      } else if (!worker?.mayBeRefused(mutation, error)) {
        this.violations.push(`${mutation.method}, sent ${operation.tries} times, was refused: ${error.message}`);
      }
    }
  }

  /** Reads a task of the worker's own, which nobody else changes, and the shared one. */
  private async look(service: Service, worker: Worker): Promise<void> {
    const own = worker.anyOwn();
    try {
      if (own) {
        const seen = await service.getTask(own.name);
        if (seen.etag !== own.etag) {
          this.violations.push(`${own.name} was acknowledged at ${own.etag}, a later read shows ${seen.etag}`);
        }
      }
      const seen = await service.getTask(SHARED);
      worker.sharedEtag = seen.etag;
      this.sightings.push({ name: seen.name, etag: seen.etag });
    } catch (error) {
      const gone = error instanceof CallFailed && (error.outcomeUnknown || error.turnedAway);
      if (error instanceof CallFailed && this.allowed.includes(error.reason)) this.count('turnedDown');
      else if (!gone) this.violations.push(`a read of ${own?.name ?? SHARED} failed: ${(error as Error).message}`);
    }
  }
}

/** One client: what it owns and what it asks next. */
class Worker {
  open: Operation | undefined;
  sharedEtag = '';
  private readonly own = new Map<string, Task>();
  private created = 0;

  constructor(
    private readonly index: number,
    readonly random: Random,
  ) {}

  anyOwn(): Task | undefined {
    return this.own.size === 0 ? undefined : this.random.pick([...this.own.values()]);
  }

  next(): Mutation {
    const requestId = this.random.uuid();
    const draw = this.random.below(100);
    const task = this.anyOwn();
    if (!task || draw < 35) return draw < 6 ? this.batch(requestId) : this.create(requestId);
    if (draw < 45 && this.sharedEtag !== '') return updateTask(requestId, SHARED, this.sharedEtag, this.title());
    const etag = this.random.chance(0.5) ? task.etag : '';
    if (task.deleteTime) return verb('undeleteTask', requestId, task, etag);
    if (draw < 70) {
      const immutable = task.state === SUCCEEDED || task.state === CANCELED;
      if (!immutable) return updateTask(requestId, task.name, etag, this.title());
    }
    if (draw < 75) return verb('deleteTask', requestId, task, etag);
    return verb(this.random.pick(VERBS.get(task.state) ?? (['deleteTask'] as const)), requestId, task, etag);
  }

  granted(mutation: Mutation, reply: Reply): void {
    if (mutation.method === 'updateTask' && mutation.request.task?.name === SHARED) {
      this.sharedEtag = reply.tasks[0]!.etag;
      return;
    }
    // The old task of a ReopenTask may have changed too: let it go.
    if (mutation.method === 'reopenTask') this.own.delete(mutation.request.name);
    // Parents of a batch stay untouched, so that no verb is refused for their children.
    const parents = new Set(reply.tasks.map(({ parent }) => parent));
    for (const task of reply.tasks) if (!parents.has(task.name)) this.own.set(task.name, task);
    for (const name of this.own.keys()) {
      if (this.own.size <= OWNED_MAX) break;
      this.own.delete(name);
    }
  }

  mayBeRefused(mutation: Mutation, error: CallFailed): boolean {
    const competes = mutation.method === 'updateTask' && mutation.request.task?.name === SHARED;
    if (competes) this.sharedEtag = '';
    return competes && error.reason === 'ETAG_MISMATCH';
  }

  private create(requestId: string): Mutation {
    this.created++;
    const id = this.random.chance(0.5) ? `w${this.index}-${this.created}` : '';
    return createTask(requestId, id, this.title(), this.description());
  }

  private batch(requestId: string): Mutation {
    const requests = Array.from({ length: 2 + this.random.below(4) }, (_, index) => {
      const parent = index === 0 ? '' : 'tasks/$first';
      return CreateTaskRequest.fromPartial({ ref: index === 0 ? 'first' : '', task: { title: this.title(), parent } });
    });
    return {
      method: 'batchCreateTasks',
      request: BatchCreateTasksRequest.fromPartial({ parent: PARENT, requests, requestId }),
    };
  }

  private title(): string {
    return `worker ${this.index}, ${this.random.below(1_000_000_000)}`;
  }

  private description(): string {
    if (!this.random.chance(LARGE_CHANCE)) return '';
    return String(this.random.below(10)).repeat(1 + this.random.below(LARGE_BYTES));
  }
}

const PENDING = 1;
const PAUSED = 5;
const SUCCEEDED = 6;
const FAILED = 7;
const CANCELED = 8;

type Verb = Exclude<Mutation['method'], 'createTask' | 'batchCreateTasks' | 'updateTask'>;

/** The legal verbs by state, from the comment of Task. */
const VERBS: ReadonlyMap<number, readonly Verb[]> = new Map<number, readonly Verb[]>([
  [PENDING, ['completeTask', 'completeTask', 'failTask', 'cancelTask', 'pauseTask']],
  [PAUSED, ['resumeTask', 'resumeTask', 'cancelTask']],
  [FAILED, ['retryTask']],
  [SUCCEEDED, ['reopenTask']],
  [CANCELED, ['reopenTask']],
]);

function createTask(requestId: string, taskId: string, title: string, description = ''): Mutation {
  const request = CreateTaskRequest.fromPartial({ parent: PARENT, taskId, requestId, task: { title, description } });
  return { method: 'createTask', request };
}

function updateTask(requestId: string, name: string, etag: string, title: string): Mutation {
  const updateMask = ['title', 'labels.round'];
  const task = { name, title, labels: new Map([['round', 'a']]) };
  return { method: 'updateTask', request: UpdateTaskRequest.fromPartial({ task, updateMask, etag, requestId }) };
}

function verb(method: Verb, requestId: string, task: Task, etag: string): Mutation {
  const { name } = task;
  const asked = { name, etag, requestId, validateOnly: false };
  switch (method) {
    case 'deleteTask':
    case 'undeleteTask':
      return { method, request: asked };
    case 'completeTask':
      return { method, request: { ...CompleteTaskRequest.fromPartial({}), ...asked, reason: 'done' } };
    case 'failTask':
      return {
        method,
        request: FailTaskRequest.fromPartial({ ...asked, error: { code: 'tests_failed', message: 'no' } }),
      };
    case 'cancelTask':
      return { method, request: { ...asked, reason: '', cascade: false, grace: undefined } };
    case 'reopenTask':
      return { method, request: { ...asked, reason: 'again', taskId: '' } };
    case 'pauseTask':
      return { method, request: { ...asked, reason: 'on demand', grace: undefined } };
    case 'resumeTask':
    case 'retryTask':
      return { method, request: { ...asked, reason: 'on demand' } };
  }
}
