// What the holder of a task does: the verbs of holdfast.v1.TaskService that carry a fencing token, and what they leave behind.

import type { MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { durationOf } from './durations';
import { taskOf } from './fields';
import type { JsonObject, TaskFields } from './fields';
import type { Task } from './gen/holdfast/v1/task';
import {
  CompleteTaskRequest,
  FailTaskRequest,
  HeartbeatTaskRequest,
  RequestInputRequest,
  TaskServiceService as Service,
} from './gen/holdfast/v1/task_service';
import type {
  CompleteTaskResponse,
  DeepPartial,
  GetStepsResponse,
  PutStepResponse,
} from './gen/holdfast/v1/task_service';
import type { Artifact, InputRequest, Step, TaskError, TaskProgress } from './gen/holdfast/v1/work';
import { mutation } from './mutations';
import { nameIn, taskName } from './names';
import { Pages } from './pages';

/** A task that is held, as a claim gives it. Its name, or id, and the token of its lease are looked at. */
export interface Held {
  readonly name: string;
  readonly lease?: { readonly fencingToken: number } | undefined;
}

/** What a task made. Its bytes, or where it is instead. */
export type ArtifactFields = Pick<DeepPartial<Artifact>, 'mediaType' | 'data' | 'uri' | 'digest' | 'sizeBytes'> & {
  readonly name: string;
};

/** A task to create with the completion of another. */
export interface FollowUp {
  readonly fields: TaskFields;
  readonly id?: string;
  /** Names it for later follow-ups, as `tasks/$REF`. */
  readonly ref?: string;
}

/** Which task to claim right after the one that is done. */
export interface ClaimNextOptions {
  /** Without it the queue of the task that is done. */
  readonly queue?: string;
  readonly capabilities?: readonly string[];
  readonly filter?: string;
  readonly leaseTtlMs?: number;
}

export interface CompleteHeldOptions extends MutationOptions {
  readonly reason?: string;
  readonly result?: JsonObject;
  readonly artifacts?: readonly ArtifactFields[];
  readonly followUps?: readonly FollowUp[];
  readonly claimNext?: ClaimNextOptions;
}

export interface FailHeldOptions extends MutationOptions {
  readonly reason?: string;
  readonly error?: DeepPartial<TaskError>;
  /** Do not try again, whatever the policy says. */
  readonly final?: boolean;
}

export interface ReleaseOptions extends MutationOptions {
  readonly reason?: string;
  /** Who gets it: a session, or an agent, to which it is assigned. */
  readonly handOverTo?: { readonly session: string } | { readonly agent: string };
  /** Tasks that must succeed first. */
  readonly blockedBy?: readonly string[];
}

export class HolderVerbs {
  constructor(protected readonly connection: Connection) {}

  /** The whole name of a task, from its id. For fields such as `parent` and `dependencies`, which take names. */
  nameOf(task: string): string {
    return taskName(this.connection.options.project, task);
  }

  /** Renews the lease, and tells how far its holder has come. The task brings what is wanted of it: `directive`. */
  async heartbeat(
    held: Held,
    options: MutationOptions & { readonly progress?: DeepPartial<TaskProgress> } = {},
  ): Promise<Task> {
    const { progress } = HeartbeatTaskRequest.fromPartial({ progress: options.progress });
    const request = { ...mutation(options), ...this.hold(held), progress };
    return (await this.connection.unary(Service.heartbeatTask, request, options)).task!;
  }

  /** Marks a held task as done; with what it made, what follows from it, and the next task, in one call. */
  async completeHeld(held: Held, options: CompleteHeldOptions = {}): Promise<CompleteTaskResponse> {
    const { reason = '', result, artifacts = [], followUps = [], claimNext } = options;
    const request = CompleteTaskRequest.fromPartial({
      ...this.hold(held),
      reason,
      artifacts: [...artifacts],
      followUps: followUps.map(({ fields, id = '', ref = '' }) => ({ task: taskOf(fields), taskId: id, ref })),
      claimNext: claimNext && {
        queue: claimNext.queue,
        capabilities: [...(claimNext.capabilities ?? [])],
        filter: claimNext.filter,
        leaseTtl: durationOf('leaseTtlMs', claimNext.leaseTtlMs),
      },
    });
    return this.connection.unary(Service.completeTask, { ...request, ...mutation(options), result }, options);
  }

  /** Says that a held task failed: it is tried again, or has FAILED. */
  async failHeld(held: Held, options: FailHeldOptions = {}): Promise<Task> {
    const { error } = FailTaskRequest.fromPartial({ error: options.error });
    const { reason = '', final = false } = options;
    const request = { ...mutation(options), ...this.hold(held), etag: '', reason, error, final };
    return (await this.connection.unary(Service.failTask, request, options)).task!;
  }

  /** Gives a held task back; it does not count as failed. */
  async release(held: Held, options: ReleaseOptions = {}): Promise<Task> {
    const { reason = '', handOverTo, blockedBy = [] } = options;
    const request = {
      ...mutation(options),
      ...this.hold(held),
      reason,
      handOverTo: handOverTo === undefined ? '' : this.recipientOf(handOverTo),
      blockedBy: blockedBy.map((task) => this.nameOf(task)),
    };
    return (await this.connection.unary(Service.releaseTask, request, options)).task!;
  }

  /** Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, unless it is kept. */
  async requestInput(
    held: Held,
    input: DeepPartial<InputRequest>,
    options: MutationOptions & { readonly keepLease?: boolean } = {},
  ): Promise<Task> {
    const { request: question } = RequestInputRequest.fromPartial({ request: input });
    const keepLease = options.keepLease ?? false;
    const request = { ...mutation(options), ...this.hold(held), request: question, keepLease };
    return (await this.connection.unary(Service.requestInput, request, options)).task!;
  }

  /** Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. */
  async acknowledgeDirective(held: Held, options: MutationOptions & { readonly reason?: string } = {}): Promise<Task> {
    const request = { ...mutation(options), ...this.hold(held), reason: options.reason ?? '' };
    return (await this.connection.unary(Service.acknowledgeDirective, request, options)).task!;
  }

  /** Keeps the result of a side effect by its key. One that is there already comes back, and this one is dropped. */
  putStep(held: Held, key: string, result: JsonObject, options: MutationOptions = {}): Promise<PutStepResponse> {
    const step = { key, result, createTime: undefined, attempt: 0, session: '' };
    const request = { ...mutation(options), ...this.hold(held), step };
    return this.connection.unary(Service.putStep, request, options);
  }

  /** The steps of a task, in the order in which they were kept. */
  steps(
    task: string,
    options: ReadOptions & { readonly keys?: readonly string[]; readonly pageSize?: number } = {},
  ): Pages<GetStepsResponse, Step> {
    const { keys = [], pageSize = 0, atLeast } = options;
    const request = { name: this.nameOf(task), keys: [...keys], pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.getSteps, { ...request, pageToken }, options),
      (page) => page.steps,
    );
  }

  /** Something that a task made, with its bytes. */
  async artifact(task: string, artifact: string, options: ReadOptions = {}): Promise<Artifact> {
    const request = { name: this.nameOf(task), artifact, atLeast: options.atLeast };
    return (await this.connection.unary(Service.getArtifact, request, options)).artifact!;
  }

  private hold(held: Held): { name: string; fencingToken: number } {
    const { name, lease } = held;
    if (lease === undefined) throw new TypeError(`${name} has no lease: pass the task as a claim gave it`);
    return { name: this.nameOf(name), fencingToken: lease.fencingToken };
  }

  private recipientOf(to: { readonly session: string } | { readonly agent: string }): string {
    const { project } = this.connection.options;
    return 'session' in to ? nameIn(project, 'sessions', to.session) : nameIn(project, 'agents', to.agent);
  }
}
