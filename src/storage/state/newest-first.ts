/**
 * Builds a state from records that come newest first: the first change of a row that is met is its last, all others are passed over
 * undecoded. A third of the work of applying them in order, and LevelDB gets each key once.
 *
 * Boundary: from encoded records to a BulkLoad and the counts beside it. Where the records come from is for its callers.
 *
 * W1. After the oldest record the load, tallies, digest and request sums are those that applying all records in order gives.
 * W2. A row is known by 64 bits of hash (see seen-rows). The caller compares the digest: a collision shows there.
 * W3. Memory: 18 to 36 bytes for each row that ever was, and what BulkLoad has.
 */
import { isHeld } from '../../domain/indexed';
import { WIRE_BYTES, WireScan } from '../../domain/wire';
import type { Change } from '../../gen/holdfast/journal/v1/journal';
import { EntityKind, EventType } from '../../gen/holdfast/journal/v1/journal';
import type { BulkLoad } from './bulk-load';
import { BucketDigest } from './digest';
import { effectOf } from './effect';
import * as keys from './keys';
import { RequestSums } from './request-sums';
import { SeenRows } from './seen-rows';
import { EMPTY } from './staging';
import { ProjectTallies } from './tallies';
import * as values from './values';

/** Marks of rows that were met: a graph row's says whether it holds its task back. */
const MET = 1;
const HOLDS = 2;

/** Where a change's fields stand in the record's bytes. */
interface Found {
  kind: number;
  projectAt: number;
  projectEnd: number;
  idAt: number;
  idEnd: number;
  imageAt: number;
  imageEnd: number;
  removed: boolean;
  held: boolean;
}

/** Where entries go: a BulkLoad. */
export type EntrySink = Pick<BulkLoad, 'put' | 'isFull' | 'drain'>;

export class NewestFirst {
  readonly digest = new BucketDigest();
  readonly tallies = new ProjectTallies();
  readonly requests: RequestSums;
  /** Rows that the state has. */
  rows = 0;
  /** Where records are missing: whether a row that an older record left so is known to be gone since. */
  isGone: ((name: keys.RowName, sequence: number) => boolean) | undefined;
  private readonly seen = new SeenRows();
  /** Projects that were purged later than what comes now: their counts began anew. */
  private readonly purged = new Set<string>();
  /** The changes of one record, reused. */
  private readonly found: Found[] = [];

  /** `headTimeMs`: journal time of the newest record, which says which request ids are live. */
  constructor(
    private readonly load: EntrySink,
    headTimeMs: number,
    /** What an earlier walk over the same sources met, where records are missing: a task is held back if its graph row says so, whatever its own
     *  last change knew of it. */
    private readonly graphs?: SeenRows,
  ) {
    this.requests = new RequestSums(RequestSums.of(headTimeMs));
  }

  /** What was met, for a second walk. */
  get rowsSeen(): SeenRows {
    return this.seen;
  }

  /** Takes the next older record, encoded. Throws RangeError when it is malformed. */
  take(record: Uint8Array): void {
    const scan = new WireScan(record);
    let sequence = 0;
    let timeMs = 0;
    let [principalAt, principalEnd] = [0, 0];
    let [idAt, idEnd] = [0, 0];
    let [hashAt, hashEnd] = [0, 0];
    let count = 0;
    while (scan.next()) {
      if (scan.field === 1) sequence = scan.varint;
      else if (scan.field === 2) timeMs = scan.varint;
      else if (scan.wire !== WIRE_BYTES) continue;
      else if (scan.field === 10) this.findIn(scan, count++);
      else if (scan.field === 4) [principalAt, principalEnd] = [scan.valueStart, scan.end];
      else if (scan.field === 6) [idAt, idEnd] = [scan.valueStart, scan.end];
      else if (scan.field === 7) [hashAt, hashEnd] = [scan.valueStart, scan.end];
    }
    // The last change of a row in a record wins.
    for (let i = count - 1; i >= 0; i--) this.change(record, this.found[i]!, sequence);
    const generation = RequestSums.of(timeMs);
    if (idEnd === idAt || generation < this.requests.oldest) return;
    const principal = Buffer.from(record.buffer, record.byteOffset + principalAt, principalEnd - principalAt);
    const key = keys.requestKey(generation, principal.toString('utf8'), record.subarray(idAt, idEnd));
    this.request(key, values.requestValue(key, sequence, record.subarray(hashAt, hashEnd)));
  }

  /** Takes a row of a state below all records: it is there unless a record changed it. `held`: a task is held back there. Graph rows
   *  must come after the tasks that they hold back. */
  takeRow({ kind, project, id }: keys.RowName, sequence: number, image: Uint8Array, held: boolean): void {
    const name = Buffer.from(project + id, 'utf8');
    const projectEnd = Buffer.byteLength(project, 'utf8');
    const point = (of: EntityKind): SeenRows => this.seen.point(of, name, 0, projectEnd, projectEnd, name.length);
    const holds = kind === EntityKind.TASK_GRAPH && isHeld(image);
    if (point(kind).note(holds ? HOLDS : MET) !== 0) return;
    if (this.isGone?.({ kind, project, id }, sequence)) return this.gone({ kind, project, id });
    const graphs = this.graphs ?? this.seen;
    const graph =
      kind === EntityKind.TASK
        ? graphs.point(EntityKind.TASK_GRAPH, name, 0, projectEnd, projectEnd, name.length).mark
        : 0;
    const bytes = Buffer.from(image.buffer, image.byteOffset, image.length);
    this.put({ kind, project, id, image: bytes, held: graph === 0 ? held && !this.graphs : graph === HOLDS }, sequence);
  }

