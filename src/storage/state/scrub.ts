/**
 * Reads the whole state of one snapshot and finds what is not as it ought to be, whatever the cause: a table that lost
 * entries, a value with a flipped bit, a stale index entry left by a redo.
 *
 * U1. Rows are held against the digest, which is folded from the journal and never from what LevelDB holds.
 * U2. Index entries are held against the rows: what `derive` says of all rows must be what the indexes hold, no less, no more.
 * U3. Request ids are held against their sums: a lost one would let a retry apply twice.
 * U4. What is read by key is read both ways, by range and by key: a flipped bit in a table's filter hides a row from reads by
 *     key alone, which then find an older one below it, with a good checksum.
 * U5. Differences are named by bucket of the entity hash, so that only those rows need rebuilding.
 */
import type { Snapshot } from 'classic-level';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { indexEntries } from '../../domain/derive';
import { indexedOf, isHeld } from '../../domain/indexed';
import { EntityKind } from '../../gen/holdfast/journal/v1/journal';
import { entityHash } from '../entity-hash';
import { BucketDigest } from './digest';
import * as keys from './keys';
import type { Entry, LevelStore } from './level-store';
import { RequestSums } from './request-sums';
import { EMPTY } from './staging';
import { DamagedRow } from './state';
import * as values from './values';

/** What ought to be there at `sequence`. */
export interface Expected {
  readonly sequence: number;
  readonly digest: BucketDigest;
  readonly requests: RequestSums;
}

export interface ScrubReport {
  readonly sequence: number;
  readonly rows: number;
  readonly entries: number;
  readonly requests: number;
  /** Buckets whose rows are not those of the digest. */
  readonly rowBuckets: readonly number[];
  /** Buckets whose index entries are not those that the rows have. */
  readonly entryBuckets: readonly number[];
  /** Days of journal time whose request ids are not those that were applied. */
  readonly requestGenerations: readonly number[];
  /** Rows that fail their checksum; the first 1,000. */
  readonly damaged: readonly keys.RowName[];
  /** Keys and values that are of no known form. */
  readonly strays: number;
  /** Nothing differs. */
  readonly sound: boolean;
}

/** Whoever waits for a scrub. */
export interface ScrubWatch {
  /** Ends it, by its reason. */
  readonly signal?: AbortSignal;
  /** Told how many rows were read. */
  readonly onSeen?: (rows: number) => void;
}

/** Damaged rows that a report names; the buckets name the rest. */
const DAMAGED_MAX = 1000;
/** Entries read at a time at first; later chunks are larger (see `level-store`). */
const CHUNK = 128;

export async function scrub(
  store: LevelStore,
  snapshot: Snapshot,
  expected: Expected,
  rowsPerSecond: number,
  { signal, onSeen }: ScrubWatch = {},
): Promise<ScrubReport> {
  const pass = new Pass(expected, (key) => store.getAt(snapshot, key));
  const start = performance.now();
  let seen = 0;
  const all = { gte: Buffer.from([0x02]), lt: Buffer.from([0xff]) };
  const see = async ({ chunk, readByKey, byKey }: ReadTwice): Promise<void> => {
    const values = await byKey;
    for (const [i, [key, value]] of readByKey.entries()) pass.see(key, value, values[i]);
    for (const [key, value] of chunk) if (!isReadByKey(key)) pass.see(key, value, value);
    seen += chunk.length;
    signal?.throwIfAborted();
    onSeen?.(pass.counts.rows);
    const early = (seen / rowsPerSecond) * 1000 - (performance.now() - start);
    await (early > 1 ? setTimeout(early) : setImmediate());
  };
  let [before, now]: (ReadTwice | undefined)[] = [];
  try {
    for await (const chunk of store.chunks(snapshot, all, CHUNK)) {
      // LevelDB's threads read this chunk's keys while the main thread looks at the chunk before.
      now = readTwice(store, snapshot, chunk);
      if (before) await see(before);
      before = now;
    }
    if (before) await see(before);
  } finally {
    // The snapshot may be closed only when nothing reads from it.
    await now?.byKey.catch(() => undefined);
  }
  return pass.report();
}

/** A chunk of entries in order, and what reads of those keys give that are read by key. */
interface ReadTwice {
  readonly chunk: readonly Entry[];
  readonly readByKey: readonly Entry[];
  readonly byKey: Promise<(Buffer | undefined)[]>;
}

function readTwice(store: LevelStore, snapshot: Snapshot, chunk: readonly Entry[]): ReadTwice {
  const readByKey = chunk.filter(([key]) => isReadByKey(key));
  const byKey = store.getManyAt(
    snapshot,
    readByKey.map(([key]) => key),
  );
  // Whoever looks at the chunk hears of a failure; nobody does if the chunk before has ended the look.
  byKey.catch(() => undefined);
  return { chunk, readByKey, byKey };
}

/** Index entries are read by range alone, all but external ids. */
function isReadByKey([table = 0]: Buffer): boolean {
  return table < keys.TABLE_STATE || table === keys.TABLE_EXTERNAL || table === keys.TABLE_REQUEST;
}

