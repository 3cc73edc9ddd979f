import type { Change } from '../gen/holdfast/journal/v1/journal';
import { EntityKind, EventType } from '../gen/holdfast/journal/v1/journal';
import { Project } from '../gen/holdfast/v1/project';
import { Session } from '../gen/holdfast/v1/session';
import { Task, TaskState } from '../gen/holdfast/v1/task';
import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { changedPaths } from './changed-paths';
import type { Caller, Decision, DecisionContext } from './command';
import { isLive } from './derive';
import { GraphRows } from './graph-rows';
import type { LocksView } from './locks/held-locks';
import { indexedOf } from './indexed';
import { LaidRows } from './laid-rows';
import { PROJECT_BYTES_MAX, TASK_BYTES_MAX } from './limits';
import { formatProject, formatTask, isGivenTaskId, taskIdIn } from './names';
import { QueueRoom } from './queue-room';
import { checkRecordBytes, checkReplyBytes, sized } from './record-size';
import { imageOf } from './row-image';
import type { ActingSession } from './sessions/acting-session';
import { SessionRows } from './sessions/session-rows';
import { timestampOf } from './timestamp';
import type { View } from './view';
import { WorkRows } from './work/work-rows';

/**
 * What one command sees and does: the view with the command's own changes over it (`laid-rows`).
 *
 * What follows from tasks for their neighbours (counts of live children and of open blockers, and whether a task is held back)
 * is worked out here from the tasks that are put: no rule keeps it by hand. Live children count by the name in `Task.parent`,
 * whether or not a task of that name exists at the moment.
 */
export class Draft {
  readonly now: Timestamp;
  /** Levels of parents above and including a task, as far as this command looked. */
  readonly depths = new Map<string, number>();
  /** Tasks that this command's searches for cycles have visited. */
  cycleNodes = 0;
  /** What is known about tasks' neighbours. */
  readonly graphs: GraphRows;
  /** The session that acts; undefined for none. */
  acting: ActingSession | undefined;
  /** How many more queues there may be. */
  readonly queueRoom: QueueRoom;
  private readonly rows: LaidRows;
  private worksMade: WorkRows | undefined;
  private sessionsMade: SessionRows | undefined;
  private readonly externalIds = new Map<string, string>();
  private readonly claimed = new Map<string, number>();
  private readonly nextTaskNumbers = new Map<string, number>();

  constructor(
    private readonly view: View,
    readonly caller: Caller,
    readonly context: DecisionContext,
  ) {
    this.now = timestampOf(context.nowMs);
    this.queueRoom = new QueueRoom(view);
    this.rows = new LaidRows(view);
    this.graphs = new GraphRows(this.stored);
  }

  /** What goes on at tasks. Most commands ask for nothing of it. */
  get works(): WorkRows {
    return (this.worksMade ??= new WorkRows(this.stored));
  }

  /** What sessions hold. */
  get sessions(): SessionRows {
    return (this.sessionsMade ??= new SessionRows(this.stored));
  }

  /** The bytes of a row, or undefined. Never write to them. */
  image(kind: EntityKind, project: string, id: string): Uint8Array | undefined {
    return this.rows.image(kind, project, id);
  }

  /** The project, deleted or not, or undefined. */
  project(id: string): Project | undefined {
    const image = this.image(EntityKind.PROJECT, id, '');
    return image && Project.decode(image);
  }

  /** The task, deleted or not, or undefined. */
  task(project: string, id: string): Task | undefined {
    const image = this.image(EntityKind.TASK, project, id);
    return image && Task.decode(image);
  }

  /** The session, or undefined. */
  session(project: string, id: string): Session | undefined {
    const image = this.image(EntityKind.SESSION, project, id);
    return image && Session.decode(image);
  }

  /** How many tasks of a queue are RUNNING, those that this command claimed too. */
  running(project: string, queue: string): number {
    return this.view.queueCounts(project, queue).running + (this.claimed.get(`${project}/${queue}`) ?? 0);
  }

  /** Whether a queue had settings before this command. */
  hasQueueSettings(project: string, queue: string): boolean {
    return this.view.hasQueueSettings(project, queue);
  }

