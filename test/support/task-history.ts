// Random histories of tasks as records of the journal, with a model of what the state must hold after them. It knows the
// rows and derives nothing the way the state does: indexes are told from decoded messages.

import { emptyIndexed } from '../../src/domain/indexed';
import type { Change, Indexed } from '../../src/gen/holdfast/journal/v1/journal';
import {
  Change as ChangeMessage,
  EntityKind,
  Record as JournalRecord,
} from '../../src/gen/holdfast/journal/v1/journal';
import { Project } from '../../src/gen/holdfast/v1/project';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { entityHash, rowCrc } from '../../src/storage/entity-hash';

/** One step, by numbers alone, so that a property can shrink it. */
export interface Step {
  readonly what: number;
  readonly which: number;
  readonly value: number;
}

export interface ModelRow {
  readonly kind: EntityKind;
  readonly project: string;
  readonly id: string;
  readonly sequence: number;
  readonly image: Buffer;
  readonly crc: number;
}

const DAY_MS = 86_400_000;
const PROJECTS = ['default', 'zeta'];
const IDS = ['t1', 't2', 't10', 't300', 'alpha', 'alpha-2', 'z'];
const QUEUES = ['default', 'a', 'ab'];
const TEXTS = ['', 'X-1', 'X-1/ü', '\u0001\u0000x', 'z'.repeat(256)];
/** A graph row with notes and nothing else. */
const NOT_HELD = Buffer.from([48, 3]);
const STATES = [1, 2, 3, 4, 5, 6, 7, 8];

export class TaskHistory {
  readonly rows = new Map<string, ModelRow>();
  readonly records: JournalRecord[] = [];
  timeMs = 20_000 * DAY_MS;

  /** Makes the next record; undefined where the step has no meaning. */
  step({ what, which, value }: Step): JournalRecord | undefined {
    const project = PROJECTS[value % 7 === 0 ? 1 : 0]!;
    const id = IDS[which % IDS.length]!;
    const row = this.rows.get(rowName(EntityKind.TASK, project, id));
    if (!row) return this.record([this.put(EntityKind.TASK, project, id, encodeTask(this.fresh(id, value)))]);
    const task = Task.decode(row.image);
    switch (what % 8) {
      case 0:
        return this.changeTask(row, { ...task, title: `title ${value}` });
      case 1:
        return this.changeTask(row, { ...task, state: STATES[value % STATES.length]! as TaskState });
      case 2:
        return this.changeTask(row, {
          ...task,
          priority: (1 + (value % 5)) as Task['priority'],
          queue: QUEUES[value % 3]!,
        });
      case 3:
        return this.changeTask(row, { ...task, assignee: TEXTS[value % TEXTS.length]! });
      case 4:
        return this.changeTask(row, { ...task, parent: `projects/${project}/tasks/${IDS[value % IDS.length]!}` });
      case 5: {
        const deleted = task.deleteTime === undefined;
        const times = { deleteTime: deleted ? at(value) : undefined, purgeTime: deleted ? at(value + 100) : undefined };
        return this.changeTask(row, { ...task, ...times });
      }
      case 6:
        return task.deleteTime ? this.record([this.remove(row)]) : undefined;
      default:
        return this.record([this.putGraph(row, value % 3 === 0 ? NOT_HELD : Buffer.from([8, 1 + (value % 100)]))]);
    }
  }

  /** A record that creates or replaces a task. */
  task(id: string, task: Partial<Task> = {}, project = 'default'): JournalRecord {
    const whole = Task.fromPartial({ ...this.fresh(id, 1), externalId: '', ...task });
    return this.record([this.put(EntityKind.TASK, project, id, encodeTask(whole))]);
  }

  project(id: string, project: Partial<Project> = {}): JournalRecord {
    const image = Buffer.from(Project.encode(Project.fromPartial({ name: `projects/${id}`, ...project })).finish());
    return this.record([this.put(EntityKind.PROJECT, id, '', image)]);
  }

  purge(kind: EntityKind, project: string, id: string): JournalRecord {
    return this.record([this.remove(this.rows.get(rowName(kind, project, id))!)]);
  }

  /** The request id of a record. */
  static requestId(sequence: number): Buffer {
    const id = Buffer.alloc(16);
    id.writeUInt32BE(sequence, 12);
    return id;
  }

