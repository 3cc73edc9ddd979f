/**
 * A walk through the graph of one project, breadth first, in one snapshot.
 *
 * G1. Each task comes once, at the least number of steps from the root, and with its readiness in that snapshot.
 * G2. A gating edge leads to the last successor of its target: the task that it counts for.
 * G3. Whatever bound is met, the walk says that there is more; tasks and edges together fit one message.
 */
import { setImmediate } from 'node:timers/promises';
import { isLive } from '../domain/derive';
import { isGating, isSatisfied } from '../domain/graph-rows';
import { indexedOf } from '../domain/indexed';
import { GRAPH_EXAMINED_MAX } from '../domain/limits';
import { formatTask, taskIdIn } from '../domain/names';
import { standingOf } from '../domain/standing';
import { EntityKind, TaskDependents, TaskGraph } from '../gen/holdfast/journal/v1/journal';
import { View } from '../gen/holdfast/v1/common';
import { DependencyKind, Task, TaskState } from '../gen/holdfast/v1/task';
import type { GraphEdge } from '../gen/holdfast/v1/task_service';
import type { StateSnapshot } from '../storage/state/state';
import { SnapshotLook, withReadiness } from './readiness';
import { PAGE_BYTES_MAX } from './reading';
import { taskInView } from './view-of';

/** What of the graph is wanted. */
export interface Asked {
  /** Steps from the root. */
  readonly depth: number;
  readonly nodesMax: number;
  readonly down: boolean;
  readonly up: boolean;
  /** Undefined for all kinds of edges. */
  readonly kinds: ReadonlySet<number> | undefined;
  /** Whether parents and children are neighbours. */
  readonly children: boolean;
  /** Leave out what is SUCCEEDED or CANCELED. */
  readonly liveOnly: boolean;
}

/** Where a walk begins: a task, or all tasks of the project that have no parent. */
export interface Root {
  readonly project: string;
  readonly id?: string | undefined;
}

/** An edge of a task to another, or to its parent. */
interface Out {
  readonly to: string;
  /** UNSPECIFIED to its parent. */
  readonly kind: DependencyKind;
  readonly holdsBack: boolean;
}

interface Node {
  readonly id: string;
  readonly depth: number;
  /** The task as the view BASIC has it, with its readiness. */
  readonly shown: Buffer;
  readonly outs: readonly Out[];
}

/** Bytes of an edge beside its names, at most. */
const EDGE_HEAD_BYTES = 16;
/** Bytes of rows that one walk reads: one of large tasks ends early. */
const EXAMINED_BYTES_MAX = 64 * 1024 * 1024;
/** Reads after which others have a turn: some 5 ms. */
const READS_A_TURN = 500;

