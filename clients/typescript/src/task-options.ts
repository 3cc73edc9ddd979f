// What callers may say about tasks, beside the tasks themselves.

import type { EtagOptions, MutationOptions, ReadOptions } from './call-options';
import type { StringMap } from './fields';
import type { View } from './gen/holdfast/v1/common';
import type { GetTaskGraphRequest, ListTasksRequest } from './gen/holdfast/v1/task_service';

export interface CreateOptions extends MutationOptions {
  /** Its id; without one the server gives a short one: t1, t2, … */
  readonly id?: string;
  /** The project, instead of the client's own. */
  readonly project?: string;
  /** Keep edges to tasks that do not exist, instead of refusing with `NOT_FOUND`. */
  readonly allowUnresolved?: boolean;
}

export interface GetOptions extends ReadOptions {
  /** A past revision; without it the present one. */
  readonly revision?: number;
  readonly view?: View;
}

export interface UpdateOptions extends EtagOptions {
  /** The fields to change, in the words of the protos. Without it: those that are given, so that an empty one is cleared. */
  readonly updateMask?: readonly string[];
}

export interface ReasonOptions extends EtagOptions {
  /** Why, for people. */
  readonly reason?: string;
}

/** What ListTasksRequest takes; all conditions must hold. */
export interface ListOptions
  extends
    ReadOptions,
    Pick<
      Partial<ListTasksRequest>,
      'states' | 'assignee' | 'queue' | 'showDeleted' | 'view' | 'filter' | 'orderBy' | 'explain' | 'pageSize'
    > {
  /** The project, instead of the client's own; `-` for all. */
  readonly project?: string;
  /** Only the children of this task. */
  readonly parentTask?: string;
  /** Only tasks with all of these labels; an empty value means any value of that key. */
  readonly labels?: StringMap;
}

export interface PageOptions extends ReadOptions {
  /** How many a page; the number of items is not bounded by it. */
  readonly pageSize?: number;
}

/** What GetTaskGraphRequest takes. */
export interface GraphOptions
  extends
    ReadOptions,
    Pick<Partial<GetTaskGraphRequest>, 'depth' | 'nodesMax' | 'direction' | 'kinds' | 'withoutChildren' | 'liveOnly'> {}

/** Which tasks to claim, and for how long. */
export interface ClaimOptions extends Omit<MutationOptions, 'timeoutMs'> {
  /** Without it `default`. */
  readonly queue?: string;
  /** What the claimer can do: tasks that require more are left to others. */
  readonly capabilities?: readonly string[];
  /** Only tasks that this selects. */
  readonly filter?: string;
  /** At most so many; without it one. */
  readonly maxTasks?: number;
  /** How long to wait for the first one, in milliseconds; at most 10 minutes. Without it not at all. */
  readonly waitMs?: number;
  /** A ttl of the lease's own, in milliseconds. Without it the task's, else its queue's, else the lease lives with the session. */
  readonly leaseTtlMs?: number;
  /** The project, instead of the client's own. */
  readonly project?: string;
}
