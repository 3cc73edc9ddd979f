import { Change, EntityKind, EventType, TaskGraph } from '../gen/holdfast/journal/v1/journal';
import { Project } from '../gen/holdfast/v1/project';
import { Task } from '../gen/holdfast/v1/task';
import type { Timestamp } from '../gen/google/protobuf/timestamp';
import { changedPaths } from './changed-paths';
import type { Caller, Decision, DecisionContext } from './command';
import { isLive } from './derive';
import { indexedOf } from './indexed';
import { PROJECT_BYTES_MAX, RECORD_BYTES_MAX, TASK_BYTES_MAX } from './limits';
import { formatProject, formatTask, taskIdIn } from './names';
import { Refusal } from './refusal';
import { imageOf } from './row-image';
import { timestampOf } from './timestamp';
import type { Row, View } from './view';

/** Bytes of a record besides its changes' images and strings: head, principal, session, trace, and each change's numbers
 *  and tags. Far above what they take. */
const RECORD_HEAD_BYTES = 8192;
const CHANGE_HEAD_BYTES = 128;
const NO_BYTES = Buffer.alloc(0);

/**
 * What one command sees and does: the view with the command's own changes over it. Each row gets one change, whatever
 * happened to it on the way, and that change remembers the row as the view has it.
 *
 * The counts of live children follow from the tasks that are put: no rule keeps them by hand. They count by the name in
 * `Task.parent`, whether or not a task of that name exists at the moment.
 */
export class Draft {
  readonly now: Timestamp;
  /** Levels of parents above and including a task, as far as this command looked. */
  readonly depths = new Map<string, number>();
  private readonly changes: Change[] = [];
  private readonly places = new Map<string, number>();
  private readonly rows = new Map<string, Row | undefined>();
  private readonly liveChildrenDeltas = new Map<string, number>();
  /** How many notes tasks have from now on, where this command changed it. */
  private readonly noteCounts = new Map<string, number>();
  private readonly externalIds = new Map<string, string>();
  private readonly nextTaskNumbers = new Map<string, number>();

  constructor(
    private readonly view: View,
    readonly caller: Caller,
    readonly context: DecisionContext,
  ) {
    this.now = timestampOf(context.nowMs);
  }

