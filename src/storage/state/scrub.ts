/**
 * Reads the whole state of one snapshot and finds what is not as it ought to be, whatever the cause: a table that lost
 * entries, a value with a flipped bit, a stale index entry left by a redo.
 *
 * U1. Rows are held against the digest, which is folded from the journal and never from what LevelDB holds.
 * U2. Index entries are held against the rows: what `derive` says of all rows must be what the indexes hold, no less, no more.
 * U3. Request ids are held against their sums: a lost one would let a retry apply twice.
 * U4. A flipped bit in a table's filter hides a row from reads by key alone, which then find an older one below it, with a good checksum.
 *     So the tables are held against the checksums in them first; where one fails, what is read by key is read both ways, by range and by key.
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
import { CHUNK_ENTRIES_BULK } from './level-store';
import type { Entry, LevelStore } from './level-store';
import { RequestSums } from './request-sums';
import { tablesAreSound } from './sound-tables';
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
/** Entries read at a time at first, where a pace is kept; later chunks are larger (see `level-store`). */
const CHUNK = 128;
/** Bytes of a table whose checksum takes about as long as a look at one entry: some ten microseconds. */
const TABLE_BYTES_AN_ENTRY = 4096;

export async function scrub(
  store: LevelStore,
  snapshot: Snapshot,
  expected: Expected,
  rowsPerSecond: number,
  { signal, onSeen }: ScrubWatch = {},
): Promise<ScrubReport> {
  const pass = new Pass(expected, (key) => store.getAt(snapshot, key));
  const start = performance.now();
  let work = 0;
  const pace = async (entries: number): Promise<void> => {
    work += entries;
    signal?.throwIfAborted();
    const early = (work / rowsPerSecond) * 1000 - (performance.now() - start);
    await (early > 1 ? setTimeout(early) : setImmediate());
  };
  const sound = await tablesAreSound(store, (bytes) => pace(bytes / TABLE_BYTES_AN_ENTRY));
  const all = { gte: Buffer.from([0x02]), lt: Buffer.from([0xff]) };
  const size = rowsPerSecond === Infinity ? CHUNK_ENTRIES_BULK : CHUNK;
  const ahead = readAhead(store.chunks(snapshot, all, size));
  const chunks = sound ? readOnce(ahead) : readTwice(store, snapshot, ahead);
  for await (const { chunk, byKey } of chunks) {
    for (const [i, [key, value]] of chunk.entries()) pass.see(key, value, byKey ? byKey[i] : value);
    onSeen?.(pass.counts.rows);
    await pace(chunk.length);
  }
  return pass.report();
}

/** Entries in order, and what reads of their keys give where that is to be seen too. */
interface ReadChunk {
  readonly chunk: readonly Entry[];
  readonly byKey: readonly (Buffer | undefined)[] | undefined;
}

type Chunks = AsyncIterable<readonly Entry[]>;

/** LevelDB's threads read a chunk while the main thread looks at the one before. */
async function* readAhead(chunks: AsyncGenerator<readonly Entry[], void>): Chunks {
  let next = chunks.next();
  try {
    for (;;) {
      const step = await next;
      if (step.done) return;
      next = chunks.next();
      // Whoever asks for it hears of a failure; nobody does if the look has ended.
      next.catch(() => undefined);
      yield step.value;
    }
  } finally {
    // The snapshot may be closed only when nothing reads from it.
    await next.catch(() => undefined);
    await chunks.return();
  }
}

async function* readOnce(chunks: Chunks): AsyncIterable<ReadChunk> {
  for await (const chunk of chunks) yield { chunk, byKey: undefined };
}

async function* readTwice(store: LevelStore, snapshot: Snapshot, chunks: Chunks): AsyncIterable<ReadChunk> {
  for await (const chunk of chunks) {
    const wanted = chunk.filter(([key]) => isReadByKey(key)).map(([key]) => key);
    const found = (await store.getManyAt(snapshot, wanted)).values();
    const byKey = chunk.map(([key, value]) => (isReadByKey(key) ? found.next().value : value));
    yield { chunk, byKey };
  }
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
      if (byKey !== value && !byKey?.equals(value)) this.seeUnlike(key, table);
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
