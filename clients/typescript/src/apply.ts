// Many changes in one commit: named in order, each on what those before it left.

import type { MutationOptions } from './call-options';
import { bytesOf, savingOf } from './checkpoint-fields';
import type { SaveCheckpointOptions } from './checkpoint-fields';
import { durationOf } from './durations';
import { maskOf, taskOf } from './fields';
import type { JsonObject, TaskFields } from './fields';
import type { Position } from './gen/holdfast/v1/common';
import type { Note } from './gen/holdfast/v1/note';
import type { DependencyKind, Task } from './gen/holdfast/v1/task';
import { DependencyKind as Kind } from './gen/holdfast/v1/task';
import { Mutation } from './gen/holdfast/v1/task_service';
import type { ApplyMutationsResponse, DeepPartial, MutationResult } from './gen/holdfast/v1/task_service';
import type { InputRequest } from './gen/holdfast/v1/work';
import type { Held } from './holder-verbs';
import { nameIn, taskName } from './names';

/** What one mutation may ask for beside its change. */
export interface PlannedOptions {
  /** The etag that the task must have. */
  readonly etag?: string;
  /** Of a task that is held: its holder's token; with `complete` and `fail`. */
  readonly fencingToken?: number;
  /** Why, for people; with the verbs. */
  readonly reason?: string;
}

/** The same of a verb that no holder's token is for. */
type PlannedReason = Omit<PlannedOptions, 'fencingToken'>;

/** The changes of one commit. Each method adds one; a task may be named by its id or by what `create` gave. */
export interface PlannedChanges {
  /** Creates a task, and gives the name by which later changes of this commit, and its `Applied`, know it. */
  create(fields: TaskFields, options?: { readonly id?: string; readonly allowUnresolved?: boolean }): string;
  update(
    task: string,
    fields: TaskFields,
    options?: { readonly etag?: string; readonly updateMask?: readonly string[] },
  ): void;
  delete(task: string, options?: { readonly etag?: string }): void;
  undelete(task: string, options?: { readonly etag?: string }): void;
  complete(task: string, options?: PlannedOptions & { readonly result?: JsonObject }): void;
  fail(task: string, options?: PlannedOptions & { readonly error?: DeepPartial<NonNullable<Task['error']>> }): void;
  cancel(task: string, options?: PlannedReason): void;
  pause(task: string, options?: PlannedReason): void;
  resume(task: string, options?: PlannedReason): void;
  retry(task: string, options?: PlannedReason): void;
  reopen(task: string, options?: PlannedReason & { readonly id?: string }): void;
  /** Makes a task wait for another, or adds an edge of another kind. */
  addDependency(
    task: string,
    on: string,
    options?: { readonly kind?: DependencyKind; readonly etag?: string; readonly allowUnresolved?: boolean },
  ): void;
  removeDependency(
    task: string,
    on: string,
    options?: { readonly kind?: DependencyKind; readonly etag?: string },
  ): void;
  addNote(task: string, text: string, options?: { readonly author?: string }): void;
  /** Claims a task by name for the client's session. */
  claim(task: string, options?: { readonly etag?: string; readonly leaseTtlMs?: number }): void;
  release(held: Held, options?: { readonly reason?: string; readonly blockedBy?: readonly string[] }): void;
  requestInput(held: Held, input: DeepPartial<InputRequest>, options?: { readonly keepLease?: boolean }): void;
  putStep(held: Held, key: string, result: JsonObject): void;
  /** Saves a checkpoint of a session, of at most 64 KiB. */
  saveCheckpoint(session: string, data: Uint8Array | JsonObject, options?: PlannedCheckpoint): void;
  putMemory(
    namespace: string,
    key: string,
    value: JsonObject,
    options?: { readonly etag?: string; readonly ttlMs?: number },
  ): void;
}

type PlannedCheckpoint = Omit<SaveCheckpointOptions, keyof MutationOptions | 'session'>;

/** What came of a commit. */
export interface Applied {
  /** For each change what it is about, as the whole commit left it. */
  readonly results: readonly MutationResult[];
  readonly position: Position | undefined;
  /** The task that `create` of the plan gave this name. Throws for any other name. */
  taskOf(created: string): Task;
  /** The notes of the commit, in order. */
  readonly notes: readonly Note[];
}

type Case = NonNullable<DeepPartial<Mutation>['mutation']>;

export class Apply implements PlannedChanges {
  readonly mutations: Mutation[] = [];
  /** The index of each created task by its name in this commit. */
  private readonly created = new Map<string, number>();

  constructor(private readonly project: string) {}

  create(fields: TaskFields, { id = '', allowUnresolved = false } = {}): string {
    const ref = `n${this.mutations.length}`;
    this.created.set(`tasks/$${ref}`, this.mutations.length);
    this.add({ $case: 'createTask', value: { task: taskOf(fields), taskId: id, ref, allowUnresolved } });
    return `tasks/$${ref}`;
  }

  update(task: string, fields: TaskFields, options: { etag?: string; updateMask?: readonly string[] } = {}): void {
    const { etag = '', updateMask = maskOf(fields) } = options;
    const changed = { ...taskOf(fields), name: this.nameOf(task) };
    this.add({ $case: 'updateTask', value: { task: changed, updateMask: [...updateMask], etag } });
  }

