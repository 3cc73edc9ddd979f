// The tasks of a server. Each method is one RPC of holdfast.v1.TaskService, whose comments are its manual.

import { Apply } from './apply';
import type { Applied, PlannedChanges } from './apply';
import { bulkChangeOf } from './bulk';
import type { BulkChange } from './bulk';
import type { EtagOptions, MutationOptions, ReadOptions } from './call-options';
import { durationOf, timeoutOfWait } from './durations';
import { mapOf, maskOf, taskOf } from './fields';
import type { TaskFields } from './fields';
import type { Note } from './gen/holdfast/v1/note';
import type { Operation } from './gen/holdfast/v1/operation';
import type { Task } from './gen/holdfast/v1/task';
import {
  ClaimTaskRequest,
  CreateTaskRequest,
  GetTaskGraphRequest,
  ListTasksRequest,
} from './gen/holdfast/v1/task_service';
import { TaskServiceService as Service } from './gen/holdfast/v1/task_service';
import type {
  BulkChangeTasksResponse,
  ClaimTaskResponse,
  GetTaskGraphResponse,
  ListNotesResponse,
  ListTaskRevisionsResponse,
  ListTasksResponse,
} from './gen/holdfast/v1/task_service';
import type { View } from './gen/holdfast/v1/common';
import { importTasks } from './import-tasks';
import type { ImportedTaskFields, ImportOptions, ImportProgress } from './import-tasks';
import { etagged, mutation } from './mutations';
import { projectName } from './names';
import { Pages } from './pages';
import { TaskVerbs } from './task-verbs';
import type {
  ClaimOptions,
  CreateOptions,
  GetOptions,
  GraphOptions,
  ListOptions,
  PageOptions,
  UpdateOptions,
} from './task-options';

/** Wherever a method takes a task, its id is enough: `t7`, `external:ABC-1`, or the whole name. */
export class Tasks extends TaskVerbs {
  /** Creates a task. */
  async create(fields: TaskFields, options: CreateOptions = {}): Promise<Task> {
    const request: CreateTaskRequest = {
      ...mutation(options),
      parent: this.parentOf(options.project),
      task: taskOf(fields),
      taskId: options.id ?? '',
      ref: '',
      allowUnresolved: options.allowUnresolved ?? false,
    };
    const { task } = await this.connection.unary(Service.createTask, request, options);
    return task!;
  }

  /** Creates up to 1000 tasks in one commit: all or none. `ref` names one for later ones, as `tasks/$REF`. */
  async createBatch(
    tasks: readonly { readonly fields: TaskFields; readonly id?: string; readonly ref?: string }[],
    options: CreateOptions = {},
  ): Promise<Task[]> {
    const requests = tasks.map(({ fields, id = '', ref = '' }) =>
      CreateTaskRequest.fromPartial({
        task: taskOf(fields),
        taskId: id,
        ref,
        allowUnresolved: options.allowUnresolved ?? false,
      }),
    );
    const request = { ...mutation(options), parent: this.parentOf(options.project), requests };
    return (await this.connection.unary(Service.batchCreateTasks, request, options)).tasks;
  }

  /** Claims a task by name for the client's session. */
  async claim(task: string, options: EtagOptions & { readonly leaseTtlMs?: number } = {}): Promise<Task> {
    const leaseTtl = durationOf('leaseTtlMs', options.leaseTtlMs);
    const request = ClaimTaskRequest.fromPartial({ ...etagged(options), name: this.nameOf(task), leaseTtl });
    return (await this.connection.unary(Service.claimTask, request, options)).tasks[0]!;
  }

  /** Claims the next ready tasks of a queue for the client's session, waiting for the first if asked to. `empty` says why there is none. */
  claimNext(options: ClaimOptions = {}): Promise<ClaimTaskResponse> {
    const { waitMs, leaseTtlMs, queue, filter, maxTasks } = options;
    const request = ClaimTaskRequest.fromPartial({
      ...mutation(options),
      parent: this.parentOf(options.project),
      queue,
      capabilities: [...(options.capabilities ?? [])],
      filter,
      maxTasks,
      wait: durationOf('waitMs', waitMs),
      leaseTtl: durationOf('leaseTtlMs', leaseTtlMs),
    });
    const timeoutMs = timeoutOfWait(waitMs ?? 0, this.connection.options.timeoutMs);
    return this.connection.unary(Service.claimTask, request, { ...options, timeoutMs });
  }

  /** A task as it is, or as it was at a past revision. A deleted one is there until it is purged. */
  async get(task: string, options: GetOptions = {}): Promise<Task> {
    const { revision = 0, view = 0, atLeast } = options;
    const request = { name: this.nameOf(task), revision, view, atLeast };
    return (await this.connection.unary(Service.getTask, request, options)).task!;
  }

