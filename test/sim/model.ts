// What the engine must do, in some fifty lines: tasks, their revisions, what blocks them, request ids and events.

import { TaskState } from '../../src/gen/holdfast/v1/task';

const { PENDING, PAUSED, SUCCEEDED, FAILED, CANCELED } = TaskState;

export type Verb = 'update' | 'complete' | 'fail' | 'cancel' | 'pause' | 'resume' | 'retry' | 'delete' | 'undelete';

/** What is asked. `etag` compares the task's present etag. */
export type Asked =
  | { readonly kind: 'create'; readonly id: string; readonly title: string }
  | { readonly kind: 'block'; readonly id: string; readonly by: string; readonly etag: 'any' | 'right' | 'stale' }
  | { readonly kind: Verb; readonly id: string; readonly title: string; readonly etag: 'any' | 'right' | 'stale' };

export interface ModelTask {
  readonly id: string;
  readonly title: string;
  readonly state: TaskState;
  readonly deleted: boolean;
  readonly revision: number;
  /** The ids of the tasks that it has BLOCKS edges to. */
  readonly blockers: readonly string[];
}

const table: Readonly<Record<Verb, { from: readonly TaskState[]; to?: TaskState; event: string }>> = {
  update: { from: [PENDING, PAUSED, FAILED], event: 'task.updated' },
  complete: { from: [PENDING], to: SUCCEEDED, event: 'task.completed' },
  fail: { from: [PENDING], to: FAILED, event: 'task.failed' },
  cancel: { from: [PENDING, PAUSED], to: CANCELED, event: 'task.canceled' },
  pause: { from: [PENDING], to: PAUSED, event: 'task.paused' },
  resume: { from: [PAUSED], to: PENDING, event: 'task.resumed' },
  retry: { from: [FAILED], to: PENDING, event: 'task.retried' },
  delete: { from: [PENDING, PAUSED, SUCCEEDED, FAILED, CANCELED], event: 'task.deleted' },
  undelete: { from: [PENDING, PAUSED, SUCCEEDED, FAILED, CANCELED], event: 'task.undeleted' },
};

export class Model {
  readonly tasks = new Map<string, ModelTask>();
  readonly events: string[] = [];
  private given = 0;

  /** The task after it, or the reason of the refusal. */
  apply(asked: Asked): ModelTask | string {
    if (asked.kind === 'create') {
      const id = asked.id === '' ? `t${this.given + 1}` : asked.id;
      if (this.tasks.has(id)) return 'ALREADY_EXISTS';
      if (asked.id === '') this.given++;
      return this.put(
        { id, title: asked.title, state: PENDING, deleted: false, revision: 1, blockers: [] },
        'task.created',
      );
    }
    const task = this.tasks.get(asked.id);
    if (!task || (task.deleted && asked.kind !== 'undelete')) return 'NOT_FOUND';
    if (asked.etag === 'stale') return 'ETAG_MISMATCH';
    if (asked.kind === 'block') return this.block(task, asked.by);
    const { from, to, event } = table[asked.kind];
    const legal = asked.kind === 'undelete' ? task.deleted : from.includes(task.state);
    if (!legal) return 'ILLEGAL_TRANSITION';
    const title = asked.kind === 'update' ? asked.title : task.title;
    const deleted = asked.kind === 'delete';
    return this.put({ ...task, title, deleted, state: to ?? task.state, revision: task.revision + 1 }, event);
  }

  /** Whether a task has a blocker that has not SUCCEEDED. */
  held({ blockers }: ModelTask): boolean {
    return blockers.some((id) => this.tasks.get(id)!.state !== SUCCEEDED);
  }

  private block(task: ModelTask, by: string): ModelTask | string {
    if (!table.update.from.includes(task.state)) return 'ILLEGAL_TRANSITION';
    if (!this.tasks.has(by)) return 'NOT_FOUND';
    if (task.blockers.includes(by)) return 'ALREADY_EXISTS';
    if (this.waits(by, task.id)) return 'DEPENDENCY_CYCLE';
    const blockers = [...task.blockers, by];
    return this.put({ ...task, blockers, revision: task.revision + 1 }, 'task.updated');
  }

  private waits(from: string, to: string): boolean {
    return from === to || this.tasks.get(from)!.blockers.some((next) => this.waits(next, to));
  }

  private put(task: ModelTask, event: string): ModelTask {
    this.tasks.set(task.id, task);
    this.events.push(`${event} ${task.id} ${task.revision}`);
    return task;
  }
}
