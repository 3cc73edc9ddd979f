// What is done to one task: the verbs of holdfast.v1.TaskService that take a name and give the task back.

import type { EtagOptions } from './call-options';
import type { Method } from './connection';
import { durationOf } from './durations';
import type { JsonObject } from './fields';
import type { DependencyKind, Task } from './gen/holdfast/v1/task';
import type { InputAnswer, TaskError } from './gen/holdfast/v1/work';
import { DependencyKind as Kind } from './gen/holdfast/v1/task';
import { FailTaskRequest, ProvideInputRequest, TaskServiceService as Service } from './gen/holdfast/v1/task_service';
import type { CancelTaskResponse, DeepPartial } from './gen/holdfast/v1/task_service';
import { HolderVerbs } from './holder-verbs';
import { etagged } from './mutations';
import type { ReasonOptions } from './task-options';

/** How long the holder of a task has to stop by itself. */
interface GraceOptions {
  /** In milliseconds; 0 means now. Without it the ttl of its lease. */
  readonly graceMs?: number;
}

export class TaskVerbs extends HolderVerbs {
  /** Deletes a task; it can be undeleted until its purge time. */
  delete(task: string, options: EtagOptions = {}): Promise<Task> {
    return this.verb(Service.deleteTask, task, {}, options);
  }

  /** Brings a deleted task back. */
  undelete(task: string, options: EtagOptions = {}): Promise<Task> {
    return this.verb(Service.undeleteTask, task, {}, options);
  }

  /** Marks a task that nobody holds as done. */
  complete(task: string, options: ReasonOptions & { readonly result?: JsonObject } = {}): Promise<Task> {
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

  /** Gives a task up; with `cascade` its live children, and theirs, in the same commit. Holders get a directive first. */
  cancel(
    task: string,
    options: ReasonOptions & GraceOptions & { readonly cascade?: boolean } = {},
  ): Promise<CancelTaskResponse> {
    const { reason = '', cascade = false } = options;
    const grace = durationOf('graceMs', options.graceMs);
    const request = { ...etagged(options), name: this.nameOf(task), reason, cascade, grace };
    return this.connection.unary(Service.cancelTask, request, options);
  }

  /** Sets a task aside. Its holder gets a directive first. */
  pause(task: string, options: ReasonOptions & GraceOptions = {}): Promise<Task> {
    const grace = durationOf('graceMs', options.graceMs);
    return this.verb(Service.pauseTask, task, { reason: options.reason ?? '', grace }, options);
  }

  /** Answers the question of a task. */
  provideInput(task: string, answer: DeepPartial<InputAnswer>, options: EtagOptions = {}): Promise<Task> {
    const request = ProvideInputRequest.fromPartial({ answer });
    return this.verb(Service.provideInput, task, { answer: request.answer }, options);
  }

  /** Turns down what a task made that is VERIFYING: it is tried again. */
  reject(task: string, options: ReasonOptions = {}): Promise<Task> {
    return this.verb(Service.rejectTask, task, { reason: options.reason ?? '' }, options);
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