  /** Changes the fields that are given; one that is given empty is cleared. `labels` and `annotations` are replaced whole. */
  async update(task: string, fields: TaskFields, options: UpdateOptions = {}): Promise<Task> {
    const request = {
      ...etagged(options),
      task: { ...taskOf(fields), name: this.nameOf(task) },
      updateMask: [...(options.updateMask ?? maskOf(fields))],
    };
    return (await this.connection.unary(Service.updateTask, request, options)).task!;
  }

  /** The tasks that meet all conditions. */
  list(options: ListOptions = {}): Pages<ListTasksResponse, Task> {
    const { labels, parentTask, project, signal, timeoutMs, metadata, ...conditions } = options;
    const request = ListTasksRequest.fromPartial({
      ...conditions,
      states: [...(conditions.states ?? [])],
      parent: this.parentOf(project),
      parentTask: parentTask === undefined ? '' : this.nameOf(parentTask),
    });
    request.labels = mapOf(labels);
    return new Pages(
      (pageToken) =>
        this.connection.unary(Service.listTasks, { ...request, pageToken }, { signal, timeoutMs, metadata }),
      (page) => page.tasks,
    );
  }

  /** The past forms of a task, newest first. */
  revisions(
    task: string,
    options: PageOptions & { readonly view?: View } = {},
  ): Pages<ListTaskRevisionsResponse, Task> {
    const { pageSize = 0, view = 0, atLeast } = options;
    const request = { name: this.nameOf(task), pageSize, view, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listTaskRevisions, { ...request, pageToken }, options),
      (page) => page.revisions,
    );
  }

  /** The tasks around a task, with the edges between them. Without a task: those of the project that have no parent, and theirs. */
  graph(task: string | undefined, options: GraphOptions = {}): Promise<GetTaskGraphResponse> {
    const { depth, nodesMax, direction, kinds = [], withoutChildren, liveOnly, atLeast } = options;
    const name = task === undefined ? this.parentOf(undefined) : this.nameOf(task);
    const request = GetTaskGraphRequest.fromPartial({
      name,
      depth,
      nodesMax,
      direction,
      withoutChildren,
      liveOnly,
      atLeast,
    });
    return this.connection.unary(Service.getTaskGraph, { ...request, kinds: [...kinds] }, options);
  }

  /** Does any number of changes in one commit, all or none: `plan` names them in order. */
  async apply(
    plan: (changes: PlannedChanges) => void,
    options: MutationOptions & { readonly project?: string } = {},
  ): Promise<Applied> {
    const apply = new Apply(options.project ?? this.connection.options.project);
    plan(apply);
    const request = { ...mutation(options), parent: this.parentOf(options.project), mutations: apply.mutations };
    return apply.outcome(await this.connection.unary(Service.applyMutations, request, options));
  }

  /** Does one thing to every task that a filter selects. The operation goes on without this client; `operations.wait` waits for it. */
  async bulk(
    filter: string,
    change: BulkChange,
    options: Omit<MutationOptions, 'validateOnly'> & { readonly project?: string } = {},
  ): Promise<Operation> {
    const request = {
      ...mutation(options),
      parent: this.parentOf(options.project),
      filter,
      change: bulkChangeOf(change),
    };
    return (await this.connection.unary(Service.bulkChangeTasks, request, options)).operation!;
  }

  /** What `bulk` would do, without doing it: how many tasks the filter selects now, and the first of them. */
  previewBulk(
    filter: string,
    change: BulkChange,
    options: ReadOptions & { readonly project?: string } = {},
  ): Promise<BulkChangeTasksResponse> {
    const parent = this.parentOf(options.project);
    const request = { ...mutation({ validateOnly: true }), parent, filter, change: bulkChangeOf(change) };
    return this.connection.unary(Service.bulkChangeTasks, request, options);
  }

  /** Says something about a task. */
  async addNote(
    task: string,
    text: string,
    options: MutationOptions & { readonly author?: string } = {},
  ): Promise<Note> {
    const note = { name: '', text, author: options.author ?? '', createTime: undefined, creator: '' };
    const request = { ...mutation(options), parent: this.nameOf(task), note };
    return (await this.connection.unary(Service.addNote, request, options)).note!;
  }

  /** What was said about a task, oldest first; about all tasks of the project without one. */
  notes(task?: string, options: PageOptions = {}): Pages<ListNotesResponse, Note> {
    const { pageSize = 0, atLeast } = options;
    const request = { parent: this.nameOf(task ?? '-'), pageSize, atLeast };
    return new Pages(
      (pageToken) => this.connection.unary(Service.listNotes, { ...request, pageToken }, options),
      (page) => page.notes,
    );
  }

  /**
   * Takes tasks over from elsewhere, parents before their children, and says after each step how it stands. A connection that
   * breaks is mended; whoever dies begins again with the same `importId`.
   */
  import(
    tasks: Iterable<ImportedTaskFields> | AsyncIterable<ImportedTaskFields>,
    options: ImportOptions = {},
  ): AsyncGenerator<ImportProgress, void, undefined> {
    return importTasks(this.connection, this.parentOf(options.project), tasks, options);
  }

  private parentOf(project: string | undefined): string {
    return projectName(project ?? this.connection.options.project);
  }
}