  /** Call it now and then: writes what was gathered, if that is enough. */
  async settle(): Promise<void> {
    if (this.load.isFull) await this.load.drain();
  }

  /** A live request id of such a state. */
  takeRequest(key: Buffer, value: Buffer): void {
    if (keys.parseGeneration(key) >= this.requests.oldest) this.request(key, value);
  }

  /** What a state below all records knows of its projects: ids that were given are not given again. */
  takeTallies(below: ProjectTallies): void {
    for (const [project, next] of below.nextTaskNumbers()) {
      if (!this.purged.has(project)) this.tallies.raiseNext(project, next);
    }
  }

  private request(key: Buffer, value: Buffer): void {
    this.load.put(key, value);
    this.requests.add(keys.parseGeneration(key), values.requestCrc(value));
  }

  private findIn(record: WireScan, index: number): void {
    const found = (this.found[index] ??= { ...NOWHERE });
    Object.assign(found, NOWHERE);
    const scan = record.message();
    while (scan.next()) {
      switch (scan.field) {
        case 1:
          found.kind = scan.varint;
          break;
        case 2:
          found.projectAt = scan.valueStart;
          found.projectEnd = scan.end;
          break;
        case 3:
          found.idAt = scan.valueStart;
          found.idEnd = scan.end;
          break;
        case 4:
          found.imageAt = scan.valueStart;
          found.imageEnd = scan.end;
          break;
        case 5:
          found.removed = scan.varint === 1;
          break;
        case 11:
          found.held = scan.varint === 1;
          break;
      }
    }
  }

  private change(bytes: Uint8Array, found: Found, sequence: number): void {
    const { kind, projectAt, projectEnd, idAt, idEnd } = found;
    const image = Buffer.from(bytes.buffer, bytes.byteOffset + found.imageAt, found.imageEnd - found.imageAt);
    const holds = kind === (EntityKind.TASK_GRAPH as number) && !found.removed && isHeld(image);
    if (this.seen.point(kind, bytes, projectAt, projectEnd, idAt, idEnd).note(holds ? HOLDS : MET) !== 0) return;
    const text = (from: number, to: number): string =>
      Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8');
    const name = { kind: kind as EntityKind, project: text(projectAt, projectEnd), id: text(idAt, idEnd) };
    if (found.removed || this.isGone?.(name, sequence)) return this.gone(name);
    let { held } = found;
    if (kind === (EntityKind.TASK as number)) {
      // A later change of the graph row alone knows better than the task's own last change.
      const graphs = this.graphs ?? this.seen;
      const graph = graphs.point(EntityKind.TASK_GRAPH, bytes, projectAt, projectEnd, idAt, idEnd).mark;
      if (graph !== 0 || this.graphs) held = graph === HOLDS;
    }
    this.put({ ...name, image, held }, sequence);
  }

  private put(last: Pick<Change, 'kind' | 'project' | 'id' | 'image' | 'held'>, sequence: number): void {
    const { kind, project, id } = last;
    // As if the row had come into being with its last change: that is what the state holds of it.
    const { row, entityHash, change, derived } = effectOf({ ...CREATED, ...last }, sequence);
    if (!row) return;
    this.rows++;
    this.load.put(keys.rowKey(kind, project, id), values.rowValue(row.sequence, row.image, row.crc));
    for (const entry of derived.put) {
      const key = keys.indexKey(entry, kind, project, id);
      this.load.put(key, entry.index === 'external' ? values.externalValue(key, id) : EMPTY);
    }
    this.digest.replace(entityHash, 0, row.crc);
    // Counts of a project that was purged are gone with it, and nothing of it is left that could be put here.
    if (!this.purged.has(project)) this.tallies.add(change, derived);
  }

  private gone({ kind, project, id }: keys.RowName): void {
    if (kind === EntityKind.PROJECT) this.purged.add(project);
    else if (!this.purged.has(project)) this.tallies.wasThere(kind, project, id);
  }
}

const NOWHERE: Found = {
  ...{ kind: 0, projectAt: 0, projectEnd: 0, idAt: 0, idEnd: 0, imageAt: 0, imageEnd: 0 },
  ...{ removed: false, held: false },
};
const CREATED: Change = {
  ...{ kind: EntityKind.UNSPECIFIED, project: '', id: '', image: Buffer.alloc(0), removed: false },
  ...{ previousSequence: 0, previousCrc: 0, event: EventType.UNSPECIFIED, changedPaths: [] },
  ...{ previousIndexed: undefined, held: false },
};