export class GraphWalk {
  readonly nodes: Node[] = [];
  /** There is more than the bounds allow. */
  truncated = false;
  private readonly places = new Map<string, Node>();
  private readonly rows: SnapshotLook;
  private bytes = 0;
  private full = false;
  private readsAtTurn = 0;

  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly project: string,
    private readonly asked: Asked,
    private readonly nowMs: number,
  ) {
    this.rows = new SnapshotLook(snapshot);
  }

  async run(root: Root): Promise<void> {
    if (root.id === undefined) await this.addTops();
    else this.add(root.id, 0);
    for (let at = 0; at < this.nodes.length && !this.full; at++) await this.expand(this.nodes[at]!);
  }

  /** The edges between the tasks that were found, along the kinds that were asked for. */
  *edges(): Iterable<GraphEdge> {
    for (const { id, outs } of this.nodes) {
      for (const { to, kind, holdsBack } of outs) {
        if (!this.places.has(to)) continue;
        yield { from: formatTask(this.project, id), to: formatTask(this.project, to), kind, holdsBack };
      }
    }
  }

  private async addTops(): Promise<void> {
    let examined = 0;
    for await (const { id, row } of this.snapshot.scan({ by: 'tasks', project: this.project })) {
      if (++examined > GRAPH_EXAMINED_MAX) return this.stop();
      const { parent, deleted } = indexedOf(row.image);
      if (parent !== '' || deleted) continue;
      if (this.wants(id)) this.add(id, 0);
      if (this.full) return;
    }
  }

  private async expand(node: Node): Promise<void> {
    const last = node.depth === this.asked.depth;
    // What lies behind the last ones only says whether there is more.
    if (last && this.truncated) return;
    for await (const id of this.neighbours(node)) {
      if (this.places.has(id) || !this.wants(id)) continue;
      if (last) {
        this.truncated = true;
        return;
      }
      this.add(id, node.depth + 1);
      if (this.full) return;
    }
  }

  private async *neighbours({ id, outs }: Node): AsyncIterable<string> {
    const { down, up, children, kinds } = this.asked;
    if (down) for (const { to, kind } of outs) if (kind !== DependencyKind.UNSPECIFIED) yield to;
    if (down && children) {
      for await (const child of this.snapshot.scan({ by: 'parent', project: this.project, parent: id })) yield child.id;
    }
    if (up) for (const { task, kind } of this.dependents(id)) if (!kinds || kinds.has(kind)) yield task;
    if (up) for (const { to, kind } of outs) if (kind === DependencyKind.UNSPECIFIED) yield to;
    if (this.rows.reads - this.readsAtTurn < READS_A_TURN) return;
    this.readsAtTurn = this.rows.reads;
    await setImmediate();
  }

  /** The edges that are registered at a task. */
  private *dependents(id: string): Iterable<{ readonly task: string; readonly kind: number }> {
    const graph = this.rows.look(EntityKind.TASK_GRAPH, this.project, id);
    if (!graph) return;
    for (const chunk of TaskGraph.decode(graph).dependentChunks.keys()) {
      const list = this.rows.look(EntityKind.TASK_DEPENDENTS, this.project, `${id}/${chunk}`);
      if (list) yield* TaskDependents.decode(list).dependents;
    }
  }

  /** Whether a task that may be added is there and wanted; meets the bounds on what is read. */
  private wants(id: string): boolean {
    if (this.full) return false;
    if (this.rows.reads >= GRAPH_EXAMINED_MAX || this.rows.bytes >= EXAMINED_BYTES_MAX) {
      this.stop();
      return false;
    }
    const image = this.rows.look(EntityKind.TASK, this.project, id);
    if (!image) return false;
    const { state } = indexedOf(image);
    return !this.asked.liveOnly || (state !== TaskState.SUCCEEDED && state !== TaskState.CANCELED);
  }

  private add(id: string, depth: number): void {
    const image = this.rows.look(EntityKind.TASK, this.project, id);
    // The root may have been purged since it was found.
    if (!image) return;
    if (this.nodes.length >= this.asked.nodesMax) return this.stop();
    const short = taskInView(image, View.BASIC, View.BASIC);
    const outs = this.outsOf(Task.decode(short));
    const shown = withReadiness(this.rows.look, this.project, id, short, this.nowMs);
    let bytes = shown.length;
    for (const { to } of outs)
      bytes += EDGE_HEAD_BYTES + 2 * formatTask(this.project, '').length + id.length + to.length;
    if (this.nodes.length > 0 && this.bytes + bytes > PAGE_BYTES_MAX) return this.stop();
    this.bytes += bytes;
    const node = { id, depth, shown, outs };
    this.nodes.push(node);
    this.places.set(id, node);
  }

  /** The edges of a task that were asked for, each once, and the one to its parent. */
  private outsOf(task: Task): Out[] {
    const live = isLive(task.state) && !task.deleteTime;
    const { kinds, children } = this.asked;
    const outs = new Map<string, Out>();
    for (const { task: target, kind } of task.dependencies) {
      if (kinds && !kinds.has(kind)) continue;
      const gating = isGating(kind);
      const id = taskIdIn(target);
      const standing = gating ? standingOf(this.rows.look, this.project, id) : undefined;
      const to = standing?.id ?? id;
      const holdsBack = live && standing !== undefined && !isSatisfied(kind, standing.state);
      outs.set(`${kind} ${to}`, { to, kind, holdsBack });
    }
    if (children && task.parent !== '') {
      outs.set('parent', { to: taskIdIn(task.parent), kind: DependencyKind.UNSPECIFIED, holdsBack: live });
    }
    return [...outs.values()];
  }

  private stop(): void {
    this.full = true;
    this.truncated = true;
  }
}
