/**
 * Counts by project, folded over changes: what rules ask that no single row says.
 *
 * T1. A fold reads nothing but the change, so live writes, redo and rebuilds come to the same counts.
 * T2. A project that is purged loses its counts: if it is created again its task ids begin at t1 again.
 */
import { taskNumber } from '../../domain/derive';
import type { Derived } from '../../domain/derive';
import type { ProjectTally, QueueTally } from '../../domain/view';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { KeyReader, KeyWriter } from './key-bytes';
import { QueueTallies } from './queue-tallies';
import type { Tallies } from './state';

interface Counts {
  nextTaskNumber: number;
  tasks: number;
  liveTasks: number;
}

/** Counts of a project that are not those of its rows. */
export interface TallyDifference {
  readonly project: string;
  readonly problem: string;
  /** Ids of tasks would be given again. */
  readonly givenAgain: boolean;
}

const NOTHING: ProjectTally = { nextTaskNumber: 1, tasks: 0, liveTasks: 0 };
/** The form of the encoding. */
const VERSION = 2;
const NO_QUEUES = new QueueTallies();

export class ProjectTallies implements Tallies {
  private readonly counts = new Map<string, Counts>();
  private readonly queues = new Map<string, QueueTallies>();
  /** How many sessions each project has. */
  private readonly sessions = new Map<string, number>();
  /** The projects that have a row. */
  private readonly projects = new Set<string>();

  project(id: string): ProjectTally {
    return this.counts.get(id) ?? NOTHING;
  }

  /** Whether it has a row; what belongs to no project counts under the empty id. */
  hasProject(id: string): boolean {
    return id === '' || this.projects.has(id);
  }

  projectCount(): number {
    return this.projects.size;
  }

  queue(project: string, queue: string): QueueTally {
    return this.queuesOf(project).of(queue);
  }

  hasQueue(project: string, queue: string): boolean {
    return this.queuesOf(project).has(queue);
  }

  hasQueueSettings(project: string, queue: string): boolean {
    return this.queuesOf(project).hasSettings(queue);
  }

  queueNames(project: string): readonly string[] {
    return this.queuesOf(project).names();
  }

  queueCount(project: string): number {
    return this.queuesOf(project).size;
  }

  sessionCount(project: string): number {
    return this.sessions.get(project) ?? 0;
  }

  /** Tasks of all projects, deleted ones too until they are purged. */
  taskCount(): number {
    let count = 0;
    for (const [project, { tasks }] of this.counts) if (project !== '') count += tasks;
    return count;
  }

  /** Over all projects: tasks, those that are not ended, and sessions. Deleted tasks count until they are purged. */
  totals(): { readonly tasks: number; readonly liveTasks: number; readonly sessions: number } {
    const totals = { tasks: 0, liveTasks: 0, sessions: 0 };
    for (const [project, { tasks, liveTasks }] of this.counts) {
      if (project === '') continue;
      totals.tasks += tasks;
      totals.liveTasks += liveTasks;
    }
    for (const sessions of this.sessions.values()) totals.sessions += sessions;
    return totals;
  }

  /** Counts a change. `derived` is what `derive` gives for it. */
  add(change: Change, { tally, remove, put }: Derived): void {
    const { kind, project } = change;
    if (kind === EntityKind.PROJECT) {
      if (tally.projects > 0) this.projects.add(project);
      if (tally.projects < 0) {
        this.projects.delete(project);
        this.counts.delete(project);
        this.queues.delete(project);
        this.sessions.delete(project);
      }
      return;
    }
    if (kind === EntityKind.SESSION) this.addSession(change);
    if (kind === EntityKind.QUEUE) this.addQueues(project).set(change.id, !change.removed);
    if (tally.tasks !== 0 || tally.liveTasks !== 0) {
      const counts = this.countsOf(project);
      counts.tasks += tally.tasks;
      counts.liveTasks += tally.liveTasks;
      if (tally.tasks > 0) counts.nextTaskNumber = Math.max(counts.nextTaskNumber, taskNumber(change.id) + 1);
    }
    for (const entry of remove) if (entry.index === 'state') this.addQueues(project).move(entry, -1);
    for (const entry of put) if (entry.index === 'state') this.addQueues(project).move(entry, 1);
  }

  /** What a row that came and went leaves behind in the counts: its id is not given again. */
  wasThere(kind: EntityKind, project: string, id: string): void {
    if (kind === EntityKind.TASK || kind === EntityKind.OPERATION) this.raiseNext(project, taskNumber(id) + 1);
  }

  /** Ids of tasks are given from this number on, or from a higher one. */
  raiseNext(project: string, nextTaskNumber: number): void {
    const counts = this.countsOf(project);
    counts.nextTaskNumber = Math.max(counts.nextTaskNumber, nextTaskNumber);
  }

  /** For each project that ever had tasks the number from which ids are given. */
  *nextTaskNumbers(): Iterable<readonly [project: string, nextTaskNumber: number]> {
    for (const [project, { nextTaskNumber }] of this.counts) yield [project, nextTaskNumber];
  }

