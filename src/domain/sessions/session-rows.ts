import { EntityKind, SessionTasks, SessionWork } from '../../gen/holdfast/journal/v1/journal';
import type { SessionTask } from '../../gen/holdfast/journal/v1/journal';
import type { Session } from '../../gen/holdfast/v1/session';
import { SessionState } from '../../gen/holdfast/v1/session';
import { millisecondsIn } from '../duration';
import type { ChangedRow, StoredImage } from '../graph-rows';
import { SESSION_KEPT_MS, SESSION_TASKS_CHUNK, SESSION_TASKS_MAX } from '../limits';
import { formatTask } from '../names';
import { Refusal } from '../refusal';
import { imageOf } from '../row-image';

/** How much later than its ttl something ends: renewals are written down a tenth of a ttl apart, and none may be lost by that. */
const COALESCING = 10;

/** When something ends that was renewed then, in milliseconds since 1970; 0 for never. */
export function endMs(renewedMs: number, ttlMs: number): number {
  return ttlMs === 0 ? 0 : renewedMs + ttlMs + Math.ceil(ttlMs / COALESCING);
}

/** How old a renewal must be to be written down again, for something with this ttl; 0 for one without. */
export function renewEveryMs(ttlMs: number): number {
  return Math.floor(ttlMs / COALESCING);
}

/** When a timer must look at a session: its loss, the end of its grace, its purge. 0 for never. */
export function sessionDueMs({ state, ttl }: Session, work: SessionWork, bootMs: number): number {
  if (state === SessionState.ACTIVE) return endMs(Math.max(work.renewedMs, bootMs), millisecondsIn(ttl));
  if (!work.letGo) return graceEndMs(ttl, work, bootMs);
  return work.endedMs + SESSION_KEPT_MS;
}

/** When what a LOST session holds goes back to everybody. */
export function graceEndMs(ttl: Session['ttl'], { endedMs }: SessionWork, bootMs: number): number {
  return Math.max(endedMs, bootMs) + millisecondsIn(ttl);
}

interface WorkCopy {
  readonly project: string;
  readonly id: string;
  readonly stored: Uint8Array | undefined;
  readonly work: SessionWork;
}

interface ChunkCopy {
  readonly project: string;
  readonly id: string;
  readonly existed: boolean;
  readonly tasks: SessionTask[];
  changed: boolean;
}

/**
 * The rows of sessions that one command touches, as working copies that are written once, at its end.
 *
 * Z1. A task that a session holds stands in exactly one of its chunks, and the task's own row says in which.
 * Z2. `task_chunks` counts the tasks of each chunk, those that were left too.
 */
export class SessionRows {
  private readonly works = new Map<string, WorkCopy>();
  private readonly chunks = new Map<string, ChunkCopy>();

  constructor(private readonly stored: StoredImage) {}

  /** What a session is and has, to be changed in place. Whoever changes what its time depends on sets `dueMs`. */
  work(project: string, id: string): SessionWork {
    const key = `${project}/${id}`;
    let copy = this.works.get(key);
    if (!copy) {
      const stored = this.stored(EntityKind.SESSION_WORK, project, id);
      copy = { project, id, stored, work: stored ? SessionWork.decode(stored) : SessionWork.fromPartial({}) };
      this.works.set(key, copy);
    }
    return copy.work;
  }

  /** Takes a task into a session's hands, and gives the chunk in which it stands. Refuses with QUOTA above 1000 tasks. */
  hold(project: string, session: string, task: string, token: number): number {
    const work = this.work(project, session);
    const { taskChunks } = work;
    let free = taskChunks.findIndex((size) => size < SESSION_TASKS_CHUNK);
    if (free < 0) free = taskChunks.length;
    if (free * SESSION_TASKS_CHUNK >= SESSION_TASKS_MAX || this.count(project, session) >= SESSION_TASKS_MAX) {
      throw tooMany(session);
    }
    taskChunks[free] = (taskChunks[free] ?? 0) + 1;
    forgetLoss(work, project, task);
    const chunk = this.chunk(project, session, free);
    chunk.tasks.push({ task, token, left: false });
    chunk.changed = true;
    return free;
  }

  /** Takes a task out of a session's hands: for good, or as one that it has left and that a successor may take up again. */
  drop(project: string, session: string, number: number, task: string, left: boolean): void {
    const chunk = this.chunk(project, session, number);
    const at = chunk.tasks.findIndex((each) => each.task === task);
    if (at < 0) return;
    chunk.changed = true;
    if (left) {
      chunk.tasks[at]!.left = true;
      return;
    }
    chunk.tasks.splice(at, 1);
    const { taskChunks } = this.work(project, session);
    taskChunks[number]!--;
    while (taskChunks.at(-1) === 0) taskChunks.pop();
  }

  /** All tasks that a session holds or has left, in the order of its chunks. */
  tasks(project: string, session: string): readonly (SessionTask & { readonly chunk: number })[] {
    return this.work(project, session).taskChunks.flatMap((_, chunk) =>
      this.chunk(project, session, chunk).tasks.map((task) => ({ ...task, chunk })),
    );
  }

  /** How many tasks a session holds or has left. */
  count(project: string, session: string): number {
    return this.work(project, session).taskChunks.reduce((sum, size) => sum + size, 0);
  }

  /** The session is purged: none of its rows stays. */
  remove(project: string, session: string): void {
    const copy = this.work(project, session);
    copy.taskChunks.forEach((_, chunk) => {
      const rows = this.chunk(project, session, chunk);
      rows.tasks.length = 0;
      rows.changed = true;
    });
    Object.assign(copy, SessionWork.fromPartial({}));
  }

  /** The rows that changed. */
  *changed(): Iterable<ChangedRow> {
    for (const { project, id, existed, tasks, changed } of this.chunks.values()) {
      if (!changed || (tasks.length === 0 && !existed)) continue;
      const image = tasks.length > 0 ? imageOf(SessionTasks, { tasks }) : undefined;
      yield { kind: EntityKind.SESSION_TASKS, project, id, image };
    }
    for (const { project, id, stored, work } of this.works.values()) {
      const image = imageOf(SessionWork, work);
      if (image.equals(stored ?? EMPTY)) continue;
      yield { kind: EntityKind.SESSION_WORK, project, id, image: image.length > 0 ? image : undefined };
    }
  }

  private chunk(project: string, session: string, number: number): ChunkCopy {
    const id = `${session}/${number}`;
    const key = `${project}/${id}`;
    let copy = this.chunks.get(key);
    if (!copy) {
      const image = this.stored(EntityKind.SESSION_TASKS, project, id);
      copy = {
        project,
        id,
        existed: image !== undefined,
        tasks: image ? SessionTasks.decode(image).tasks : [],
        changed: false,
      };
      this.chunks.set(key, copy);
    }
    return copy;
  }
}

const EMPTY = Buffer.alloc(0);

/** A session that has a task again is not told any more that it lost it. */
function forgetLoss(work: SessionWork, project: string, task: string): void {
  if (work.toldLosses.length > 0) work.toldLosses = work.toldLosses.filter((loss) => loss.task !== task);
  if (work.lostTasks.length === 0) return;
  const name = formatTask(project, task);
  work.lostTasks = work.lostTasks.filter((lost) => lost !== name);
}

function tooMany(session: string): Refusal {
  const message = `${session} holds or has left ${SESSION_TASKS_MAX} tasks, which is the most: complete or release some first`;
  return new Refusal('QUOTA', message, { metadata: { limit: String(SESSION_TASKS_MAX) } });
}