  record(changes: Change[]): JournalRecord {
    const sequence = this.sequence + 1;
    const record = JournalRecord.fromPartial({
      sequence,
      timeMs: this.timeMs,
      principal: 'local',
      requestId: TaskHistory.requestId(sequence),
      requestHash: Buffer.alloc(16, sequence % 256),
      changes,
    });
    // As it comes back from the journal.
    this.records.push(JournalRecord.decode(JournalRecord.encode(record).finish()));
    return record;
  }

  get sequence(): number {
    return this.records.length;
  }

  put(kind: EntityKind, project: string, id: string, image: Buffer): Change {
    const name = rowName(kind, project, id);
    const before = this.rows.get(name);
    const sequence = this.sequence + 1;
    const crc = rowCrc(entityHash(kind, project, id), sequence, image);
    this.rows.set(name, { kind, project, id, sequence, image, crc });
    const made = change(kind, project, id, before, { image });
    if (kind === EntityKind.TASK) {
      made.held = this.held(project, id);
      if (made.previousIndexed) made.previousIndexed.held = made.held;
    }
    return made;
  }

  /** A graph row of a task. When it holds the task back, or lets it go, it says so as decisions do. */
  private putGraph(task: ModelRow, image: Buffer): Change {
    const { project, id } = task;
    const before = this.held(project, id);
    const made = this.put(EntityKind.TASK_GRAPH, project, id, image);
    const held = this.held(project, id);
    const indexed = indexedBefore(task)!;
    if (before === held || indexed.state !== TaskState.PENDING || indexed.deleted) return made;
    return { ...made, held, previousIndexed: { ...indexed, held: before } };
  }

  /** Whether the task's graph row holds it back. */
  held(project: string, id: string): boolean {
    const row = this.rows.get(rowName(EntityKind.TASK_GRAPH, project, id));
    return row !== undefined && !row.image.equals(NOT_HELD);
  }

  remove(row: ModelRow): Change {
    this.rows.delete(rowName(row.kind, row.project, row.id));
    const made = change(row.kind, row.project, row.id, row, { removed: true });
    if (row.kind === EntityKind.TASK && made.previousIndexed)
      made.previousIndexed.held = this.held(row.project, row.id);
    return made;
  }

  private changeTask(row: ModelRow, task: Task): JournalRecord {
    return this.record([this.put(row.kind, row.project, row.id, encodeTask(task))]);
  }

  private fresh(id: string, value: number): Task {
    return Task.fromPartial({
      name: id,
      title: `title ${value}`,
      state: TaskState.PENDING,
      priority: (1 + (value % 5)) as Task['priority'],
      queue: QUEUES[value % QUEUES.length]!,
      createTime: at(value),
      externalId: value % 3 === 0 ? `${TEXTS[value % TEXTS.length]!}${id}` : '',
    });
  }
}

export const rowName = (kind: EntityKind, project: string, id: string): string => `${kind}/${project}/${id}`;

export function encodeTask(task: Partial<Task>): Buffer {
  return Buffer.from(Task.encode(Task.fromPartial(task)).finish());
}

function at(seconds: number) {
  return { seconds: 1_700_000_000 + (seconds % 1000), nanos: 5_000_000 };
}

function change(
  kind: EntityKind,
  project: string,
  id: string,
  before: ModelRow | undefined,
  after: Partial<Change>,
): Change {
  return ChangeMessage.fromPartial({
    kind,
    project,
    id,
    previousSequence: before?.sequence ?? 0,
    previousCrc: before?.crc ?? 0,
    previousIndexed: before && indexedBefore(before),
    ...after,
  });
}

function indexedBefore({ kind, image }: ModelRow): Indexed | undefined {
  const ms = (time: { seconds: number; nanos: number } | undefined) =>
    time ? time.seconds * 1000 + time.nanos / 1_000_000 : 0;
  const none = emptyIndexed();
  if (kind === EntityKind.PROJECT) {
    const { createTime, deleteTime, purgeTime } = Project.decode(image);
    return { ...none, createTimeMs: ms(createTime), deleted: !!deleteTime, dueMs: ms(purgeTime) };
  }
  if (kind !== EntityKind.TASK) return undefined;
  const task = Task.decode(image);
  const { state, priority, queue, assignee, externalId } = task;
  return {
    ...none,
    state,
    priority,
    queue,
    assignee,
    externalId,
    createTimeMs: ms(task.createTime),
    notBeforeMs: ms(task.notBefore),
    parent: task.parent.split('/').pop()!,
    deleted: !!task.deleteTime,
    dueMs: ms(task.purgeTime),
  };
}
