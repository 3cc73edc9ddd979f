// A store of a chosen size, made without a server: a journal of three records a task (created, claimed, completed or given back),
// with the rows that these write, and the digest that each group commits to.

import { emptyIndexed, indexedOf } from '../../src/domain/indexed';
import { imageOf } from '../../src/domain/row-image';
import {
  Change,
  EntityKind,
  EventType,
  Record as JournalRecord,
  TaskWork,
  Verb,
} from '../../src/gen/holdfast/journal/v1/journal';
import { Project } from '../../src/gen/holdfast/v1/project';
import { Task, TaskState } from '../../src/gen/holdfast/v1/task';
import { Attempt } from '../../src/gen/holdfast/v1/work';
import { entityHash, rowCrc } from '../../src/storage/entity-hash';
import { journalDir } from '../../src/storage/layout';
import { openFileJournal } from '../../src/storage/journal/open-journal';
import { nodeFiles } from '../../src/storage/node-files';
import { BucketDigest } from '../../src/storage/state/digest';
import { referenceTask } from './reference';

/** Records of one group: what a busy server flushes at once. */
const groupRecords = 400;
/** Of so many tasks one is left open. */
const openOf = 4;
const project = 'default';

/** What the rows are at a moment. */
interface Known {
  readonly sequence: number;
  readonly crc: number;
  readonly image: Uint8Array;
}

/** Writes the journal of a store piece by piece; between two pieces it stands as a clean stop leaves it, and there is no state beside it. */
export class JournalMaker {
  private readonly maker = new Maker();
  private readonly records: Iterator<JournalRecord>;
  /** Records that the whole journal will have. */
  readonly total: number;

  constructor(
    private readonly dir: string,
    tasks: number,
  ) {
    this.records = this.maker.records(tasks)[Symbol.iterator]();
    this.total = 3 * tasks + 1;
  }

  /** Appends until the journal has `upTo` records, or all. */
  async write(upTo = this.total): Promise<void> {
    const { maker, dir } = this;
    await nodeFiles.makeDirectory(dir);
    const { journal } = await openFileJournal({ files: nodeFiles, dir: journalDir(dir), witnesses: [] });
    let records: Uint8Array[] = [];
    let entities: number[] = [];
    const flush = async (): Promise<void> => {
      if (records.length === 0) return;
      const lastSequence = maker.sequence;
      const firstSequence = lastSequence - records.length + 1;
      const group = { firstSequence, lastSequence, timeMs: maker.timeMs, records, entities };
      await journal.append({ ...group, stateDigest: maker.digest.total() }, firstSequence - 1);
      [records, entities] = [[], []];
    };
    while (maker.sequence < upTo) {
      const { value: record, done } = this.records.next() as IteratorResult<JournalRecord, undefined>;
      if (done) break;
      for (const { kind, project: of, id } of record.changes) entities.push(entityHash(kind, of, id), record.sequence);
      records.push(JournalRecord.encode(record).finish());
      if (records.length === groupRecords) await flush();
    }
    await flush();
    await journal.close(true);
  }
}

class Maker {
  sequence = 0;
  timeMs = Date.UTC(2026, 0, 1);
  readonly digest = new BucketDigest();
  /** Rows of tasks that will change once more. */
  private readonly rows = new Map<string, Known>();

  *records(tasks: number): Iterable<JournalRecord> {
    const created = Project.fromPartial({ name: `projects/${project}`, displayName: 'Default' });
    yield this.record(Verb.CREATE_PROJECT, [
      this.put(EntityKind.PROJECT, '', imageOf(Project, created), EventType.PROJECT_CREATED),
    ]);
    // Claims trail behind, as they do in a queue: changes of one row lie apart.
    const apart = Math.min(1000, tasks);
    for (let n = 1; n <= tasks + 2 * apart; n++) {
      if (n <= tasks) yield this.create(n);
      if (n > apart && n - apart <= tasks) yield this.claim(n - apart);
      if (n > 2 * apart) yield this.end(n - 2 * apart);
    }
  }

  private create(n: number): JournalRecord {
    return this.record(Verb.CREATE_TASK, [this.task(n, TaskState.PENDING, EventType.TASK_CREATED)], true);
  }