  clone(): ProjectTallies {
    const copy = new ProjectTallies();
    for (const id of this.projects) copy.projects.add(id);
    for (const [id, counts] of this.counts) copy.counts.set(id, { ...counts });
    for (const [id, queues] of this.queues) copy.queues.set(id, queues.clone());
    for (const [id, sessions] of this.sessions) copy.sessions.set(id, sessions);
    return copy;
  }

  /** Takes the place of what was counted so far. The numbers of tasks that are gone are kept: none is given again. */
  become(counted: ProjectTallies): void {
    const right = counted.clone();
    for (const [id, { nextTaskNumber }] of this.counts) {
      if (right.hasProject(id)) right.raiseNext(id, nextTaskNumber);
    }
    const parts = (of: ProjectTallies) => [of.counts, of.queues, of.sessions] as const;
    for (const [n, mine] of parts(this).entries()) {
      mine.clear();
      for (const [id, each] of parts(right)[n]!) (mine as Map<string, unknown>).set(id, each);
    }
    this.projects.clear();
    for (const id of right.projects) this.projects.add(id);
  }

  /** What differs from counts that were taken from the rows themselves. Those know nothing of numbers that were given to tasks which are gone. */
  differences(counted: ProjectTallies): TallyDifference[] {
    const found: TallyDifference[] = [];
    for (const project of new Set([...this.known(), ...counted.known()])) {
      const [kept, rows] = [this.figures(project), counted.figures(project)];
      if (kept !== rows)
        found.push({ project, problem: `the counts say ${kept}; the rows ${rows}`, givenAgain: false });
      const [next, least] = [this.project(project).nextTaskNumber, counted.project(project).nextTaskNumber];
      if (next >= least) continue;
      found.push({ project, problem: `the next task would be t${next}, which was given already`, givenAgain: true });
    }
    return found;
  }

  /** Projects in order of their id: equal tallies give equal bytes. */
  encode(): Uint8Array {
    const ids = this.known().sort();
    const writer = new KeyWriter().start(VERSION).u32(ids.length);
    for (const id of ids) {
      const { nextTaskNumber, tasks, liveTasks } = this.project(id);
      writer.text(id).u8(this.projects.has(id) ? 1 : 0);
      writer.u48(nextTaskNumber).u48(tasks).u48(liveTasks);
      this.queuesOf(id).encode(writer);
      writer.u48(this.sessionCount(id));
    }
    return writer.copy();
  }

  /** Throws RangeError unless `bytes` are what `encode` gave. */
  static decode(bytes: Uint8Array): ProjectTallies {
    const reader = new KeyReader(bytes);
    const version = reader.u8();
    if (version !== VERSION) throw new RangeError(`tallies of version ${version}, not ${VERSION}`);
    const tallies = new ProjectTallies();
    for (let left = reader.number(4); left > 0; left--) {
      const id = reader.text();
      const exists = reader.u8() === 1;
      const counts = { nextTaskNumber: reader.number(6), tasks: reader.number(6), liveTasks: reader.number(6) };
      tallies.counts.set(id, counts);
      tallies.queues.set(id, QueueTallies.decode(reader));
      const sessions = reader.number(6);
      if (sessions > 0) tallies.sessions.set(id, sessions);
      if (exists) tallies.projects.add(id);
    }
    reader.end();
    return tallies;
  }

  private known(): string[] {
    const known = [this.counts, this.queues, this.sessions].flatMap((counted) => [...counted.keys()]);
    return [...new Set([...known, ...this.projects])];
  }

  /** All counts of a project in words, the queues in order; nothing of what is 0. */
  private figures(id: string): string {
    const { tasks, liveTasks } = this.project(id);
    const queues = [...this.queueNames(id)].sort().map((queue) => {
      const by = Object.entries(this.queue(id, queue)).filter(([, count]) => count !== 0);
      return `${queue}${this.hasQueueSettings(id, queue) ? ' (set)' : ''} ${by.map(([of, count]) => `${of} ${count}`).join(' ')}`;
    });
    const exists = this.projects.has(id) ? '' : 'no project, ';
    return [`${exists}tasks ${tasks} live ${liveTasks} sessions ${this.sessionCount(id)}`, ...queues].join(', ');
  }

  private countsOf(id: string): Counts {
    let counts = this.counts.get(id);
    if (!counts) {
      counts = { ...NOTHING };
      this.counts.set(id, counts);
    }
    return counts;
  }

  private addSession({ project, removed, previousSequence }: Change): void {
    const before = previousSequence > 0 ? 1 : 0;
    const count = this.sessionCount(project) + (removed ? 0 : 1) - before;
    if (count > 0) this.sessions.set(project, count);
    else this.sessions.delete(project);
  }

  private queuesOf(project: string): QueueTallies {
    return this.queues.get(project) ?? NO_QUEUES;
  }

  private addQueues(project: string): QueueTallies {
    let queues = this.queues.get(project);
    if (!queues) {
      queues = new QueueTallies();
      this.queues.set(project, queues);
    }
    return queues;
  }
}