  delete(task: string, { etag = '' } = {}): void {
    this.add({ $case: 'deleteTask', value: { name: this.nameOf(task), etag } });
  }

  undelete(task: string, { etag = '' } = {}): void {
    this.add({ $case: 'undeleteTask', value: { name: this.nameOf(task), etag } });
  }

  complete(task: string, { result, ...options }: Parameters<PlannedChanges['complete']>[1] = {}): void {
    this.add({ $case: 'completeTask', value: { name: this.nameOf(task), ...options, result } });
  }

  fail(task: string, { error, ...options }: Parameters<PlannedChanges['fail']>[1] = {}): void {
    this.add({ $case: 'failTask', value: { name: this.nameOf(task), ...options, error } });
  }

  cancel(task: string, options: PlannedReason = {}): void {
    this.add({ $case: 'cancelTask', value: { name: this.nameOf(task), ...options } });
  }

  pause(task: string, options: PlannedReason = {}): void {
    this.add({ $case: 'pauseTask', value: { name: this.nameOf(task), ...options } });
  }

  resume(task: string, options: PlannedReason = {}): void {
    this.add({ $case: 'resumeTask', value: { name: this.nameOf(task), ...options } });
  }

  retry(task: string, options: PlannedReason = {}): void {
    this.add({ $case: 'retryTask', value: { name: this.nameOf(task), ...options } });
  }

  reopen(task: string, { id = '', ...options }: PlannedReason & { id?: string } = {}): void {
    this.add({ $case: 'reopenTask', value: { name: this.nameOf(task), ...options, taskId: id } });
  }

  addDependency(
    task: string,
    on: string,
    { kind = Kind.BLOCKS, etag = '', allowUnresolved = false }: Parameters<PlannedChanges['addDependency']>[2] = {},
  ): void {
    const dependency = { task: this.nameOf(on), kind };
    this.add({ $case: 'addDependency', value: { name: this.nameOf(task), dependency, etag, allowUnresolved } });
  }

  removeDependency(
    task: string,
    on: string,
    { kind = Kind.UNSPECIFIED, etag = '' }: Parameters<PlannedChanges['removeDependency']>[2] = {},
  ): void {
    const dependency = { task: this.nameOf(on), kind };
    this.add({ $case: 'removeDependency', value: { name: this.nameOf(task), dependency, etag } });
  }

  addNote(task: string, text: string, { author = '' } = {}): void {
    this.add({ $case: 'addNote', value: { parent: this.nameOf(task), note: { text, author } } });
  }

  claim(task: string, { etag = '', leaseTtlMs }: { etag?: string; leaseTtlMs?: number } = {}): void {
    const leaseTtl = durationOf('leaseTtlMs', leaseTtlMs);
    this.add({ $case: 'claimTask', value: { name: this.nameOf(task), etag, leaseTtl } });
  }

  release(held: Held, options: { reason?: string; blockedBy?: readonly string[] } = {}): void {
    const blockedBy = (options.blockedBy ?? []).map((task) => this.nameOf(task));
    this.add({ $case: 'releaseTask', value: { ...this.hold(held), reason: options.reason, blockedBy } });
  }

  requestInput(held: Held, request: DeepPartial<InputRequest>, { keepLease = false } = {}): void {
    this.add({ $case: 'requestInput', value: { ...this.hold(held), request, keepLease } });
  }

  putStep(held: Held, key: string, result: JsonObject): void {
    this.add({ $case: 'putStep', value: { ...this.hold(held), step: { key, result } } });
  }

  saveCheckpoint(session: string, data: Uint8Array | JsonObject, options: PlannedCheckpoint = {}): void {
    const { bytes, mediaType } = bytesOf(data);
    const value = savingOf(this.project, nameIn(this.project, 'sessions', session), options, mediaType);
    this.add({ $case: 'saveCheckpoint', value: { ...value, checkpoint: { ...value.checkpoint, data: bytes } } });
  }

  putMemory(namespace: string, key: string, value: JsonObject, options: { etag?: string; ttlMs?: number } = {}): void {
    const memory = { namespace, key, value, ttl: durationOf('ttlMs', options.ttlMs) };
    this.add({ $case: 'putMemory', value: { memory, etag: options.etag } });
  }

  outcome({ results, position }: ApplyMutationsResponse): Applied {
    return {
      results,
      position,
      taskOf: (created) => {
        const result = results[this.created.get(created) ?? -1]?.result;
        if (result?.$case !== 'task') throw new RangeError(`${created} was not created by this commit`);
        return result.value;
      },
      notes: results.flatMap(({ result }) => (result?.$case === 'note' ? [result.value] : [])),
    };
  }

  private add(mutation: Case): void {
    this.mutations.push(Mutation.fromPartial({ mutation }));
  }

  private hold({ name, lease }: Held): { name: string; fencingToken: number } {
    return { name: this.nameOf(name), fencingToken: lease?.fencingToken ?? 0 };
  }

  private nameOf(task: string): string {
    return taskName(this.project, task);
  }
}
