import type { Task } from '../gen/holdfast/v1/task';
import { TaskState } from '../gen/holdfast/v1/task';
import { isLive } from './derive';
import { QUEUES_MAX } from './limits';
import { formatProject } from './names';
import { Refusal } from './refusal';
import type { View } from './view';

/** How many more queues the projects of one command may have. */
export class QueueRoom {
  /** By project: queues that this command brings. */
  private fresh: Map<string, Set<string>> | undefined;

  constructor(private readonly view: View) {}

  /** A task is put. Refuses with QUOTA if it would bring its project one queue too many. */
  enterTask(project: string, before: Task | undefined, after: Task): void {
    if (!stands(after) || (before && before.queue === after.queue && stands(before))) return;
    this.enter(project, after.queue);
  }

  /** A queue gets settings, or a first task. Refuses with QUOTA if it is one too many. */
  enter(project: string, queue: string): void {
    if (this.view.hasQueue(project, queue)) return;
    this.fresh ??= new Map();
    const fresh = this.fresh.get(project) ?? new Set();
    this.fresh.set(project, fresh.add(queue));
    if (this.view.queueCount(project) + fresh.size > QUEUES_MAX) throw tooMany(project);
  }
}

/** Whether a task keeps its queue in being. */
function stands({ state, deleteTime }: Task): boolean {
  return !deleteTime && (isLive(state) || state === TaskState.FAILED);
}

function tooMany(project: string): Refusal {
  const name = formatProject(project);
  return new Refusal(
    'QUOTA',
    `${name} has ${QUEUES_MAX} queues that have settings, or tasks that are live or FAILED, and no more are allowed: take one of those`,
    { metadata: { limit: String(QUEUES_MAX) }, resource: { type: 'project', name } },
  );
}
