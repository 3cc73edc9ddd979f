import { EntityKind, TaskDependents, TaskGraph } from '../gen/holdfast/journal/v1/journal';
import type { Dependent } from '../gen/holdfast/journal/v1/journal';
import { DependencyKind, TaskState } from '../gen/holdfast/v1/task';
import { isHeld } from './indexed';
import { AWAITING_MAX, DEPENDENTS_CHUNK, DEPENDENTS_MAX, GRAPH_ROWS_MAX } from './limits';
import { Refusal } from './refusal';
import { imageOf } from './row-image';

/** The stored bytes of a row as they were before the command; undefined if there was none. */
export type StoredImage = (kind: EntityKind, project: string, id: string) => Uint8Array | undefined;

/** A row that a command leaves otherwise than it found it. */
export interface ChangedRow {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  /** Undefined: the row goes. */
  readonly image: Buffer | undefined;
}

/** A task's graph row in the hands of a command. */
interface GraphCopy {
  readonly project: string;
  readonly id: string;
  readonly stored: Uint8Array | undefined;
  readonly graph: TaskGraph;
}

/** A row of dependents in the hands of a command. */
interface ListCopy {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  readonly existed: boolean;
  list: Dependent[];
  changed: boolean;
}

/** Kinds of edges that hold their task back until the target is in this state. */
const SATISFIED_BY: ReadonlyMap<number, TaskState> = new Map<number, TaskState>([
  [DependencyKind.BLOCKS, TaskState.SUCCEEDED],
  [DependencyKind.RUN_IF_FAILED, TaskState.FAILED],
]);

/** Whether an edge of this kind can hold its task back. */
export function isGating(kind: number): boolean {
  return SATISFIED_BY.has(kind);
}

/** Whether an edge of this kind holds its task back no more when its target is in this state. */
export function isSatisfied(kind: number, state: number): boolean {
  const wanted = SATISFIED_BY.get(kind);
  return wanted === undefined || wanted === state;
}

/**
 * The graph rows that one command touches, as working copies that are written once, at its end.
 *
 * N1. `open_blockers` of a task is the number of its gating edges that are not satisfied. An edge counts for the last
 *     successor of its target, and is registered there: `dependent_chunks` of that task leads to it.
 * N2. Edges to a task that was purged go on counting by the state that it had: its graph row stays for them.
 * N3. An edge to a task that does not exist yet is registered under what it awaits, and holds nothing back.
 */
export class GraphRows {
  private readonly graphs = new Map<string, GraphCopy>();
  private readonly lists = new Map<string, ListCopy>();

  constructor(private readonly stored: StoredImage) {}

  /** The graph row of a task, to be changed in place; an empty one if there is none. Refuses with GRAPH_TOO_LARGE when a command
   *  touches more than 10,000 of them. */
  graph(project: string, id: string): TaskGraph {
    return this.copy(project, id).graph;
  }

  /** Whether the task was held back before the command. */
  wasHeld(project: string, id: string): boolean {
    return isHeld(this.copy(project, id).stored);
  }

  /** Whether the task is held back now. */
  isHeld(project: string, id: string): boolean {
    const { openBlockers, liveChildren } = this.graph(project, id);
    return openBlockers > 0 || liveChildren > 0;
  }

  /** All edges that are registered at a task. */
  dependents(project: string, id: string): Dependent[] {
    return this.graph(project, id).dependentChunks.flatMap((_, chunk) => this.chunk(project, id, chunk).list);
  }

  /** Registers an edge. Refuses with GRAPH_TOO_LARGE above 1000 at one task. */
  addDependent(project: string, target: string, dependent: Dependent): void {
    const { dependentChunks } = this.graph(project, target);
    let free = dependentChunks.findIndex((size) => size < DEPENDENTS_CHUNK);
    if (free < 0) free = dependentChunks.length;
    if (total(dependentChunks) >= DEPENDENTS_MAX) {
      throw tooMany(`${target} has ${DEPENDENTS_MAX} edges leading to it, which is the most`, DEPENDENTS_MAX);
    }
    dependentChunks[free] = (dependentChunks[free] ?? 0) + 1;
    const chunk = this.chunk(project, target, free);
    chunk.list.push(dependent);
    chunk.changed = true;
  }

  /** Takes an edge out; one that is not registered is none. */
  removeDependent(project: string, target: string, { task, kind }: Dependent): void {
    const graph = this.graph(project, target);
    const { dependentChunks } = graph;
    for (let n = 0; n < dependentChunks.length; n++) {
      const chunk = this.chunk(project, target, n);
      const at = chunk.list.findIndex((each) => each.task === task && each.kind === kind);
      if (at < 0) continue;
      chunk.list.splice(at, 1);
      chunk.changed = true;
      dependentChunks[n]!--;
      while (dependentChunks.at(-1) === 0) dependentChunks.pop();
      // N2: nobody asks any more in which state it went.
      if (dependentChunks.length === 0) graph.goneState = 0;
      return;
    }
  }

