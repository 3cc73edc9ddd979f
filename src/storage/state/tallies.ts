/**
 * Counts by project, folded over changes: what rules ask that no single row says.
 *
 * T1. A fold reads nothing but the change, so live writes, redo and rebuilds come to the same counts.
 * T2. A project that is purged loses its counts: if it is created again its task ids begin at t1 again.
 */
import { taskNumber } from '../../domain/derive';
import type { TallyDelta } from '../../domain/derive';
import type { ProjectTally } from '../../domain/view';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { KeyReader, KeyWriter } from './key-bytes';
import type { Tallies } from './state';

interface Counts {
  nextTaskNumber: number;
  tasks: number;
  liveTasks: number;
}

const NOTHING: ProjectTally = { nextTaskNumber: 1, tasks: 0, liveTasks: 0 };
/** The form of the encoding. */
const VERSION = 1;

export class ProjectTallies implements Tallies {
  private readonly counts = new Map<string, Counts>();
  /** The projects that have a row. */
  private readonly projects = new Set<string>();

  project(id: string): ProjectTally {
    return this.counts.get(id) ?? NOTHING;
  }

  projectCount(): number {
    return this.projects.size;
  }

  /** Tasks of all projects, deleted ones too until they are purged. */
  taskCount(): number {
    let count = 0;
    for (const [project, { tasks }] of this.counts) if (project !== '') count += tasks;
    return count;
  }

  /** Counts a change. `delta` is what `derive` gives for it. */
  add(change: Change, delta: TallyDelta): void {
    if (change.kind === EntityKind.PROJECT) {
      if (delta.projects > 0) this.projects.add(change.project);
      if (delta.projects < 0) {
        this.projects.delete(change.project);
        this.counts.delete(change.project);
      }
    } else if (delta.tasks !== 0 || delta.liveTasks !== 0) {
      const counts = this.countsOf(change.project);
      counts.tasks += delta.tasks;
      counts.liveTasks += delta.liveTasks;
      if (delta.tasks > 0) counts.nextTaskNumber = Math.max(counts.nextTaskNumber, taskNumber(change.id) + 1);
    }
  }

  clone(): ProjectTallies {
    const copy = new ProjectTallies();
    for (const id of this.projects) copy.projects.add(id);
    for (const [id, counts] of this.counts) copy.counts.set(id, { ...counts });
    return copy;
  }

  /** Projects in order of their id: equal tallies give equal bytes. */
  encode(): Uint8Array {
    const ids = [...new Set([...this.counts.keys(), ...this.projects])].sort();
    const writer = new KeyWriter().start(VERSION).u32(ids.length);
    for (const id of ids) {
      const { nextTaskNumber, tasks, liveTasks } = this.project(id);
      writer.text(id).u8(this.projects.has(id) ? 1 : 0);
      writer.u48(nextTaskNumber).u48(tasks).u48(liveTasks);
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
      if (exists) tallies.projects.add(id);
    }
    reader.end();
    return tallies;
  }

  private countsOf(id: string): Counts {
    let counts = this.counts.get(id);
    if (!counts) {
      counts = { ...NOTHING };
      this.counts.set(id, counts);
    }
    return counts;
  }
}