class Pass {
  private readonly rowsFound = new BucketDigest();
  private readonly entriesWanted = new BucketDigest();
  private readonly entriesFound = new BucketDigest();
  private readonly requestsFound: RequestSums;
  private readonly damaged: keys.RowName[] = [];
  readonly counts = { rows: 0, entries: 0, requests: 0, strays: 0 };

  constructor(
    private readonly expected: Expected,
    private readonly get: (key: Buffer) => Buffer | undefined,
  ) {
    this.requestsFound = new RequestSums(expected.requests.generation);
  }

  /** `byKey`: what a read of the key itself gives. */
  see(key: Buffer, value: Buffer, byKey: Buffer | undefined): void {
    const table = key[0] ?? 0;
    try {
      if (!byKey?.equals(value)) this.seeUnlike(key, table);
      else if (table === keys.TABLE_REQUEST) this.seeRequest(key, value);
      else if (table === keys.TABLE_EXTERNAL) this.seeExternal(key, value);
      else if (table >= keys.TABLE_STATE) this.seeEntry(key, value);
      else this.seeRow(key, value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.counts.strays++;
    }
  }

  report(): ScrubReport {
    const { expected, counts, damaged } = this;
    const rowBuckets = expected.digest.differences(this.rowsFound);
    const entryBuckets = this.entriesWanted.differences(this.entriesFound);
    const requestGenerations = expected.requests.differences(this.requestsFound);
    const differing = rowBuckets.length + entryBuckets.length + requestGenerations.length + damaged.length;
    const sound = differing + counts.strays === 0;
    const { sequence } = expected;
    return { sequence, ...counts, rowBuckets, entryBuckets, requestGenerations, damaged, sound };
  }

  private seeUnlike(key: Buffer, table: number): void {
    if (table >= keys.TABLE_STATE) this.counts.strays++;
    else this.addDamaged(keys.parseRowKey(key));
  }

  private addDamaged(name: keys.RowName): void {
    if (this.damaged.length < DAMAGED_MAX) this.damaged.push(name);
  }

  private seeRow(key: Buffer, value: Buffer): void {
    const name = keys.parseRowKey(key);
    const { kind, project, id } = name;
    this.counts.rows++;
    const hash = entityHash(kind, project, id);
    let row;
    try {
      row = values.parseRow(kind, project, id, value);
    } catch (error) {
      if (!(error instanceof DamagedRow)) throw error;
      this.addDamaged(name);
      return;
    }
    this.rowsFound.replace(hash, 0, row.crc);
    for (const entry of indexEntries(kind, indexedOf(row.image, kind))) {
      const entryKey = keys.indexKey(entry, kind, project, id);
      const entryValue = entry.index === 'external' ? values.externalValue(entryKey, id) : EMPTY;
      this.entriesWanted.replace(hash, 0, entryCrc(entryKey, entryValue));
    }
    if (kind === EntityKind.TASK_GRAPH && isHeld(row.image)) this.holdBack(project, id);
  }

  /** A graph row comes after its task's row, whose entry was wanted as that of one that nothing holds back. */
  private holdBack(project: string, id: string): void {
    const value = this.get(keys.rowKey(EntityKind.TASK, project, id));
    if (value === undefined) return;
    let indexed;
    try {
      indexed = indexedOf(values.parseRow(EntityKind.TASK, project, id, value).image);
    } catch (error) {
      // It was named when its own key came.
      if (error instanceof DamagedRow) return;
      throw error;
    }
    const hash = entityHash(EntityKind.TASK, project, id);
    const crcs = [false, true].map((held) => {
      const entry = indexEntries(EntityKind.TASK, { ...indexed, held }).find(({ index }) => index === 'state');
      return entry ? entryCrc(keys.indexKey(entry, EntityKind.TASK, project, id), EMPTY) : 0;
    });
    this.entriesWanted.replace(hash, crcs[0]!, crcs[1]!);
  }

  private seeEntry(key: Buffer, value: Buffer): void {
    const { kind, project, id } = keys.parseIndexKey(key);
    this.foundEntry(entityHash(kind, project, id), key, value);
  }

  private seeExternal(key: Buffer, value: Buffer): void {
    const { project } = keys.parseExternalKey(key);
    const id = values.parseExternal(key, value);
    if (id === undefined) this.counts.strays++;
    else this.foundEntry(entityHash(EntityKind.TASK, project, id), key, value);
  }

  private foundEntry(hash: number, key: Buffer, value: Buffer): void {
    this.counts.entries++;
    this.entriesFound.replace(hash, 0, entryCrc(key, value));
  }

  private seeRequest(key: Buffer, value: Buffer): void {
    const generation = keys.parseGeneration(key);
    // Dead generations are deleted beside the work, at any time.
    if (generation < this.expected.requests.oldest) return;
    this.counts.requests++;
    if (values.parseRequest(key, value)) this.requestsFound.add(generation, values.requestCrc(value));
    else this.counts.strays++;
  }
}

/** Not left to crc32 where the value is empty: for LevelDB's empty buffers it forgets the seed. */
function entryCrc(key: Buffer, value: Buffer): number {
  return value.length === 0 ? crc32(key) : crc32(value, crc32(key));
}