  /** Counts the edges to a task anew when what they count by goes from one state to another. */
  restate(project: string, id: string, before: number, after: number): void {
    if (!flips(before, after)) return;
    for (const { task, kind } of this.dependents(project, id)) this.recount(project, task, kind, before, after);
  }

  /** Registers the gating edges of one task at another, whose state they count by from now on. */
  moveDependents(project: string, from: string, to: string, before: number, after: number): void {
    for (const dependent of this.dependents(project, from)) {
      if (!isGating(dependent.kind)) continue;
      this.removeDependent(project, from, dependent);
      this.addDependent(project, to, dependent);
      this.recount(project, dependent.task, dependent.kind, before, after);
    }
  }

  /** The edges that await a task: by its id, or by `external:` and its external id. */
  awaiting(project: string, key: string): readonly Dependent[] {
    return this.list(EntityKind.TASK_AWAITED, project, key).list;
  }

  /** Refuses with GRAPH_TOO_LARGE above 100 for one task. */
  addAwaiting(project: string, key: string, dependent: Dependent): void {
    const copy = this.list(EntityKind.TASK_AWAITED, project, key);
    if (copy.list.length >= AWAITING_MAX) {
      throw tooMany(`${AWAITING_MAX} edges await ${key}, which is the most`, AWAITING_MAX);
    }
    copy.list.push(dependent);
    copy.changed = true;
  }

  removeAwaiting(project: string, key: string, { task, kind }: Dependent): void {
    const copy = this.list(EntityKind.TASK_AWAITED, project, key);
    const at = copy.list.findIndex((each) => each.task === task && each.kind === kind);
    if (at < 0) return;
    copy.list.splice(at, 1);
    copy.changed = true;
  }

  /** The graph rows that were touched, changed or not. */
  touched(): Iterable<{ readonly project: string; readonly id: string }> {
    return this.graphs.values();
  }

  /** The row of one task, if it changed. Throws on counts below nothing. */
  changedGraph(project: string, id: string): ChangedRow | undefined {
    const { stored, graph } = this.copy(project, id);
    if (graph.liveChildren < 0 || graph.openBlockers < 0) {
      throw new Error(
        `broken invariant N1: ${project}/${id} has ${graph.liveChildren} live children, ${graph.openBlockers} open blockers`,
      );
    }
    const image = imageOf(TaskGraph, graph);
    if (image.equals(stored ?? EMPTY)) return undefined;
    // Most tasks have no neighbours: no row says so.
    return { kind: EntityKind.TASK_GRAPH, project, id, image: image.length > 0 ? image : undefined };
  }

  /** The rows of dependents that changed. */
  *changedLists(): Iterable<ChangedRow> {
    for (const { kind, project, id, existed, list, changed } of this.lists.values()) {
      if (!changed || (list.length === 0 && !existed)) continue;
      const image = list.length > 0 ? imageOf(TaskDependents, { dependents: list }) : undefined;
      yield { kind, project, id, image };
    }
  }

  private recount(project: string, task: string, kind: number, before: number, after: number): void {
    const satisfied = isSatisfied(kind, before);
    if (satisfied === isSatisfied(kind, after)) return;
    this.graph(project, task).openBlockers += satisfied ? 1 : -1;
  }

  private copy(project: string, id: string): GraphCopy {
    const key = `${project}/${id}`;
    let copy = this.graphs.get(key);
    if (!copy) {
      if (this.graphs.size >= GRAPH_ROWS_MAX) {
        throw tooMany(`this would touch more than ${GRAPH_ROWS_MAX} tasks of the graph at once`, GRAPH_ROWS_MAX);
      }
      const stored = this.stored(EntityKind.TASK_GRAPH, project, id);
      copy = { project, id, stored, graph: stored ? TaskGraph.decode(stored) : TaskGraph.create() };
      this.graphs.set(key, copy);
    }
    return copy;
  }

  private chunk(project: string, id: string, number: number): ListCopy {
    return this.list(EntityKind.TASK_DEPENDENTS, project, `${id}/${number}`);
  }

  private list(kind: EntityKind, project: string, id: string): ListCopy {
    const key = `${kind}/${project}/${id}`;
    let copy = this.lists.get(key);
    if (!copy) {
      const image = this.stored(kind, project, id);
      const list = image ? TaskDependents.decode(image).dependents : [];
      copy = { kind, project, id, existed: image !== undefined, list, changed: false };
      this.lists.set(key, copy);
    }
    return copy;
  }
}

const EMPTY = Buffer.alloc(0);

function total(sizes: readonly number[]): number {
  let sum = 0;
  for (const size of sizes) sum += size;
  return sum;
}

function flips(before: number, after: number): boolean {
  for (const wanted of SATISFIED_BY.values()) if ((before === wanted) !== (after === wanted)) return true;
  return false;
}

function tooMany(message: string, limit: number): Refusal {
  return new Refusal('GRAPH_TOO_LARGE', message, { metadata: { limit: String(limit) } });
}
