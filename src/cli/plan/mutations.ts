// The mutations that bring about what a comparison found, and the commits that they go out in.
//
// Order within them: edges are removed first, so that a plan that turns two tasks round makes no circle on the way; then
// tasks come back, are created, updated; then edges are added; then tasks are completed and canceled, children first.

import { DependencyKind, Task } from '../../gen/holdfast/v1/task';
import { Mutation } from '../../gen/holdfast/v1/task_service';
import { shortId } from '../resource-name';
import { oneLine } from '../text-width';
import type { Comparison, EdgeTarget, TaskDifference } from './compare';
import type { PlannedTask } from './planned-task';

export interface PlanCommit {
  readonly mutations: readonly Mutation[];
  /** For each what it is about, for people: "line 12: Write the manual". */
  readonly about: readonly string[];
}

/** What one call takes. */
const mutationsMax = 1000;
/** What one commit takes is 3 MiB of tasks; a third is left for what the server adds. In bytes. */
const commitBytesMax = 2 * 1024 * 1024;
/** Names, kinds and times beside the text of a task. In bytes. */
const taskOverheadBytes = 512;

type MutationCase = NonNullable<Mutation['mutation']>['$case'];

export interface PlanScope {
  /** `projects/{project}`. */
  readonly parent: string;
  /** Why tasks that the plan no longer has are canceled. */
  readonly pruneReason: string;
  readonly prune: boolean;
}

/** The commits in order; none if there is nothing to do. Each is all or none. */
export function planCommits(comparison: Comparison, planned: readonly PlannedTask[], scope: PlanScope): PlanCommit[] {
  return new Building(planned, comparison, scope).commits();
}

class Building {
  private readonly done: { mutations: Mutation[]; about: string[]; bytes: number }[] = [];
  private readonly byKey: ReadonlyMap<string, PlannedTask>;
  private readonly refs: ReadonlyMap<string, string>;
  /** The commit in which each new task is created, by key. */
  private readonly createdIn = new Map<string, number>();
  private readonly etagged = new Set<string>();

  constructor(
    planned: readonly PlannedTask[],
    private readonly comparison: Comparison,
    private readonly scope: PlanScope,
  ) {
    this.byKey = new Map(planned.map((one) => [one.key, one]));
    this.refs = new Map(planned.map(({ key }, index) => [key, `n${index + 1}`]));
  }

  commits(): PlanCommit[] {
    const { differences, gone } = this.comparison;
    const fresh = differences.filter(({ present }) => !present);
    const present = differences.flatMap((one) => (one.present ? [{ ...one, present: one.present }] : []));
    for (const { planned, present: task, edgesRemoved } of present) {
      for (const other of edgesRemoved) this.edge('removeDependency', planned, task, () => [task.name, other]);
    }
    for (const { planned, present: task, undelete } of present) {
      if (undelete)
        this.add('undeleteTask', aboutItem(planned), sizeOf(task), () => ({ name: task.name, etag: this.etag(task) }));
    }
    const later = fresh.flatMap((one) => this.create(one));
    for (const one of present) this.update(one);
    for (const { planned, present: task, edgesAdded } of present) {
      for (const target of edgesAdded)
        this.edge('addDependency', planned, task, () => [task.name, this.targetName(target)]);
    }
    for (const { planned, target } of later) {
      this.edge('addDependency', planned, undefined, () => [this.nameOf(planned.key), this.targetName(target)]);
    }
    // The plan has parents before children, so backwards children come first.
    for (const { planned, present: task, complete } of [...differences].reverse()) {
      if (!complete) continue;
      const bytes = task ? sizeOf(task) : taskOverheadBytes;
      this.add('completeTask', aboutItem(planned), bytes, () => ({
        name: this.nameOf(planned.key),
        etag: task ? this.etag(task) : '',
      }));
    }
    if (this.scope.prune) {
      for (const task of childrenFirst(gone)) {
        const reason = this.scope.pruneReason;
        this.add('cancelTask', `${shortId(task.name)}, no longer in the plan`, sizeOf(task), () => ({
          name: task.name,
          etag: this.etag(task),
          reason,
        }));
      }
    }
    return this.done;
  }

  /** Creates a task with the edges whose targets are there by then; gives the others. */
  private create({ planned, edgesAdded }: TaskDifference): { planned: PlannedTask; target: EdgeTarget }[] {
    const { item, key, parent, externalId } = planned;
    const task = Task.fromPartial({
      title: item.title,
      description: item.description,
      priority: item.priority,
      queue: item.queue,
      kind: item.kind,
      assignee: item.assignee,
      labels: new Map(item.labels),
      acceptanceCriteria: item.criteria?.map((text) => ({ text })),
      externalId,
    });
    const isThere = (target: EdgeTarget) =>
      'name' in target || this.comparison.names.has(target.key) || this.createdIn.has(target.key);
    const now = edgesAdded.filter(isThere);
    this.add('createTask', aboutItem(planned), sizeOf(task), () => {
      task.parent = parent === undefined ? '' : this.nameOf(parent);
      task.dependencies = now.map((target) => ({ task: this.targetName(target), kind: DependencyKind.BLOCKS }));
      return { parent: this.scope.parent, task, ref: this.refs.get(key) };
    });
    this.createdIn.set(key, this.done.length - 1);
    return edgesAdded.filter((target) => !isThere(target)).map((target) => ({ planned, target }));
  }