  /** A task of this queue is RUNNING from this command on. */
  countRunning(project: string, queue: string): void {
    const key = `${project}/${queue}`;
    this.claimed.set(key, (this.claimed.get(key) ?? 0) + 1);
  }

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.externalIds.get(`${project}/${externalId}`) ?? this.view.taskIdByExternalId(project, externalId);
  }

  /** The next id that the service gives: t1, t2, … Known to be free. */
  giveTaskId(project: string): string {
    const number = this.nextTaskNumbers.get(project) ?? this.view.tally(project).nextTaskNumber;
    this.nextTaskNumbers.set(project, number + 1);
    const id = `t${number}`;
    this.rows.knowAbsent(EntityKind.TASK, project, id);
    return id;
  }

  /** How many tasks that name this one as their parent are live and not deleted. */
  liveChildren(project: string, id: string): number {
    return this.graphs.graph(project, id).liveChildren;
  }

  /** Live tasks of a project as the view counts them, and all of them. */
  tally(project: string): { readonly tasks: number; readonly liveTasks: number } {
    return this.view.tally(project);
  }

  sessionCount(project: string): number {
    return this.view.sessionCount(project);
  }

  projectCount(): number {
    return this.view.projectCount();
  }

  /** The live locks of a project, as they were before this command. */
  locks(project: string): LocksView {
    return this.view.locks(project);
  }

  /** Puts a task: gives it its etag, its revision (the next, once in a command) and its update time, and counts it at its
   *  neighbours. `before` is the task as the command saw it last. Gives the change's index. Refuses with TOO_LARGE above 256 KiB. */
  putTask(project: string, id: string, before: Task | undefined, after: Task, event: EventType): number {
    const etag = String(this.context.sequence);
    // A task that has this etag already was put by this command before.
    after.revision = before?.etag === etag ? before.revision : (before?.revision ?? 0) + 1;
    after.etag = etag;
    after.updateTime = this.now;
    if (!before && after.externalId) this.externalIds.set(`${project}/${after.externalId}`, id);
    this.queueRoom.enterTask(project, before, after);
    this.countChild(project, before, after);
    // A given id is new: nothing can be known about its neighbours.
    if (before || !isGivenTaskId(id)) this.restate(project, id, before, after);
    const image = sized(imageOf(Task, after), TASK_BYTES_MAX, after.name || formatTask(project, id));
    return this.put(EntityKind.TASK, project, id, image, event, before ? changedPaths(before, after) : []);
  }

  /** Removes a task for good. Edges to it go on counting by the state that it has. */
  removeTask(project: string, id: string, before: Task): number {
    this.countChild(project, before, undefined);
    const graph = this.graphs.graph(project, id);
    graph.notes = 0;
    if (graph.dependentChunks.length > 0 || before.successor !== '') {
      graph.goneState = before.state;
      graph.goneSuccessor = taskIdIn(before.successor);
    }
    return this.put(EntityKind.TASK, project, id, undefined, EventType.TASK_PURGED, []);
  }

  /** Puts a project as `putTask` does a task. */
  putProject(id: string, before: Project | undefined, after: Project, event: EventType): number {
    after.etag = String(this.context.sequence);
    after.revision = (before?.revision ?? 0) + 1;
    after.updateTime = this.now;
    const image = sized(imageOf(Project, after), PROJECT_BYTES_MAX, formatProject(id));
    return this.put(EntityKind.PROJECT, id, '', image, event, before ? changedPaths(before, after) : []);
  }

  /** Removes a project for good. */
  removeProject(id: string): number {
    return this.put(EntityKind.PROJECT, id, '', undefined, EventType.PROJECT_PURGED, []);
  }

  /** Lays a row's new bytes over the view, or takes the row away. Gives the change's index. */
  put(
    kind: EntityKind,
    project: string,
    id: string,
    image: Buffer | undefined,
    event: EventType,
    paths: string[],
  ): number {
    return this.rows.put({ kind, project, id }, image, event, paths);
  }

  /** The number by which a reply names a row, whether the command changes it or not: below zero. A row that does not exist at the end is
   *  left out of the reply. */
  named(kind: EntityKind, project: string, id: string): number {
    return this.rows.named(kind, project, id);
  }

  /** The id of the row that a change is about. */
  idAt(index: number): string {
    return this.rows.changes[index]!.id;
  }

  /** The decision: the changes, with what follows from them for their neighbours. Refuses with TOO_LARGE above 3 MiB. */
  finish(reply: readonly number[]): Decision {
    for (const { project, id } of this.graphs.touched()) this.settle(project, id);
    for (const row of this.graphs.changedLists()) this.rows.put(row, row.image, EventType.UNSPECIFIED, []);
    for (const row of this.worksMade?.changed(this.stateOf) ?? []) this.rows.put(row, row.image, row.event, []);
    for (const row of this.sessionsMade?.changed() ?? []) this.rows.put(row, row.image, EventType.UNSPECIFIED, []);
    const { rows, reply: indices } = this.rows.resolve(reply);
    const { changes } = this.rows;
    checkRecordBytes(changes);
    checkReplyBytes(rows, indices);
    return { changes, unchanged: rows === changes ? NOTHING : rows, reply: indices };
  }

  /** The state of a task as it is now; 0 for one that is gone or deleted. */
  private readonly stateOf = (project: string, id: string): number => {
    const image = this.image(EntityKind.TASK, project, id);
    const indexed = image && indexedOf(image);
    return indexed && !indexed.deleted ? indexed.state : 0;
  };

  private readonly stored = (kind: EntityKind, project: string, id: string): Uint8Array | undefined =>
    this.rows.stored(kind, project, id);

  private countChild(project: string, before: Task | undefined, after: Task | undefined): void {
    const from = countsAt(before);
    const to = countsAt(after);
    if (from === to) return;
    if (from) this.graphs.graph(project, from).liveChildren--;
    if (to) this.graphs.graph(project, to).liveChildren++;
  }

  /** Counts the edges to a task that is put, and makes sure that it is known whether it is held back. */
  private restate(project: string, id: string, before: Task | undefined, after: Task): void {
    const { PENDING } = TaskState;
    if (before) {
      if (before.state !== after.state) {
        this.graphs.restate(project, id, before.state, after.state);
        this.works.restate(project, id, after.state, this.context.nowMs);
      }
      if (before.state === PENDING || after.state === PENDING) this.graphs.graph(project, id);
      return;
    }
    const graph = this.graphs.graph(project, id);
    if (graph.goneState === 0) return;
    this.graphs.restate(project, id, graph.goneState, after.state);
    graph.goneState = 0;
  }

  /** Writes what changed in a task's graph row, and lets its index entry say whether it is held back. */
  private settle(project: string, id: string): void {
    const { graphs } = this;
    const before = graphs.wasHeld(project, id);
    const held = graphs.isHeld(project, id);
    const task = this.rows.changeOf(EntityKind.TASK, project, id);
    if (task) {
      task.held = held && !task.removed;
      if (task.previousIndexed) task.previousIndexed.held = before;
    }
    const changed = graphs.changedGraph(project, id);
    if (!changed) return;
    const index = this.put(changed.kind, project, id, changed.image, EventType.UNSPECIFIED, []);
    if (before === held) return;
    const graph = this.rows.changes[index]!;
    const stored = this.stored(EntityKind.TASK, project, id);
    const indexed = stored && indexedOf(stored);
    if (!indexed || indexed.state !== TaskState.PENDING || indexed.deleted) return;
    if (!task) {
      graph.previousIndexed = { ...indexed, held: before };
      graph.held = held;
    }
    if (!held && (!task || isPending(task))) graph.event = EventType.TASK_READY;
  }
}

const NOTHING: readonly Change[] = [];

/** The id of the parent at which a task counts as a live child; empty for none. */
function countsAt(task: Task | undefined): string {
  if (!task?.parent || task.deleteTime || !isLive(task.state)) return '';
  return taskIdIn(task.parent);
}

function isPending({ removed, image }: Change): boolean {
  if (removed) return false;
  const { state, deleted } = indexedOf(image);
  return state === TaskState.PENDING && !deleted;
}
