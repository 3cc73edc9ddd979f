/**
 * Which rows a capsule holds: what agents need to know first when the server comes back.
 *
 * H1. In this order, until it is full: what is said of the server, projects, queues, locks, live sessions, agents, claimed tasks, then the first ready
 *     tasks of each queue in the order in which claims would take them, each queue getting its share.
 * H2. A task comes with the rows beside it that show who holds it. A row is there whole or not at all.
 */
import { EntityKind, SessionWork, TaskWork } from '../../gen/holdfast/journal/v1/journal';
import { Session, SessionState } from '../../gen/holdfast/v1/session';
import { TaskState } from '../../gen/holdfast/v1/task';
import { capsuleBytesOf } from '../../storage/capsule';
import type { CapsuleRow } from '../../storage/capsule';
import type { ScannedRow, ScanRange, StateSnapshot } from '../../storage/state/state';

export interface CapsuleBounds {
  /** Projects, queues, locks, sessions, agents and tasks; the rows beside them are not counted. */
  readonly entitiesMax: number;
  readonly bytesMax: number;
  /** Rows of one kind that are looked at for those that are wanted: sessions that are over stay for days. */
  readonly lookedAtMax: number;
}

/** 20,000 entities are served within two seconds of a start (docs/performance.md), and more than a fleet of agents holds. */
export const CAPSULE_BOUNDS: CapsuleBounds = {
  entitiesMax: 20_000,
  bytesMax: 32 * 1024 * 1024,
  lookedAtMax: 50_000,
};

/** States of tasks that somebody works on, or that wait for a person in the middle of it. */
const CLAIMED = [TaskState.RUNNING, TaskState.INPUT_REQUIRED, TaskState.VERIFYING, TaskState.PAUSED];
/** Attempts that a claimed task brings along. */
const ATTEMPTS_SHOWN = 3;

/** The rows of a snapshot that matter most. `pace` is awaited between rows: it gives way to other work. Throws DamagedRow. */
export async function chooseRows(
  snapshot: StateSnapshot,
  bounds: CapsuleBounds,
  pace: () => Promise<void> | undefined,
): Promise<CapsuleRow[]> {
  const choice = new Choice(snapshot, bounds, pace);
  await choice.run();
  return choice.rows;
}

class Choice {
  readonly rows: CapsuleRow[] = [];
  private entities = 0;
  private bytes = 0;

  constructor(
    private readonly snapshot: StateSnapshot,
    private readonly bounds: CapsuleBounds,
    private readonly pace: () => Promise<void> | undefined,
  ) {}

  async run(): Promise<void> {
    for (const kind of [EntityKind.HEALTH, EntityKind.RECOVERY]) this.beside(kind, '', '');
    const projects: string[] = [];
    await this.all({ by: 'projects' }, ({ project }) => void projects.push(project));
    for (const project of projects) await this.all({ by: 'rows', kind: EntityKind.QUEUE, project });
    await this.all({ by: 'locks' });
    for (const project of projects) {
      await this.sessions(project);
      await this.all({ by: 'agents', project });
    }
    for (const project of projects) await this.claimed(project);
    await this.ready(projects);
  }

  private async sessions(project: string): Promise<void> {
    await this.each({ by: 'sessions', project }, (found) => {
      if (Session.decode(found.row.image).state !== SessionState.ACTIVE || !this.take(found)) return;
      const work = this.beside(EntityKind.SESSION_WORK, project, found.id);
      const chunks = work ? SessionWork.decode(work).taskChunks.length : 0;
      for (let chunk = 0; chunk < chunks; chunk++)
        this.beside(EntityKind.SESSION_TASKS, project, `${found.id}/${chunk}`);
    });
  }

  private async claimed(project: string): Promise<void> {
    for (const state of CLAIMED) {
      await this.each({ by: 'state', project, state, held: false }, (found) => this.task(found));
    }
  }

  /** Each queue gets its share of what is left; what one does not need the later ones get. */
  private async ready(projects: readonly string[]): Promise<void> {
    const queues: (readonly [project: string, queue: string])[] = [];
    for (const project of projects) {
      for await (const queue of this.snapshot.queues(project, TaskState.PENDING, false)) {
        queues.push([project, queue]);
        if (queues.length >= this.bounds.entitiesMax) break;
      }
    }
    for (const [i, [project, queue]] of queues.entries()) {
      const share = Math.ceil((this.bounds.entitiesMax - this.entities) / (queues.length - i));
      if (share <= 0) return;
      let taken = 0;
      await this.each({ by: 'state', project, state: TaskState.PENDING, held: false, queue }, (found) => {
        if (taken++ >= share) return false;
        return this.task(found);
      });
    }
  }

  private task(found: ScannedRow): boolean {
    if (!this.take(found)) return false;
    const { project, id } = found;
    this.beside(EntityKind.TASK_GRAPH, project, id);
    const image = this.beside(EntityKind.TASK_WORK, project, id);
    if (!image) return true;
    const { attempts, inputs } = TaskWork.decode(image);
    for (let number = Math.max(1, attempts - ATTEMPTS_SHOWN + 1); number <= attempts; number++) {
      this.beside(EntityKind.TASK_ATTEMPT, project, `${id}/${number}`);
    }
    if (inputs > 0) this.beside(EntityKind.TASK_INPUT, project, `${id}/${inputs}`);
    return true;
  }

  private all(range: ScanRange, seen: (found: ScannedRow) => void = () => undefined): Promise<void> {
    return this.each(range, (found) => {
      if (!this.take(found)) return false;
      seen(found);
      return true;
    });
  }

  /** Calls `take` for each row of a range until it gives false. */
  private async each(range: ScanRange, take: (found: ScannedRow) => boolean | void): Promise<void> {
    if (this.isFull()) return;
    let looked = 0;
    for await (const found of this.snapshot.scan(range)) {
      if (take(found) === false || this.isFull() || ++looked >= this.bounds.lookedAtMax) return;
      await this.pace();
    }
  }

  private isFull(): boolean {
    return this.entities >= this.bounds.entitiesMax || this.bytes >= this.bounds.bytesMax;
  }

  private take({ kind, project, id, row }: ScannedRow): boolean {
    if (this.isFull()) return false;
    this.entities += 1;
    return this.put({ kind, project, id, sequence: row.sequence, image: row.image });
  }

  /** The row of a name, if there is one: it comes along, and counts as no entity. */
  private beside(kind: EntityKind, project: string, id: string): Uint8Array | undefined {
    const row = this.snapshot.rowNow(kind, project, id);
    if (!row || !this.put({ kind, project, id, sequence: row.sequence, image: row.image })) return undefined;
    return row.image;
  }

  private put(row: CapsuleRow): boolean {
    const bytes = capsuleBytesOf(row);
    if (this.bytes + bytes > this.bounds.bytesMax) return false;
    this.bytes += bytes;
    this.rows.push(row);
    return true;
  }
}
