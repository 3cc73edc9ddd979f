// What is done to one task: the verbs of holdfast.v1.TaskService that take a name and give the task back.

import type { EtagOptions, MutationOptions } from './call-options';
import type { Connection, Method } from './connection';
import type { DependencyKind, Task } from './gen/holdfast/v1/task';
import type { TaskError } from './gen/holdfast/v1/work';
import { DependencyKind as Kind } from './gen/holdfast/v1/task';
import { FailTaskRequest, TaskServiceService as Service } from './gen/holdfast/v1/task_service';
import type { CancelTaskResponse, DeepPartial } from './gen/holdfast/v1/task_service';
import { taskName } from './names';
import type { ReasonOptions } from './task-options';

export class TaskVerbs {
  constructor(protected readonly connection: Connection) {}

  /** The whole name of a task, from its id. For fields such as `parent` and `dependencies`, which take names. */
  nameOf(task: string): string {
    return taskName(this.connection.options.project, task);
  }

  /** Deletes a task; it can be undeleted until its purge time. */
  delete(task: string, options: EtagOptions = {}): Promise<Task> {
    return this.verb(Service.deleteTask, task, {}, options);
  }

  /** Brings a deleted task back. */
  undelete(task: string, options: EtagOptions = {}): Promise<Task> {
    return this.verb(Service.undeleteTask, task, {}, options);
  }

  /** Marks a task that nobody holds as done. */
  complete(
    task: string,
    options: ReasonOptions & { readonly result?: { readonly [key: string]: unknown } } = {},
  ): Promise<Task> {
    const { reason = '', result } = options;
    const unheld = { fencingToken: 0, artifacts: [], followUps: [], claimNext: undefined };
    return this.verb(Service.completeTask, task, { ...unheld, reason, result }, options);
  }

  /** Marks a task that nobody holds as failed. */
  fail(task: string, options: ReasonOptions & { readonly error?: DeepPartial<TaskError> } = {}): Promise<Task> {
    const { error } = FailTaskRequest.fromPartial({ error: options.error });
    return this.verb(
      Service.failTask,
      task,
      { reason: options.reason ?? '', error, fencingToken: 0, final: false },
      options,
    );
  }

  /** Gives a task up; with `cascade` its live children, and theirs, in the same commit. */
  cancel(task: string, options: ReasonOptions & { readonly cascade?: boolean } = {}): Promise<CancelTaskResponse> {
    const { reason = '', cascade = false } = options;
    const request = { ...etagged(options), name: this.nameOf(task), reason, cascade, grace: undefined };
    return this.connection.unary(Service.cancelTask, request, options);
  }

  /** Sets a task aside. */
  pause(task: string, options: ReasonOptions = {}): Promise<Task> {
    return this.verb(Service.pauseTask, task, { reason: options.reason ?? '', grace: undefined }, options);
  }

  /** Takes a paused task up again, in the state that it had. */
  resume(task: string, options: ReasonOptions = {}): Promise<Task> {
    return this.verb(Service.resumeTask, task, { reason: options.reason ?? '' }, options);
  }

  /** Makes a failed task pending again. */
  retry(task: string, options: ReasonOptions = {}): Promise<Task> {
    return this.verb(Service.retryTask, task, { reason: options.reason ?? '' }, options);
  }

  /** Makes a successor of a task that has SUCCEEDED or was CANCELED, and gives the successor. */
  reopen(task: string, options: ReasonOptions & { readonly id?: string } = {}): Promise<Task> {
    return this.verb(Service.reopenTask, task, { reason: options.reason ?? '', taskId: options.id ?? '' }, options);
  }

  /** Makes a task wait for another, or adds an edge of another kind. */
  addDependency(
    task: string,
    on: string,
    options: EtagOptions & { readonly kind?: DependencyKind; readonly allowUnresolved?: boolean } = {},
  ): Promise<Task> {
    const dependency = { task: this.nameOf(on), kind: options.kind ?? Kind.BLOCKS };
    const fields = { dependency, allowUnresolved: options.allowUnresolved ?? false };
    return this.verb(Service.addDependency, task, fields, options);
  }

  /** Removes an edge; without a kind every edge to that task. */
  removeDependency(
    task: string,
    on: string,
    options: EtagOptions & { readonly kind?: DependencyKind } = {},
  ): Promise<Task> {
    const dependency = { task: this.nameOf(on), kind: options.kind ?? Kind.UNSPECIFIED };
    return this.verb(Service.removeDependency, task, { dependency }, options);
  }

  private async verb<Fields extends object>(
    method: Method<Fields & Verb, { task: Task | undefined }>,
    task: string,
    fields: Fields,
    options: EtagOptions,
  ): Promise<Task> {
    const request = { ...fields, ...etagged(options), name: this.nameOf(task) };
    return (await this.connection.unary(method, request, options)).task!;
  }
}

interface Verb {
  name: string;
  etag: string;
  requestId: string;
  validateOnly: boolean;
}

/** The fields that every mutation has. The connection gives a request id to one that has none. */
export function mutation({
  requestId = '',
  validateOnly = false,
}: MutationOptions): Pick<Verb, 'requestId' | 'validateOnly'> {
  return { requestId, validateOnly };
}

/** The fields that every mutation of one entity has. */
export function etagged(options: EtagOptions): Omit<Verb, 'name'> {
  return { ...mutation(options), etag: options.etag ?? '' };
}