  /** The bytes of a row, or undefined. Never write to them. */
  image(kind: EntityKind, project: string, id: string): Uint8Array | undefined {
    const place = this.places.get(rowKey(kind, project, id));
    if (place === undefined) return this.row(kind, project, id)?.image;
    const change = this.changes[place]!;
    return change.removed ? undefined : change.image;
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

  taskIdByExternalId(project: string, externalId: string): string | undefined {
    return this.externalIds.get(`${project}/${externalId}`) ?? this.view.taskIdByExternalId(project, externalId);
  }

  /** The next id that the service gives: t1, t2, … Known to be free. */
  giveTaskId(project: string): string {
    const number = this.nextTaskNumbers.get(project) ?? this.view.tally(project).nextTaskNumber;
    this.nextTaskNumbers.set(project, number + 1);
    const id = `t${number}`;
    this.rows.set(rowKey(EntityKind.TASK, project, id), undefined);
    return id;
  }

  /** How many tasks that name this one as their parent are live and not deleted. */
  liveChildren(project: string, id: string): number {
    const image = this.row(EntityKind.TASK_GRAPH, project, id)?.image;
    const stored = image ? TaskGraph.decode(image).liveChildren : 0;
    return stored + (this.liveChildrenDeltas.get(`${project}/${id}`) ?? 0);
  }

  /** How many notes a task has. */
  notes(project: string, id: string): number {
    const changed = this.noteCounts.get(`${project}/${id}`);
    if (changed !== undefined) return changed;
    const image = this.row(EntityKind.TASK_GRAPH, project, id)?.image;
    return image ? TaskGraph.decode(image).notes : 0;
  }

  /** The task has so many notes from now on. The rows are the caller's to put. */
  setNotes(project: string, id: string, count: number): void {
    this.noteCounts.set(`${project}/${id}`, count);
  }

  /** Live tasks of a project as the view counts them, and all of them. */
  tally(project: string): { readonly tasks: number; readonly liveTasks: number } {
    return this.view.tally(project);
  }

  projectCount(): number {
    return this.view.projectCount();
  }

  /** Puts a task: gives it its etag, its next revision and its update time, and counts it at its parents. Gives the
   *  change's index. Refuses with TOO_LARGE above 256 KiB. */
  putTask(project: string, id: string, before: Task | undefined, after: Task, event: EventType): number {
    after.etag = String(this.context.sequence);
    after.revision = (before?.revision ?? 0) + 1;
    after.updateTime = this.now;
    if (!before && after.externalId) this.externalIds.set(`${project}/${after.externalId}`, id);
    this.countChild(project, before, -1);
    this.countChild(project, after, 1);
    const image = sized(imageOf(Task, after), TASK_BYTES_MAX, after.name || formatTask(project, id));
    return this.put(EntityKind.TASK, project, id, image, event, before ? changedPaths(before, after) : []);
  }

  /** Removes a task for good. */
  removeTask(project: string, id: string, before: Task): number {
    this.countChild(project, before, -1);
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
    const key = rowKey(kind, project, id);
    const place = this.places.get(key);
    if (place !== undefined) {
      this.changes[place] = merged(this.changes[place]!, image, event, paths);
      return place;
    }
    const before = this.row(kind, project, id);
    const indexed = before && kind !== EntityKind.TASK_GRAPH;
    this.places.set(key, this.changes.length);
    return (
      this.changes.push({
        kind,
        project,
        id,
        image: image ?? NO_BYTES,
        removed: image === undefined,
        previousSequence: before?.sequence ?? 0,
        previousCrc: before?.crc ?? 0,
        event,
        changedPaths: paths,
        previousIndexed: indexed ? indexedOf(before.image, kind) : undefined,
        held: false,
      }) - 1
    );
  }

  /** The id of the row that a change is about. */
  idAt(index: number): string {
    return this.changes[index]!.id;
  }

  /** The decision: the changes with the counts that follow from them. Refuses with TOO_LARGE above 3 MiB. */
  finish(reply: readonly number[]): Decision {
    const graphs = new Set(this.noteCounts.keys());
    for (const [key, delta] of this.liveChildrenDeltas) if (delta !== 0) graphs.add(key);
    for (const key of graphs) this.putGraph(key.slice(0, key.indexOf('/')), taskIdIn(key));
    let bytes = RECORD_HEAD_BYTES;
    for (const change of this.changes) bytes += bytesAtMost(change);
    if (bytes > RECORD_BYTES_MAX) {
      bytes = RECORD_HEAD_BYTES;
      for (const change of this.changes) bytes += Change.encode(change).finish().length;
      if (bytes > RECORD_BYTES_MAX)
        throw tooLarge('what this command changes', bytes, RECORD_BYTES_MAX, '; ask for less at once');
    }
    return { changes: this.changes, reply };
  }

  private row(kind: EntityKind, project: string, id: string): Row | undefined {
    const key = rowKey(kind, project, id);
    const known = this.rows.get(key);
    if (known !== undefined || this.rows.has(key)) return known;
    const row = this.view.row(kind, project, id);
    this.rows.set(key, row);
    return row;
  }

  private countChild(project: string, child: Task | undefined, sign: 1 | -1): void {
    if (!child?.parent || child.deleteTime || !isLive(child.state)) return;
    const key = `${project}/${taskIdIn(child.parent)}`;
    this.liveChildrenDeltas.set(key, (this.liveChildrenDeltas.get(key) ?? 0) + sign);
  }

  private putGraph(project: string, id: string): void {
    const before = this.row(EntityKind.TASK_GRAPH, project, id);
    const graph = before ? TaskGraph.decode(before.image) : TaskGraph.create();
    graph.liveChildren = this.liveChildren(project, id);
    graph.notes = this.notes(project, id);
    if (graph.liveChildren < 0)
      throw new Error(`broken invariant: ${project}/${id} has ${graph.liveChildren} live children`);
    const image = imageOf(TaskGraph, graph);
    // Most tasks never have children: no row says so.
    if (image.length > 0) this.put(EntityKind.TASK_GRAPH, project, id, image, EventType.UNSPECIFIED, []);
    else if (before) this.put(EntityKind.TASK_GRAPH, project, id, undefined, EventType.UNSPECIFIED, []);
  }
}

function rowKey(kind: EntityKind, project: string, id: string): string {
  return `${kind}/${project}/${id}`;
}

/** One change for two of the same row: a created row stays created, else the last event tells most. */
function merged(first: Change, image: Buffer | undefined, event: EventType, paths: string[]): Change {
  const created = first.previousSequence === 0 && image !== undefined;
  return {
    ...first,
    image: image ?? NO_BYTES,
    removed: image === undefined,
    event: created ? first.event : event,
    changedPaths: created || image === undefined ? [] : [...new Set([...first.changedPaths, ...paths])],
  };
}

/** No less than a change takes when encoded: a UTF-16 unit takes at most three bytes. */
function bytesAtMost({ image, project, id, changedPaths: paths, previousIndexed: indexed }: Change): number {
  let units = project.length + id.length;
  for (const path of paths) units += path.length + 2;
  if (indexed)
    units += indexed.queue.length + indexed.parent.length + indexed.assignee.length + indexed.externalId.length;
  return CHANGE_HEAD_BYTES + image.length + 3 * units;
}

function sized(image: Buffer, bytesMax: number, name: string): Buffer {
  if (image.length > bytesMax) throw tooLarge(name, image.length, bytesMax, '');
  return image;
}

function tooLarge(what: string, bytes: number, bytesMax: number, advice: string): Refusal {
  return new Refusal('TOO_LARGE', `${what} would take ${bytes} bytes, at most ${bytesMax} are allowed${advice}`, {
    metadata: { limit_bytes: String(bytesMax) },
  });
}