  private update({ planned, present, fields }: TaskDifference & { present: Task }): void {
    if (fields.length === 0) return;
    const bytes = sizeOf(present) + sizeOf(Task.fromPartial({ description: planned.item.description }));
    this.add('updateTask', aboutItem(planned), bytes, () => {
      const task = Task.fromPartial({ name: present.name });
      for (const { path } of fields) setField(task, path, planned, present);
      // A parent may be new itself, so it is named as this commit names it.
      task.parent = planned.parent === undefined ? '' : this.nameOf(planned.parent);
      return { task, updateMask: fields.map(({ path }) => path), etag: this.etag(present) };
    });
  }

  private edge(
    kind: 'addDependency' | 'removeDependency',
    planned: PlannedTask,
    present: Task | undefined,
    ends: () => readonly [name: string, target: string],
  ): void {
    this.add(kind, aboutItem(planned), present ? sizeOf(present) : taskOverheadBytes, () => {
      const [name, target] = ends();
      return {
        name,
        dependency: { task: target, kind: DependencyKind.BLOCKS },
        etag: present ? this.etag(present) : '',
      };
    });
  }

  /** Adds a mutation to the last commit if there is room, else to a new one. Only then is it known how tasks are named in it. */
  private add($case: MutationCase, about: string, bytes: number, value: () => object): void {
    const last = this.done.at(-1);
    if (!last || last.mutations.length >= mutationsMax || last.bytes + bytes > commitBytesMax) {
      this.done.push({ mutations: [], about: [], bytes: 0 });
    }
    const commit = this.done.at(-1)!;
    commit.mutations.push(Mutation.fromPartial({ mutation: { $case, value: value() } }));
    commit.about.push(about);
    commit.bytes += bytes;
  }

  private targetName(target: EdgeTarget): string {
    return 'name' in target ? target.name : this.nameOf(target.key);
  }

  /** The name by which a mutation of the last commit names a task of the plan. */
  private nameOf(key: string): string {
    const present = this.comparison.names.get(key);
    if (present !== undefined) return present;
    if (this.createdIn.get(key) === this.done.length - 1) return `tasks/$${this.refs.get(key)}`;
    return `${this.scope.parent}/tasks/external:${this.byKey.get(key)!.externalId}`;
  }

  /** The etag that was compared, for the first mutation of a task; what follows in the commits rests on that. */
  private etag({ name, etag }: Task): string {
    if (this.etagged.has(name)) return '';
    this.etagged.add(name);
    return etag;
  }
}

function setField(task: Task, path: string, { item }: PlannedTask, present: Task): void {
  if (path === 'title') task.title = item.title;
  else if (path === 'priority') task.priority = item.priority!;
  else if (path === 'queue') task.queue = item.queue!;
  else if (path === 'kind') task.kind = item.kind!;
  else if (path === 'assignee') task.assignee = item.assignee!;
  else if (path === 'description') task.description = item.description!;
  else if (path === 'acceptance_criteria') {
    // A criterion that stays keeps whether it is met, and how that is known.
    const before = new Map(present.acceptanceCriteria.map((criterion) => [criterion.text, criterion]));
    task.acceptanceCriteria = item.criteria!.map(
      (text) => before.get(text) ?? { id: '', text, met: false, evidence: '' },
    );
  } else if (path.startsWith('labels.')) {
    const key = path.slice('labels.'.length);
    task.labels.set(key, item.labels.get(key)!);
  }
}

function aboutItem({ item }: PlannedTask): string {
  return `line ${item.line}: ${oneLine(item.title)}`;
}

function sizeOf(task: Task): number {
  return Task.encode(task).finish().length + taskOverheadBytes;
}

/** Those that are parts of others before these. */
function childrenFirst(tasks: readonly Task[]): Task[] {
  const byName = new Map(tasks.map((task) => [task.name, task]));
  const depthOf = (task: Task): number => {
    let depth = 0;
    for (let at = byName.get(task.parent); at && depth < tasks.length; at = byName.get(at.parent)) depth++;
    return depth;
  };
  const depths = new Map(tasks.map((task) => [task, depthOf(task)]));
  return [...tasks].sort((a, b) => depths.get(b)! - depths.get(a)!);
}