  private claim(n: number): JournalRecord {
    return this.record(
      Verb.CLAIM_TASK,
      [
        this.task(n, TaskState.RUNNING, EventType.TASK_CLAIMED),
        this.put(EntityKind.TASK_WORK, `t${n}`, this.work(n, true)),
        this.put(EntityKind.TASK_ATTEMPT, `t${n}/1`, imageOf(Attempt, Attempt.fromPartial({ number: 1 }))),
      ],
      true,
    );
  }

  private end(n: number): JournalRecord {
    const isOpen = n % openOf === 0;
    const state = isOpen ? TaskState.PENDING : TaskState.SUCCEEDED;
    return this.record(
      isOpen ? Verb.RELEASE_TASK : Verb.COMPLETE_TASK,
      [
        this.task(n, state, isOpen ? EventType.TASK_RELEASED : EventType.TASK_COMPLETED),
        this.put(EntityKind.TASK_WORK, `t${n}`, this.work(n, false)),
      ],
      true,
    );
  }

  private task(n: number, state: TaskState, event: EventType): Change {
    const seconds = Math.floor(this.timeMs / 1000);
    const name = `projects/${project}/tasks/t${n}`;
    const task = Task.fromPartial({
      ...referenceTask(),
      name,
      uid: `uid-${n}`,
      state,
      queue: 'default',
      priority: (1 + (n % 5)) as Task['priority'],
    });
    task.createTime = { seconds: 1_767_225_600 + n, nanos: 0 };
    task.updateTime = { seconds, nanos: 0 };
    return this.put(EntityKind.TASK, `t${n}`, imageOf(Task, task), event);
  }

  private work(n: number, held: boolean): Uint8Array {
    const lease = held
      ? { fencingToken: this.sequence + 1, session: `projects/${project}/sessions/s${n % 50}` }
      : undefined;
    return imageOf(
      TaskWork,
      TaskWork.fromPartial({ lease, renewedMs: this.timeMs, attempts: 1, dueMs: held ? this.timeMs + 60_000 : 0 }),
    );
  }

  private put(kind: EntityKind, id: string, image: Uint8Array, event: EventType = EventType.UNSPECIFIED): Change {
    const sequence = this.sequence + 1;
    const hash = entityHash(kind, project, id);
    const key = `${kind}/${id}`;
    const before = this.rows.get(key);
    const crc = rowCrc(hash, sequence, image);
    this.digest.replace(hash, before?.crc ?? 0, crc);
    this.rows.set(key, { sequence, crc, image });
    return Change.fromPartial({
      ...{ kind, project, id, image: Buffer.from(image), event },
      ...{ previousSequence: before?.sequence ?? 0, previousCrc: before?.crc ?? 0 },
      previousIndexed: before && isIndexed(kind) ? { ...emptyIndexed(), ...indexedOf(before.image, kind) } : undefined,
    });
  }

  private record(verb: Verb, changes: Change[], withRequest = false): JournalRecord {
    const sequence = ++this.sequence;
    this.timeMs += 1;
    const ended = verb === Verb.COMPLETE_TASK || verb === Verb.RELEASE_TASK;
    for (const { kind, id } of changes)
      if (ended || kind === EntityKind.TASK_ATTEMPT) this.rows.delete(`${kind}/${id}`);
    if (ended) this.rows.delete(`${EntityKind.TASK}/${changes[0]!.id}`);
    return JournalRecord.fromPartial({
      ...{ sequence, timeMs: this.timeMs, verb, principal: 'local', changes, reply: [0] },
      ...(withRequest ? { requestId: scattered(sequence, 16), requestHash: scattered(sequence + 1e9, 16) } : {}),
    });
  }
}

function isIndexed(kind: EntityKind): boolean {
  return kind === EntityKind.TASK || kind === EntityKind.TASK_WORK || kind === EntityKind.PROJECT;
}

/** Bytes that look random and follow from a number. */
function scattered(seed: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let mixed = seed >>> 0;
  for (let i = 0; i < length; i += 4) {
    mixed = (Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39) >>> 0;
    bytes.writeUInt32LE((mixed ^ (mixed >>> 15)) >>> 0, i);
  }
  return bytes;
}
